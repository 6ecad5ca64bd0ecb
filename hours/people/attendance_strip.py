"""The attendance strip: one cell per session, weeks down, weekly slots across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from attendance.marks import MARK_LOOKS, Mark, mark_of
from hours.facts import SessionLine
from programs.weeks import Week

# A letter where there is no room for a word; its word is in the cell for those who listen.
LETTERS: dict[Mark, str | Promise] = {
    Mark.PRESENT: pgettext_lazy("letter of present", "P"),
    Mark.LATE: pgettext_lazy("letter of late", "L"),
    Mark.LEFT_EARLY: pgettext_lazy("letters of left early", "LE"),
    Mark.OUT_AND_BACK: pgettext_lazy("letter of out and back", "O"),
    Mark.EXCUSED: pgettext_lazy("letter of excused", "E"),
    Mark.UNEXCUSED: pgettext_lazy("letter of unexcused, absent", "A"),
    Mark.NO_CALL: pgettext_lazy("letter of no call", "N"),
    Mark.UNEXPLAINED: "?",
    Mark.UNMARKED: "·",
}
TO_COME, NOT_EXPECTED = "○", "–"
Slot = tuple[int, time]


@dataclass(frozen=True)
class Cell:
    """One session, or that there was none; `css` is a tone or the look of what is open."""

    css: str
    letter: str
    label: str


@dataclass(frozen=True)
class StripRow:
    """One week's cells, one for each column."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A weekly slot: its day and its time."""

    day: str
    time: str


@dataclass(frozen=True)
class Strip:
    """The whole strip, newest week first."""

    columns: tuple[Column, ...]
    rows: tuple[StripRow, ...]
    summary: str
    legend: tuple[str, ...]


def strip_of(weeks: Sequence[tuple[Week, Sequence[SessionLine]]], *, as_of: datetime) -> Strip:
    """Return the strip of these weeks."""
    by_week = [(week, {_slot(line, week): line for line in lines}) for week, lines in weeks]
    slots = sorted({slot for _week, lines in by_week for slot in lines}, key=_in_the_week(weeks))
    rows = [
        StripRow(
            label=date_format(week.first_on, "M j"),
            cells=tuple(_cell(lines.get(slot), as_of) for slot in slots),
        )
        for week, lines in by_week
    ]
    return Strip(
        columns=tuple(Column(_day(weekday, weeks), _clock(at)) for weekday, at in slots),
        rows=tuple(rows),
        summary=_summary([line for _week, lines in weeks for line in lines]),
        legend=_legend(rows),
    )


def _slot(line: SessionLine, week: Week) -> Slot:
    return line.held_on.weekday(), line.starts_at.astimezone(week.zone).time()


def _in_the_week(weeks: Sequence[tuple[Week, Sequence[SessionLine]]]):
    """Return the order of slots in weeks that begin as these do."""
    first = weeks[0][0].first_on.weekday() if weeks else 0
    return lambda slot: ((slot[0] - first) % 7, slot[1])


def _day(weekday: int, weeks: Sequence[tuple[Week, Sequence[SessionLine]]]) -> str:
    days: dict[int, date] = {day.weekday(): day for day in weeks[0][0].dates}
    return date_format(days[weekday], "D")


def _clock(at: time) -> str:
    return date_format(datetime.combine(date(2026, 1, 1), at), "g:i")


def _cell(line: SessionLine | None, as_of: datetime) -> Cell:
    if line is None:
        return Cell("none", NOT_EXPECTED, _("not expected"))
    if line.ends_at > as_of and not line.has_record:
        return Cell("to-come", TO_COME, _("to come"))
    mark = mark_of(
        line.stretches,
        absence=line.absence,
        has_record=line.has_record,
        starts_at=line.starts_at,
        ends_at=line.ends_at,
        grace=line.grace,
    )
    look = MARK_LOOKS[mark]
    css = f"tone-{look.tone}" if look.tone else "to-come"
    return Cell(css, str(LETTERS[mark]), str(look.label))


def _summary(lines: Sequence[SessionLine]) -> str:
    recorded = [line for line in lines if line.has_record]
    there = sum(bool(line.stretches) for line in recorded)
    return ngettext(
        "there in %(there)s of %(count)s recorded session",
        "there in %(there)s of %(count)s recorded sessions",
        len(recorded),
    ) % {"there": there, "count": len(recorded)}


SAID_LOWER = gettext_lazy("%(letter)s %(word)s")


def _legend(rows: Sequence[StripRow]) -> tuple[str, ...]:
    """Return what the letters that occur stand for."""
    seen = dict.fromkeys((cell.letter, cell.label) for row in rows for cell in row.cells)
    return tuple(
        str(SAID_LOWER) % {"letter": letter, "word": word.lower()} for letter, word in seen
    )
