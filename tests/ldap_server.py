"""A real slapd for tests: started on a free port with StartTLS and LDAPS, ended afterwards. `shutil.which` decides.

`company_ldif()` is a small works with what directories get wrong: umlauts in names, groups in groups in a circle, a
photo, a locked account, a manager in another unit. Its reader is no administrator: limits apply to it.
"""

import base64
import datetime
import io
import ipaddress
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image

try:
    import ldap
    import ldif
    from ldap import modlist
except ImportError:  # tests that need it skip
    ldap = None

PROGRAM = shutil.which("slapd") or ("/usr/sbin/slapd" if Path("/usr/sbin/slapd").exists() else None)
SCHEMAS = ("core", "cosine", "nis", "inetorgperson", "msuser")
PASSWORD = "Waage-1887"
SUFFIX = "dc=waage,dc=example"
READER = f"cn=reader,{SUFFIX}"


class Server:
    """A running slapd; `add` fills a further database before it starts."""

    def __init__(self, folder, *, quick=False):
        """`quick`: content is read before the start, whatever its schema; it cannot be changed afterwards."""
        self.folder, self.quick = Path(folder), quick
        self.url, self.secure_url = (f"{kind}://127.0.0.1:{_free_port()}" for kind in ("ldap", "ldaps"))
        self.ca_file = _certificate(self.folder)
        self._databases, self._process = [], None

    def add(self, suffix, ldif):
        """A database with this content (bytes or text)."""
        name = f"db{len(self._databases)}"
        (self.folder / name).mkdir()
        (self.folder / f"{name}.ldif").write_bytes(ldif if isinstance(ldif, bytes) else ldif.encode())
        self._databases.append((suffix, name))

    def start(self):
        config = self.folder / "slapd.conf"
        config.write_text(self._config())
        for suffix, name in self._databases if self.quick else ():
            order = [
                PROGRAM,
                "-T",
                "add",
                "-q",
                "-s",
                "-f",
                config,
                "-b",
                suffix,
                "-l",
                self.folder / f"{name}.ldif",
            ]
            subprocess.run(order, check=True, capture_output=True)
        order = [PROGRAM, "-f", config, "-h", f"{self.url} {self.secure_url}", "-d", "0"]
        self._process = subprocess.Popen(order, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = int(self.url.rpartition(":")[2])
        for _attempt in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return self.quick or self._fill()
            time.sleep(0.02)
        raise RuntimeError("slapd did not start")

    def administrator(self, suffix):
        """A connection that may change everything below `suffix`."""
        connection = ldap.initialize(self.url)
        connection.simple_bind_s(f"cn=admin,{suffix}", PASSWORD)
        return connection

    def _fill(self):
        for suffix, name in self._databases:
            put(self.administrator(suffix), (self.folder / f"{name}.ldif").read_text())

    def stop(self):
        if self._process:
            self._process.terminate()
            self._process.wait(10)

    def _config(self):
        schemas = "\n".join(f"include /etc/ldap/schema/{name}.schema" for name in SCHEMAS)
        head = f"""{schemas}
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
pidfile {self.folder}/slapd.pid
TLSCertificateFile {self.folder}/cert.pem
TLSCertificateKeyFile {self.folder}/key.pem
"""
        return head + "".join(self._database(suffix, name) for suffix, name in self._databases)

    def _database(self, suffix, name):
        """Searches by others than the administrator end after 100 entries, unless they page."""
        return f"""
database mdb
maxsize 1073741824
suffix "{suffix}"
rootdn "cn=admin,{suffix}"
rootpw {PASSWORD}
directory {self.folder}/{name}
dbnosync
index objectClass,uid,mail eq
index jpegPhoto pres
limits users size.soft=100 size.hard=100 size.prtotal=unlimited
access to attrs=userPassword by anonymous auth
access to * by users read by anonymous auth
overlay ppolicy
"""


def put(connection, text):
    """Add the entries of an LDIF."""
    reader = ldif.LDIFRecordList(io.StringIO(text))
    reader.parse()
    for dn, values in reader.all_records:
        connection.add_s(dn, modlist.addModlist(values))


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _certificate(folder):
    """A certificate of this machine that signs itself; the file that a client trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    os.chmod(folder / "key.pem", 0o600)
    return str(folder / "cert.pem")


def encoded(name, text):
    """A line of LDIF for text with umlauts."""
    return f"{name}:: {base64.b64encode(text.encode()).decode()}"


def person(uid, first, last, unit, *more):
    """An entry below `unit`; its DN is the name, as in Active Directory."""
    dn = f"cn={first} {last},{unit},{SUFFIX}"
    lines = [
        encoded("dn", dn),
        "objectClass: inetOrgPerson",
        "objectClass: extensibleObject",
        encoded("cn", f"{first} {last}"),
        encoded("givenName", first),
        encoded("sn", last),
        f"uid: {uid}",
        f"mail: {uid}@waage.example",
        *more,
    ]
    return "\n".join(lines) + "\n\n"


def _unit(dn, name):
    return f"{encoded('dn', f'{dn},{SUFFIX}')}\nobjectClass: organizationalUnit\n{encoded('ou', name)}\n\n"


def _group(name, *members):
    lines = [encoded("member", f"{one},{SUFFIX}") for one in members]
    return (
        f"dn: cn={name},ou=groups,{SUFFIX}\nobjectClass: groupOfNames\ncn: {name}\n"
        + "\n".join(lines)
        + "\n\n"
    )


def company_ldif():
    """Five people, one of them locked; three groups, two of which contain each other."""
    picture = io.BytesIO()
    Image.new("RGB", (200, 200), "teal").save(picture, "JPEG")
    photo = f"jpegPhoto:: {base64.b64encode(picture.getvalue()).decode()}"
    boss = f"cn=Jörg Groß,ou=Gießerei,ou=Werk,{SUFFIX}"
    return "".join((
        f"dn: {SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\no: Waage\ndc: waage\n\n",
        f"dn: {READER}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: reader\n"
        f"userPassword: {PASSWORD}\n\n",
        _unit("ou=Werk", "Werk"), _unit("ou=Gießerei,ou=Werk", "Gießerei"), _unit("ou=groups", "groups"),
        person("jgross", "Jörg", "Groß", "ou=Gießerei,ou=Werk", "title: Leiter", "telephoneNumber: 100", photo),
        person("amueller", "Anna", "Müller", "ou=Gießerei,ou=Werk", "title: Formerin", encoded("manager", boss),
               encoded("l", "Görlitz")),
        person("bodo", "Bodo", "Kern", "ou=Werk", encoded("manager", boss.upper())),
        person("cora", "Cora", "Lang", "ou=Werk"),
        person("dirk", "Dirk", "Weg", "ou=Werk", "userAccountControl: 514"),
        _group("Casters", "cn=Anna Müller,ou=Gießerei,ou=Werk", "cn=Shift,ou=groups"),
        _group("Shift", "cn=Bodo Kern,ou=Werk", "cn=Casters,ou=groups"),
        _group("Cyclists", "cn=Cora Lang,ou=Werk"),
    ))  # fmt: skip
