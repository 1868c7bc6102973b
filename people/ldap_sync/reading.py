"""Everybody and every group of a directory, as people.importing gives them of a file."""

from contextlib import contextmanager
from functools import partial

from django.utils.translation import gettext as _

from people import source_options
from people.importing import columns, entries, ldif, records
from people.ldap_sync import DirectoryFault, connection, groups


@contextmanager
def opened(source):
    """A records.Source read from `source`; photos are fetched while the context lasts. Raises DirectoryFault."""
    options = source_options.of(source)
    if not options.url or not options.base:
        raise DirectoryFault(_("The source does not say at which address and below which entry to search."))
    with connection.opened(source, options) as bound:
        yield _read(source, options, bound)


def _read(source, options, bound):
    names, refused = entries.layout(source.column_map), _refused(source, options)
    sign_in = "" if columns.is_sensitive(options.sign_in_column) else options.sign_in_column
    wanted = {one for given in names.values() for one in given} | {"objectclass", "ou", *entries.KEYS}
    wanted |= {*entries.LOCKS, *({sign_in} if sign_in else ())}
    people, by_dn, by_uid = [], {}, {}
    rows = connection.pages(bound, options.base, options.people_filter, sorted(wanted))
    for number, (dn, values) in enumerate(rows, 1):
        entry = ldif.Entry(number, dn, values)
        if "computer" in {text.lower() for text in entry.texts("objectclass")}:
            continue
        person = entries.person(
            entry, names, units=options.units_are_departments, base=options.base, sign_in=sign_in
        )
        people.append(person)
        by_dn[person.dn] = person.key
        by_uid |= {text.casefold(): person.key for text in entry.texts("uid")}
    if options.photos:
        _add_photos(bound, options, people)
    found = records.Source(source.issuer, records.once(people), 0, [], refused)
    if options.group_base:
        found.groups = groups.read(bound, options, by_dn, by_uid)
    return found


def _refused(source, options):
    given = [*source.column_map, options.sign_in_column]
    return [name for name in given if name and columns.is_sensitive(name)]


def _add_photos(bound, options, people):
    """Only says who has one: their bytes are fetched for those who have none here."""
    having = "".join(f"({name}=*)" for name in entries.PHOTOS)
    text = f"(&{options.people_filter}(|{having}))"
    with_photo = {
        ldif.normal_dn(dn): dn for dn, _values in connection.pages(bound, options.base, text, ["1.1"])
    }
    for person in people:
        if person.dn in with_photo:
            person.photo = partial(_photo, bound, with_photo[person.dn])


def _photo(bound, dn):
    values = connection.one(bound, dn, list(entries.PHOTOS))
    return next((values[name][0] for name in entries.PHOTOS if values.get(name)), None)
