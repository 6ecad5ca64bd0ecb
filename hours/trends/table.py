"""A table that is shown on a page, handed out as a file and set on paper: said once for all three.

A page says hours and `Nov 16`; a file has minutes and dates that one can reckon with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hours.wording import hours
from programs import table_file
from programs.table_file import Cell

NOTHING = "–"


class Kind(StrEnum):
    """The kinds of file a table is handed out as."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Column:
    """A column's heading on a page and, where it is another one, in a file."""

    heading: str | Promise
    in_file: str | Promise = ""
    is_number: bool = False
    # Columns of a table on paper share its width by their weights.
    weight: int = 2


@dataclass(frozen=True)
class Shown:
    """One cell: what a file has, and how a page says it."""

    value: Cell
    text: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under headings; the first column is the rows' own heading. `name` is the file's."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Shown, ...], ...]


def a_day(day: date) -> Shown:
    """Return a date, such as `Nov 16, 2026`."""
    return Shown(day, date_format(day, pgettext("date format: Nov 16, 2026", "M j, Y")))


def a_count(number: int) -> Shown:
    """Return a whole number."""
    return Shown(number, str(number), is_number=True)


def some_minutes(minutes: int) -> Shown:
    """Return minutes, which a page says as hours."""
    return Shown(minutes, hours(minutes), is_number=True)


def a_share(percent: int | None) -> Shown:
    """Return a whole percentage, or that there is none."""
    return Shown(percent, percentage(percent), is_number=True)


def words(text: str) -> Shown:
    """Return a text."""
    return Shown(text, text)


def percentage(percent: int | None) -> str:
    """Return `75%`, or a dash where there is nothing to take a share of."""
    return NOTHING if percent is None else _("%(number)s%%") % {"number": percent}


def file_of(table: Table, kind: Kind) -> bytes:
    """Return the table as a CSV file or a workbook."""
    headings = [str(column.in_file or column.heading) for column in table.columns]
    rows: Sequence[list[Cell]] = [[cell.value for cell in row] for row in table.rows]
    if kind is Kind.CSV:
        return table_file.csv_of(headings, rows)
    return table_file.xlsx_of(headings, rows, name=table.name)
