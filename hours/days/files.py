"""The days as a file: one line per person and date, as CSV and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from hours.days.shown import ShownDay
from programs import table_file
from programs.table_file import Cell


def headings() -> list[str]:
    """Return the first line, in the language of whoever asks."""
    return [
        _("Name"),
        _("Chart number"),
        _("Date"),
        _("Minutes credited"),
        _("Minutes a day needed"),
        _("Qualifies"),
        _("Why not"),
        _("Does not count"),
        _("Amended"),
    ]


def cells_of(shown: ShownDay) -> list[Cell]:
    """Return one day's line."""
    return [
        shown.name,
        shown.day.person.chart_number,
        shown.day.on,
        shown.day.credited,
        shown.day.least,
        str(shown.look.in_file),
        shown.why,
        "; ".join(shown.not_counted),
        shown.amended_on,
    ]


def csv_of(days: Iterable[ShownDay]) -> bytes:
    """Return the lines as a CSV file."""
    return table_file.csv_of(headings(), map(cells_of, days))


def xlsx_of(days: Iterable[ShownDay], *, first_on: date, last_on: date) -> bytes:
    """Return the lines as a workbook."""
    name = f"{first_on.isoformat()} {last_on.isoformat()}"
    return table_file.xlsx_of(headings(), map(cells_of, days), name=name)
