"""How long a directory of 20,000 people takes, read from a real slapd: at first ≤ 60 s, without changes ≤ 15 s.

python3 manage.py test tests/benchmarks/test_sync.py -m benchmark -n0 -s
"""

import time

import pytest

from people.actions import syncing
from people.models import AudienceMember, DirectorySource, User
from tests import ldap_server

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.django_db,
    pytest.mark.skipif(ldap_server.PROGRAM is None, reason="slapd is not installed"),
]
PEOPLE, UNITS, GROUPS = 20_000, 400, 200
SUFFIX = "dc=big,dc=example"
READER = f"cn=reader,{SUFFIX}"
FIRST, REPEATED = 60, 15


def entry(number):
    """Somebody with a manager a sixth of their number: a tree of depth 7."""
    boss = f"manager: uid=p{number // 6},ou=people,{SUFFIX}\n" if number else ""
    name = ldap_server.encoded("sn", f"Müller{number:05}")
    title = ldap_server.encoded("title", f"Prüferin {number % 300}")
    return (
        f"dn: uid=p{number},ou=people,{SUFFIX}\nobjectClass: inetOrgPerson\nobjectClass: extensibleObject\n"
        f"uid: p{number}\ncn: Jana {number}\ngivenName: Jana\n{name}\n{title}\nmail: p{number}@big.example\n"
        f"department: Unit {number % UNITS}\nl: Town {number % 40}\ntelephoneNumber: +49 3581 {number}\n"
        f"roomNumber: R{number % 900}\nemployeeType: {'temp' if number % 9 else 'staff'}\n{boss}\n"
    )


def group(number):
    members = "".join(f"member: uid=p{one},ou=people,{SUFFIX}\n" for one in range(number, PEOPLE, GROUPS))
    return f"dn: cn=Group {number},ou=groups,{SUFFIX}\nobjectClass: groupOfNames\ncn: Group {number}\n{members}\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    found = ldap_server.Server(tmp_path_factory.mktemp("slapd"), quick=True)
    units = "".join(
        f"dn: ou={name},{SUFFIX}\nobjectClass: organizationalUnit\nou: {name}\n\n"
        for name in ("people", "groups")
    )
    reader = f"dn: {READER}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: reader\n"
    text = (
        f"dn: {SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\no: Big\ndc: big\n\n{units}{reader}"
    )
    text += f"userPassword: {ldap_server.PASSWORD}\n\n"
    text += "".join(entry(number) for number in range(PEOPLE)) + "".join(group(one) for one in range(GROUPS))
    found.add(SUFFIX, text)
    found.start()
    yield found
    found.stop()


def test_twenty_thousand_people_come_in_a_minute_and_again_in_a_quarter(server, monkeypatch):
    monkeypatch.setenv("LDAP_BIND_DN", READER)
    monkeypatch.setenv("LDAP_BIND_PASSWORD", ldap_server.PASSWORD)
    source = DirectorySource.objects.create(
        name="Big", kind="ldap", issuer="ldap:big",
        fields=["email", "first_name", "last_name", "job_title", "department", "location", "manager", "phone",
                "room", "employment"],
        options={"url": server.url, "base": SUFFIX, "group_base": f"ou=groups,{SUFFIX}", "missing_leave": True},
    )  # fmt: skip
    seconds = []
    for _turn in range(2):
        begun, cpu = time.monotonic(), time.process_time()
        run = syncing.run(source=source)
        seconds.append(time.monotonic() - begun)
        print(
            f"\n{PEOPLE} people: {seconds[-1]:.1f} s, of which own CPU {time.process_time() - cpu:.1f} s,"
            f" {run.state}, {run.counts['table']}, {run.counts['changed']} changes"
        )
    assert User.objects.exclude(manager=None).count() == PEOPLE - 1
    assert AudienceMember.objects.count() == PEOPLE
    assert run.changes == []
    assert seconds[0] <= FIRST and seconds[1] <= REPEATED
