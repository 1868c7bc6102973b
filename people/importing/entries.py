"""People of LDAP entries, from an LDIF export or a server: OpenLDAP, 389 DS, FreeIPA and Active Directory."""

import io
import uuid
from datetime import UTC, datetime, timedelta

from people.importing import columns, ldif, records

CLASSES = {"person", "organizationalperson", "inetorgperson", "user", "posixaccount"}
KEYS = ("entryuuid", "objectguid", "ipauniqueid", "nsuniqueid", "uid", "samaccountname")
# What an LDAP attribute is here; the first that has a value counts.
NAMES = {
    "email": ("mail",),
    "name": ("displayname", "cn"),
    "first_name": ("givenname",),
    "last_name": ("sn",),
    "job_title": ("title",),
    "department": ("department",),
    "location": ("l", "physicaldeliveryofficename"),
    "phone": ("telephonenumber",),
    "mobile": ("mobile",),
    "room": ("roomnumber",),
    "employment": ("employeetype",),
    "languages": ("preferredlanguage",),
    "manager": ("manager",),
}
PHOTOS = ("jpegphoto", "thumbnailphoto")
# Says that somebody may not sign in any more.
LOCKS = ("useraccountcontrol", "accountexpires", "pwdaccountlockedtime", "nsaccountlock")
READ = {name for names in NAMES.values() for name in names} | {"ou", "objectclass", *PHOTOS, *LOCKS, *KEYS}
_DISABLED = 2  # userAccountControl: ACCOUNTDISABLE
_LOCKED_FOR_GOOD = "000001010000Z"  # by an administrator; other times are guesses at the password, which pass
_NEVER = {0, 0x7FFFFFFFFFFFFFFF}


def read(data: bytes, *, issuer="") -> records.Source:
    """People of an LDIF export with photos; managers by their DN. Raises BrokenFile."""
    people, others, names, root = [], 0, set(), ""
    for entry in ldif.read(io.BytesIO(data)):
        root = root or ",".join(
            part for part in ldif.normal_dn(entry.dn).split(",") if part.startswith("dc=")
        )
        names |= set(entry.values)
        classes = {text.lower() for text in entry.texts("objectclass")}
        if CLASSES & classes and "computer" not in classes:
            people.append(person(entry))
        else:
            others += 1
    unread = sorted(names - READ)
    sensitive = [name for name in unread if columns.is_sensitive(name)]
    unknown = [name for name in unread if name not in sensitive]
    return records.Source(
        issuer or f"ldap:{root or 'directory'}", records.once(people), others, unknown, sensitive
    )


def layout(chosen: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """NAMES with a source's own map {attribute: field, "" to leave it out}; sensitive attributes are refused."""
    given = {name.casefold(): to for name, to in chosen.items() if not columns.is_sensitive(name)}
    known = {to: tuple(name for name in names if name not in given) for to, names in NAMES.items()}
    for name, to in given.items():
        if to in columns.FIELDS and to != "subject":
            known[to] = (name, *known.get(to, ()))
    return known


def person(entry: ldif.Entry, names=NAMES, *, units=False, base="", sign_in="") -> records.Person:
    """One entry. With `units` the department is the path of organisational units between `base` and the entry."""
    raw = {to: entry.text(*attributes) for to, attributes in names.items()}
    parts = ldif.normal_dn(entry.dn).split(",")
    if units:
        raw["department"] = _unit_path(entry.dn, base)
    elif not raw.get("department") and names.get("department"):
        above = [unit for unit in entry.texts("ou") if f"ou={' '.join(unit.casefold().split())}" not in parts]
        raw["department"] = next(iter(above), "")
    found = records.Person(entry.line, dn=",".join(parts))
    found.manager = ldif.normal_dn(raw["manager"]) if raw.get("manager") else ""
    found.key = subject(entry) or found.dn
    found.sign_in = _subject(entry, sign_in.casefold()) if sign_in else ""
    photos = next((entry.values[name] for name in PHOTOS if entry.values.get(name)), None)
    found.photo = photos[0] if photos else None
    found.is_active = not is_disabled(entry)
    records.fill(found, raw, set(names) - {"manager", "name", "email"})
    return found


def subject(entry: ldif.Entry) -> str:
    """Who an entry is, whatever its name becomes: entryUUID, objectGUID (as text) and the like."""
    return next((key for name in KEYS for key in [_subject(entry, name)] if key), "")


def is_disabled(entry: ldif.Entry) -> bool:
    """Whether the account is switched off or over. A lock after wrong passwords is neither."""
    control, expires = entry.text("useraccountcontrol"), entry.text("accountexpires")
    return (
        (control.isdigit() and bool(int(control) & _DISABLED))
        or entry.text("pwdaccountlockedtime") == _LOCKED_FOR_GOOD
        or entry.text("nsaccountlock").casefold() == "true"
        or (expires.isdigit() and int(expires) not in _NEVER and _moment(int(expires)) < datetime.now(UTC))
    )


def _moment(filetime: int) -> datetime:
    """Active Directory counts tenths of microseconds since 1601; beyond the calendar means never."""
    try:
        return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=filetime // 10)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _subject(entry: ldif.Entry, name: str) -> str:
    found = entry.values.get(name)
    if not found:
        return ""
    if name == "objectguid" and len(found[0]) == 16:
        return str(uuid.UUID(bytes_le=found[0]))
    return found[0].decode(errors="replace").strip()


def _unit_path(dn: str, base: str) -> tuple[str, ...] | str:
    """Names of the units from the top to the entry as written, without those that belong to `base`."""
    own = ldif.split_dn(dn)[1:]
    depth = len(ldif.split_dn(base)) if base else 0
    inside = own[: len(own) - depth] if depth else own
    units = [ldif.value_of(part) for part in reversed(inside) if part.lower().lstrip().startswith("ou=")]
    return tuple(units) or ""
