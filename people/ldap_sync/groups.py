"""Groups of a directory with everybody in them: groups inside groups are followed, circles among them too."""

import re

from people.importing import entries, ldif
from people.importing.records import Group
from people.ldap_sync import connection

MEMBERS = ("member", "uniquemember", "memberuid")
_RANGE = re.compile(r"(\w+);range=\d+-(\d+|\*)")


def read(bound, options, by_dn, by_uid) -> list[Group]:
    """Groups below `options.group_base`; `by_dn` and `by_uid` say which person's key is meant by a name."""
    wanted = ["cn", "displayname", *entries.KEYS, *MEMBERS]
    found, members = {}, {}
    for dn, values in connection.pages(bound, options.group_base, options.group_filter, wanted):
        entry = ldif.Entry(0, dn, values)
        name = ldif.normal_dn(dn)
        found[name] = Group(entries.subject(entry) or name, entry.text("displayname", "cn") or dn)
        members[name] = set(_named(bound, dn, values, by_uid))
    for name, group in found.items():
        group.members = {by_dn[one] for one in _inside(name, members) if one in by_dn}
        group.members |= {by_uid[one[4:]] for one in _inside(name, members) if one.startswith("uid:")}
    return list(found.values())


def _named(bound, dn, values, by_uid):
    """Names of members in one spelling: DNs, and "uid:anna" for POSIX groups."""
    for attribute in ("member", "uniquemember"):
        for value in _all_values(bound, dn, values, attribute):
            yield ldif.normal_dn(value.decode(errors="replace").split("#'")[0])
    for value in values.get("memberuid", ()):
        uid = value.decode(errors="replace").casefold()
        if uid in by_uid:
            yield f"uid:{uid}"


def _all_values(bound, dn, values, attribute):
    """All values of an attribute; Active Directory hands out more than 1,500 in ranges."""
    yield from values.get(attribute, ())
    part = _ranged(values, attribute)
    while part:
        name, end = part
        yield from values[name]
        if end == "*":
            return
        values = connection.one(bound, dn, [f"{attribute};range={int(end) + 1}-*"])
        part = _ranged(values, attribute)


def _ranged(values, attribute):
    for name in values:
        match = _RANGE.fullmatch(name)
        if match and match[1] == attribute:
            return name, match[2]
    return None


def _inside(name, members):
    """Everybody named in a group or in the groups inside it; each group is visited once."""
    seen, waiting, inside = set(), [name], set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for one in members[current]:
            if one in members:
                waiting.append(one)
            else:
                inside.add(one)
    return inside
