"""People of a table: personnel systems and spreadsheets."""

from django.utils.translation import gettext as _

from people.importing import BrokenFile, columns, records, tabular


def read(
    data: bytes, *, chosen: dict[str, str], issuer="csv", delimiter="", encoding="", sign_in="", strict=True
) -> records.Source:
    """People of a table. A person's key is the external id if there is one, else the e-mail address.

    Managers are named by e-mail address or external id. `chosen` is the column map; with `strict=False` (a saved map)
    headings that the file lacks are no fault. Raises BrokenFile or ValueError (a wrong map).
    """
    table = tabular.read(data, delimiter=delimiter, encoding=encoding)
    if not strict:
        chosen = columns.fitting(table.headings, chosen)
    found = columns.assign(table.headings, chosen)
    if "email" not in found.fields:
        message = _("no column with e-mail addresses among: %(names)s")
        raise BrokenFile(1, message % {"names": ", ".join(table.headings)})
    extra = table.headings.index(sign_in) if sign_in in table.headings else None
    people = [_person(line, cells, found.fields, extra) for line, cells in table.rows]
    return records.Source(issuer, records.once(people), 0, found.unknown, found.sensitive)


def _person(line: int, cells: list[str], fields: dict[str, int], extra: int | None) -> records.Person:
    raw = {name: cells[position].strip() for name, position in fields.items()}
    person = records.Person(line, manager=raw["manager"].casefold() if "manager" in raw else None)
    person.key = raw.get("subject", "") or raw["email"].casefold()
    person.sign_in = cells[extra].strip() if extra is not None else ""
    records.fill(person, raw, set(fields) - {"subject", "manager", "name", "email"})
    return person
