"""The board's rows as files: for machines as CSV, for people as a workbook or on paper."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.papers.paper import MARGIN, Paper
from attendance.papers.wording import stamp
from hours.board_week import BoardWeek
from hours.explanation import explanation
from hours.rows import KEYS, as_row, csv_rows
from hours.verdict_looks import LOOKS, OVER, RUNNING, Standing, standing_of
from hours.weekly_hours import WeeklyHours
from hours.wording import hours
from programs import table_file
from programs.models import Clinic
from programs.names import roster_names
from programs.table_file import Cell

# Millimeters of a letter page that lies on its side.
ACROSS, BOTTOM = 279 - 2 * MARGIN, 196
GAP, MOST_LINES = 2, 6
WIDTHS = (32, 24, 18, 18, 22, 19, 20, 15, 81)
NUMBERS = slice(2, 7)


class Lying(Paper):
    """A page on its side, for a wide table."""

    orientation = "landscape"
    bottom = BOTTOM


@dataclass(frozen=True)
class Export:
    """What a file is made of: the rows shown, in the order of the board."""

    board: BoardWeek
    rows: tuple[WeeklyHours, ...]
    by: str
    made_at: datetime


def export_of(board: BoardWeek, *, by: str, made_at: datetime) -> Export:
    """Return the rows that the board shows, worst first."""
    names = roster_names(board.shown.facts.people)
    order = list(Standing)
    rows = [row for row in board.rows if board.chosen.shows(standing_of(row))]
    rows.sort(key=lambda row: (order.index(standing_of(row)), row.slack, names[row.chart_number]))
    return Export(board, tuple(rows), by, made_at)


def csv_of(export: Export) -> bytes:
    """Return the contract's keys, as the command writes them too; minutes throughout."""
    facts = export.board.shown.facts
    rows = [as_row(row, facts) for row in export.rows]
    return table_file.csv_of([*KEYS, "explanation"], csv_rows(rows))


def xlsx_of(export: Export) -> bytes:
    """Return a workbook that people read; amounts in minutes, to be reckoned with."""
    board = export.board
    names = roster_names(board.shown.facts.people)
    headings = [
        _("Name"),
        _("Chart number"),
        _("Admitted"),
        _("Verdict"),
        _("Required, min"),
        _("Offered, min"),
        _("Attended, min"),
        _("Unrecorded, min"),
        _("Remaining, min"),
        _("To spare, min"),
        _("Make-up, min"),
        _("Qualifying days"),
        _("Why"),
    ]
    lines = [_cells(row, names, export) for row in export.rows]
    return table_file.xlsx_of(headings, lines, name=board.shown.facts.week.first_on.isoformat())


def _cells(row: WeeklyHours, names: dict[str, str], export: Export) -> list[Cell]:
    return [
        names[row.chart_number],
        row.chart_number,
        row.admitted_on,
        str(LOOKS[standing_of(row)].label),
        row.required,
        row.offered,
        row.attended,
        row.unrecorded,
        row.remaining,
        row.slack,
        row.makeup,
        row.qualifying_days,
        explanation(row, export.board.shown.facts),
    ]


def pdf_of(export: Export) -> bytes:
    """Return the table on pages that lie: counts on top, at each foot when it was made, by whom."""

    def foot(paper: Paper) -> None:
        paper.set_type(size=8, soft=True)
        words = _("Printed by %(name)s, %(moment)s · Confidential") % {
            "name": export.by,
            "moment": stamp(export.made_at, export.board.program.zone),
        }
        paper.write(words, x=MARGIN, y=BOTTOM + 4, width=ACROSS)
        paper.write(str(paper.number), x=MARGIN, y=BOTTOM + 4, width=ACROSS, align="R")

    with closing(Lying(title=_("Weekly hours"), size=9, foot=foot)) as paper:
        _head(paper, export)
        _table(paper, export)
        return paper.content(made_at=export.made_at)


def _head(paper: Paper, export: Export) -> None:
    week, program = export.board.shown.facts.week, export.board.program
    clinic = Clinic.objects.values_list("name", flat=True).first() or ""
    paper.set_type(bold=True, soft=True)
    paper.y += paper.write(f"{clinic} · {program.name}", x=MARGIN, y=paper.y, width=ACROSS)
    paper.set_type(size=15, bold=True)
    title = _("Weekly hours, %(first)s to %(last)s") % {
        "first": date_format(week.first_on),
        "last": date_format(week.last_on),
    }
    paper.y += paper.write(title, x=MARGIN, y=paper.y, width=ACROSS)
    paper.set_type()
    for line in (_as_of(export), _counts(export)):
        paper.y += paper.write(line, x=MARGIN, y=paper.y, width=ACROSS, most=2)
    paper.y += 2


def _as_of(export: Export) -> str:
    moment = stamp(export.board.shown.facts.as_of, export.board.program.zone)
    if export.board.shown is export.board.then:
        return _("As it was closed %(moment)s") % {"moment": moment}
    return _("As of %(moment)s") % {"moment": moment}


def _counts(export: Export) -> str:
    """Return every count, those of nobody too: `Not met 2 · Pending 0 · Met 17 · Exempt 1`."""
    standings = [standing_of(row) for row in export.rows]
    order = OVER if export.board.shown.facts.is_over else RUNNING
    return " · ".join(f"{LOOKS[each].label} {standings.count(each)}" for each in order)


def _table(paper: Paper, export: Export) -> None:
    headings = [
        _("Name"),
        _("Verdict"),
        _("Required"),
        _("Attended"),
        _("Unrecorded"),
        _("Remaining"),
        _("To spare"),
        _("Days"),
        _("Why"),
    ]
    _line(paper, headings, is_head=True)
    names = roster_names(export.board.shown.facts.people)
    for row in export.rows:
        _line(paper, _words(row, names, export), headings=headings)
    if not export.rows:
        paper.set_type()
        paper.y += paper.write(_("Nobody here."), x=MARGIN, y=paper.y, width=ACROSS)


def _words(row: WeeklyHours, names: dict[str, str], export: Export) -> list[str]:
    facts = export.board.shown.facts
    return [
        names[row.chart_number],
        str(LOOKS[standing_of(row)].label),
        *map(hours, (row.required, row.attended, row.unrecorded, row.remaining, row.slack)),
        f"{row.qualifying_days} / {facts.rule.min_days_per_week}",
        explanation(row, facts),
    ]


def _line(
    paper: Paper,
    cells: Sequence[str],
    *,
    is_head: bool = False,
    headings: Sequence[str] | None = None,
) -> None:
    """Write one row, on a new page with its headings where this one is full."""
    paper.set_type(bold=is_head, soft=is_head)
    heights = [
        paper.line_height * len(paper.lines_of(text, width=width - GAP, most=MOST_LINES))
        for text, width in zip(cells, WIDTHS, strict=True)
    ]
    if paper.y + max(heights) > paper.bottom and headings:
        paper.turn()
        _line(paper, headings, is_head=True)
        paper.set_type()
    x, numbers = float(MARGIN), set(range(*NUMBERS.indices(len(cells))))
    for place, (text, width) in enumerate(zip(cells, WIDTHS, strict=True)):
        align = "R" if place in numbers else "L"
        paper.write(text, x=x, y=paper.y, width=width - GAP, most=MOST_LINES, align=align)
        x += width
    paper.y += max(heights) + 0.6
    paper.rule(width=ACROSS)
