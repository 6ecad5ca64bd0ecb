"""The census as a file: one line per person who is in, as CSV and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from groups.census.rows import PersonRow
from groups.census.shown import until_words
from programs import table_file
from programs.table_file import Cell


def headings() -> list[str]:
    """Return the first line, in the language of whoever asks."""
    return [
        _("Name"),
        _("Chart number"),
        _("Admitted"),
        _("Length of stay, days"),
        _("Week"),
        _("Weeks planned"),
        _("Planned discharge"),
        _("Last day"),
        _("Overdue"),
        _("Standing"),
        _("Leave"),
        _("Missing paperwork"),
    ]


def cells_of(row: PersonRow) -> list[Cell]:
    """Return one person's line."""
    return [
        row.name,
        row.chart_number,
        row.admitted_on,
        row.days,
        row.week,
        row.weeks,
        None if row.is_settled else row.leaves_on,
        row.leaves_on if row.is_settled else None,
        _("yes") if row.is_late else "",
        str(row.standing.label),
        until_words(row),
        "; ".join(str(paper.label) for paper in row.missing),
    ]


def csv_of(rows: Iterable[PersonRow]) -> bytes:
    """Return the lines as a CSV file."""
    return table_file.csv_of(headings(), map(cells_of, rows))


def xlsx_of(rows: Iterable[PersonRow], *, day: date) -> bytes:
    """Return the lines as a workbook."""
    name = f"{_('Census')[:18]} {day.isoformat()}"
    return table_file.xlsx_of(headings(), map(cells_of, rows), name=name)
