"""Who is in a directory file: one Person per row or entry, checked, whatever the format."""

import io
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from people.addresses import check_address
from people.importing import BrokenFile, columns, ldif, tabular, values
from people.text import clean_line

# Longest values in characters, as in the columns of people.User.
LENGTHS = {
    "first_name": 100, "last_name": 100, "pronouns": 40, "job_title": 160, "employment": 40, "phone": 60, "room": 60,
    "department": 120, "location": 120,
}  # fmt: skip
_PERSON_CLASSES = {"person", "organizationalperson", "inetorgperson", "user", "posixaccount"}
_LDAP_KEYS = ("entryuuid", "objectguid", "ipauniqueid", "nsuniqueid", "uid", "samaccountname")
# What an LDAP attribute is here; the first that has a value counts.
_LDAP = {
    "first_name": ("givenname",),
    "last_name": ("sn",),
    "job_title": ("title",),
    "location": ("l", "physicaldeliveryofficename"),
    "phone": ("telephonenumber", "mobile"),
    "room": ("roomnumber",),
    "employment": ("employeetype",),
    "languages": ("preferredlanguage",),
}
_LDAP_READ = {name for names in _LDAP.values() for name in names} | {
    "cn", "displayname", "mail", "manager", "ou", "department", "jpegphoto", "thumbnailphoto", "objectclass",
    *_LDAP_KEYS,
}  # fmt: skip


@dataclass
class Person:
    """One person as the file has them. `key` is who they are in that directory; `reason` says why they are left out."""

    line: int
    key: str = ""
    dn: str = ""
    email: str = ""
    fields: dict = field(default_factory=dict)
    department: str = ""
    location: str = ""
    manager: str = ""
    photo: bytes | None = None
    reason: str = ""
    detail: str = ""


@dataclass
class Source:
    """All that was read: `others` counts entries that are no people, `unknown` and `sensitive` name unread columns."""

    issuer: str
    people: list[Person]
    others: int = 0
    unknown: list[str] = field(default_factory=list)
    sensitive: list[str] = field(default_factory=list)


def read_csv(data: bytes, *, chosen: dict[str, str], issuer="csv", delimiter="", encoding="") -> Source:
    """People of a table. A person's key is the external id if there is one, else the e-mail address.

    Managers are named by e-mail address or external id. Raises BrokenFile or ValueError (a wrong map).
    """
    table = tabular.read(data, delimiter=delimiter, encoding=encoding)
    found = columns.assign(table.headings, chosen)
    if "email" not in found.fields:
        raise BrokenFile(1, f"no column with e-mail addresses among: {', '.join(table.headings)}")
    people = [_from_row(line, cells, found.fields) for line, cells in table.rows]
    return Source(issuer, _once(people), 0, found.unknown, found.sensitive)


def read_ldif(data: bytes, *, issuer="") -> Source:
    """People of an LDIF export with photos; managers by their DN. Raises BrokenFile."""
    people, others, names, root = [], 0, set(), ""
    for entry in ldif.read(io.BytesIO(data)):
        root = root or ",".join(
            part for part in ldif.normal_dn(entry.dn).split(",") if part.startswith("dc=")
        )
        names |= set(entry.values)
        classes = {text.lower() for text in entry.texts("objectclass")}
        if classes & _PERSON_CLASSES:
            people.append(_from_entry(entry))
        else:
            others += 1
    unread = sorted(names - _LDAP_READ)
    sensitive = [name for name in unread if columns.is_sensitive(name)]
    unknown = [name for name in unread if name not in sensitive]
    return Source(issuer or f"ldap:{root or 'directory'}", _once(people), others, unknown, sensitive)


def _from_row(line: int, cells: list[str], fields: dict[str, int]) -> Person:
    raw = {name: cells[position].strip() for name, position in fields.items()}
    person = Person(line, manager=raw.get("manager", "").casefold())
    person.key = raw.get("subject", "") or raw["email"].casefold()
    _fill(person, raw)
    return person


def _from_entry(entry: ldif.Entry) -> Person:
    raw = {name: entry.text(*names) for name, names in _LDAP.items()}
    raw |= {"email": entry.text("mail"), "name": entry.text("displayname", "cn")}
    above = ldif.normal_dn(entry.dn)
    units = [
        unit
        for unit in entry.texts("ou")
        if f"ou={' '.join(unit.casefold().split())}" not in above.split(",")
    ]
    raw["department"] = entry.text("department") or next(iter(units), "")
    person = Person(
        entry.line, manager=ldif.normal_dn(entry.text("manager")) if entry.text("manager") else ""
    )
    person.key = next((key for name in _LDAP_KEYS for key in [_key(entry, name)] if key), above)
    person.dn = above
    photos = entry.values.get("jpegphoto") or entry.values.get("thumbnailphoto")
    person.photo = photos[0] if photos else None
    _fill(person, raw)
    return person


def _key(entry: ldif.Entry, name: str) -> str:
    values = entry.values.get(name)
    if not values:
        return ""
    return values[0].hex() if name == "objectguid" else values[0].decode(errors="replace").strip()


def _fill(person: Person, raw: dict[str, str]) -> None:
    """Check every value; the first that cannot be kept leaves the person out, with line and reason."""
    if not raw["email"]:
        person.reason = "no e-mail address"
        return
    try:
        person.email = check_address(raw["email"])
        first, last = values.names(raw)
        given = {**raw, "first_name": first, "last_name": last}
        for name, most in LENGTHS.items():
            value = clean_line(given.get(name, ""), max_chars=most)
            if name in ("department", "location"):
                setattr(person, name, value)
            elif value:
                person.fields[name] = value
        person.fields |= values.converted(raw)
        person.key = clean_line(person.key, max_chars=255)
    except (ValidationError, ValueError) as error:
        person.reason = "a value that cannot be kept"
        person.detail = " ".join(map(str, getattr(error, "messages", [error])))


def _once(people: list[Person]) -> list[Person]:
    """The second of two people with one key or one address is left out."""
    seen: dict[str, int] = {}
    for person in people:
        if person.reason:
            continue
        marks = {f"key {person.key.casefold()}", f"mail {person.email}"}
        before = next((seen[mark] for mark in marks if mark in seen), None)
        if before:
            person.reason, person.detail = "twice in the file", f"as in line {before}"
        else:
            seen.update(dict.fromkeys(marks, person.line))
    return people
