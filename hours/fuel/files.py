"""The authorizations as a file: one line each, and one for whoever has none in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from hours.fuel.page import FuelPage
from hours.fuel.rows import GaugeRow, PlainRow
from programs import table_file
from programs.table_file import Cell

SHEET = "Authorizations"


def headings() -> list[str]:
    """Return the first line, in the language of whoever asks."""
    return [
        _("Name"),
        _("Chart number"),
        _("Payer"),
        _("Authorization number"),
        _("Unit"),
        _("Approved"),
        _("Used"),
        _("Not recorded yet"),
        _("Scheduled"),
        _("Left"),
        _("Runs out"),
        _("First day"),
        _("Last day"),
        _("Next review"),
        _("Note"),
    ]


def csv_of(page: FuelPage) -> bytes:
    """Return the lines as a CSV file."""
    return table_file.csv_of(headings(), lines_of(page))


def xlsx_of(page: FuelPage) -> bytes:
    """Return the lines as a workbook."""
    return table_file.xlsx_of(headings(), lines_of(page), name=SHEET)


def lines_of(page: FuelPage) -> Iterator[list[Cell]]:
    """Yield the lines in the order of the page."""
    yield from _missing(page.missing)
    for row in page.rows:
        yield _gauge(row)


def _missing(rows: Iterable[PlainRow]) -> Iterator[list[Cell]]:
    empty: list[Cell] = [None] * (len(headings()) - 3)
    for row in rows:
        yield [row.name, row.chart_number, *empty, row.words]


def _gauge(row: GaugeRow) -> list[Cell]:
    gauge, authorization = row.gauge, row.gauge.authorization
    return [
        row.name,
        authorization.enrollment.participant.kept.chart_number,
        authorization.payer,
        authorization.number,
        authorization.get_unit_display(),
        gauge.approved,
        gauge.used,
        gauge.waiting,
        gauge.scheduled,
        gauge.left,
        gauge.runs_out_on,
        authorization.first_on,
        authorization.last_on,
        authorization.next_review_on,
        "; ".join(look.label for look in row.looks),
    ]
