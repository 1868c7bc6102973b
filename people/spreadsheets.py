"""Exports that a spreadsheet opens: no cell of a CSV file is taken for a formula (requirements A18)."""

from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(value: str) -> str:
    """The value, with an apostrophe before what a spreadsheet would compute."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def protect() -> None:
    """Make Wagtail's CSV exports use it; its XLSX files mark cells as text already."""
    csv = {SpreadsheetExportMixin.FORMAT_CSV: plain_cell}
    SpreadsheetExportMixin.custom_value_preprocess = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        str: csv,
    }
