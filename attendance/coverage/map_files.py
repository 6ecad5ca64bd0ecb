"""Coverage as a file: one line per person and lesson, as CSV or a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from attendance.coverage.cells import Coverage
from attendance.coverage.chosen import PersonLine
from attendance.coverage.words import word_of
from programs.table_file import Cell, csv_of, xlsx_of


def file_of(covered: Coverage, lines: Iterable[PersonLine], *, kind: str) -> bytes:
    """Return the file; `kind` is csv or xlsx."""
    rows = list(_rows(covered, lines))
    if kind == "csv":
        return csv_of(_headings(), rows)
    return xlsx_of(_headings(), rows, name=_("Coverage"))


def _headings() -> list[str]:
    return [
        _("Name"),
        _("Admitted"),
        _("Until"),
        _("Track"),
        _("Module"),
        _("Lesson"),
        _("Core"),
        _("State"),
        _("Received on"),
        _("Missed on"),
        _("Coming on"),
    ]


def _rows(covered: Coverage, lines: Iterable[PersonLine]) -> Iterator[list[Cell]]:
    for line in lines:
        person = line.person
        for lesson, cell in zip(covered.lessons, line.cells, strict=True):
            yield [
                person.name,
                person.admitted_on,
                person.until,
                lesson.track,
                lesson.module,
                lesson.name,
                _("yes") if lesson.is_core else _("no"),
                word_of(cell.state),
                cell.received_on,
                cell.missed_on,
                cell.coming_on,
            ]
