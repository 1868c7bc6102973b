"""The list of people as a table for spreadsheets: only what the reader may see of each, no cell a formula (A18)."""

import csv
import io
import re

from django.utils.translation import gettext as _
from openpyxl import Workbook

from people.field_visibility import shown_fields
from people.spreadsheets import plain_cell

BATCH = 1000
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold


def rows(people, viewer):
    """The head and one row for each of `people` (a queryset), read in batches."""
    yield [
        _("Name"), _("Handle"), _("E-mail"), _("Role"), _("Department"), _("Location"), _("Room"), _("Phone"),
        _("Mobile"), _("Manager"), _("Joined"),
    ]  # fmt: skip
    for person in people.select_related("department", "location", "manager").iterator(chunk_size=BATCH):
        yield [_cell(value) for value in _values(person, shown_fields(person, viewer))]


def _values(person, seen):
    manager = person.manager if person.manager and person.manager.is_active else None
    return [
        person.name,
        person.handle,
        person.email,
        person.job_title,
        person.department or "",
        person.location or "",
        person.room if "room" in seen else "",
        person.phone if "phone" in seen else "",
        person.mobile if "mobile" in seen else "",
        manager or "",
        (person.joined_on or "") if "joined_on" in seen else "",
    ]


def _cell(value):
    return plain_cell(_UNFIT.sub("", str(value)))


def as_csv(table):
    """The table in pieces of text; begins with a mark by which spreadsheets know UTF-8."""
    yield "\ufeff"
    line = io.StringIO()
    writer = csv.writer(line)
    for row in table:
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def as_xlsx(table) -> bytes:
    """The table as a workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("People"))
    for row in table:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
