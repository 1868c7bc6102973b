"""CSV as spreadsheets and personnel systems write it: encoding and delimiter are found, not asked for."""

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.importing import BrokenFile

DELIMITERS = ";,\t|"


@dataclass(frozen=True)
class Table:
    """Headings as written, and the rows as (line, cells)."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


def read(data: bytes, *, delimiter: str = "", encoding: str = "") -> Table:
    """All rows of a file. Raises BrokenFile for undecodable bytes, an odd number of cells, or open quotes.

    Without ``encoding``: UTF-8 (with or without mark), UTF-16 with mark, else Windows-1252. Without ``delimiter``: the
    one of ; , tab | that occurs most often in the headings.
    """
    text = _decode(data, encoding)
    first, _end, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text, skipped = first.strip()[4], rest, 1
        first = rest.partition("\n")[0]
    delimiter = delimiter or max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    headings, rows = [], []
    line = 1 + skipped
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if not headings:
                    headings = _headings(line, cells)
                elif len(cells) != len(headings):
                    message = _("%(cells)s cells, but the headings are %(headings)s")
                    raise BrokenFile(line, message % {"cells": len(cells), "headings": len(headings)})
                else:
                    rows.append((line, cells))
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise BrokenFile(line, _("not readable as CSV (%(error)s)") % {"error": error}) from error
    if not headings:
        raise BrokenFile(1, _("the file is empty"))
    return Table(headings, rows)


def _headings(line: int, cells: list[str]) -> list[str]:
    headings = [cell.strip() for cell in cells]
    named = [heading.casefold() for heading in headings if heading]
    double = next((heading for heading in named if named.count(heading) > 1), None)
    if double:
        raise BrokenFile(line, _("the heading “%(name)s” stands twice") % {"name": double})
    return headings


def _decode(data: bytes, encoding: str) -> str:
    if not encoding:
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            encoding = "cp1252"
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise BrokenFile(1, _("the encoding “%(name)s” is unknown") % {"name": encoding}) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenFile(line, _("these bytes are not text in %(name)s") % {"name": encoding}) from error
