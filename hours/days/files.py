"""The days as a file: one line per person and date, as CSV and as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from groups.census.files import FORMULAS, MARK, WIDEST
from hours.days.shown import ShownDay

Cell = str | int | date | None


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
    """Return the lines as UTF-8 with a mark, dates as 2026-11-23.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings())
    writer.writerows([_as_text(cell) for cell in cells_of(day)] for day in days)
    return (MARK + out.getvalue()).encode()


def _as_text(cell: Cell) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULAS):
        return f"'{cell}"
    return "" if cell is None else cell


def xlsx_of(days: Iterable[ShownDay], *, first_on: date, last_on: date) -> bytes:
    """Return a workbook of one sheet; texts stay texts, dates and numbers can be reckoned with."""
    out = io.BytesIO()
    lines = [cells_of(day) for day in days]
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        # Excel takes 31 letters and none of []:*?/\
        sheet = book.add_worksheet(f"{first_on.isoformat()} {last_on.isoformat()}")
        bold, dated = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for column, heading in enumerate(headings()):
            sheet.write_string(0, column, heading, bold)
            sheet.set_column(column, column, _width(heading, [line[column] for line in lines]))
        for number, line in enumerate(lines, 1):
            for column, cell in enumerate(line):
                _write(sheet, number, column, cell, dated)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(lines)), len(headings()) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, dated: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, datetime.combine(cell, time()), dated)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, cell)


def _width(heading: str, cells: Sequence[Cell]) -> int:
    """Return a column's width in characters."""
    longest = max([len(str(cell)) for cell in cells if cell is not None] + [len(heading)])
    return min(longest, WIDEST) + 2
