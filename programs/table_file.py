"""A table as a file to take along: as CSV, or as a workbook of one sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from django.http import HttpResponse

from programs.disclosing.notice import present_notice

# What a spreadsheet takes for a formula where a text begins with it.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json",
    "fhir.json": "application/fhir+json",
}
# Excel reads accents in a CSV only after this mark.
MARK = "\N{BYTE ORDER MARK}"
# The sheet of a workbook that has the notice.
NOTICE = "42 CFR part 2"
# A column's width, in characters.
WIDEST = 60
Cell = str | int | date | None
Row = Sequence[Cell]


def csv_of(headings: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return the lines as UTF-8 with a mark, dates as 2026-11-23.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return (MARK + out.getvalue()).encode()


def xlsx_of(headings: Sequence[str], rows: Iterable[Row], *, name: str) -> bytes:
    """Return a workbook of one sheet; texts stay texts, dates and numbers can be reckoned with.

    `name` is the sheet's: Excel takes 31 letters and none of []:*?/\\
    """
    out = io.BytesIO()
    lines = list(rows)
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        bold, dated = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
            sheet.set_column(column, column, _width(heading, [line[column] for line in lines]))
        for number, line in enumerate(lines, 1):
            for column, cell in enumerate(line):
                _write(sheet, number, column, cell, dated)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(lines)), len(headings) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        _add_notice(book, sheet)
    return out.getvalue()


def file_answer(content: bytes, *, name: str, kind: str) -> HttpResponse:
    """Hand out the file under `name`; `kind` is one of TYPES. It is kept in no cache."""
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def _add_notice(book: Any, sheet: Any) -> None:
    """Add the notice of what leaves: a sheet of its own, and the foot of every page on paper."""
    if (notice := present_notice()) is None:
        return
    sheet.set_footer(f"&L&8{notice.words}")
    beside = book.add_worksheet(NOTICE)
    beside.set_column(0, 0, WIDEST)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for row, words in enumerate(filter(None, (notice.words, notice.rests_on))):
        beside.write_string(row, 0, words, wrapped)


def _as_text(cell: Cell) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULAS):
        return f"'{cell}"
    return "" if cell is None else cell


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
