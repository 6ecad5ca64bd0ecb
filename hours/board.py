"""The director's board as plain values: counts, rows worst first, seats that save a week."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from groups.kind_looks import kind_look
from hours.board_rows import Beside, BoardRow, Chosen, Drawing
from hours.facts import ProgramWeek
from hours.minute_bar import scale_of
from hours.verdict_looks import LOOKS, OVER, RUNNING, Look, Standing, standing_of
from hours.weekly_hours import WeeklyHours, weekly_hours_of
from hours.wording import all_of, hours, session_name
from programs.models import Weeks
from programs.names import roster_names


@dataclass(frozen=True)
class Tile:
    """One count, which is also a filter."""

    tone: str
    icon: str
    label: object
    note: object
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class Section:
    """The rows of one standing."""

    look: Look
    rows: tuple[BoardRow, ...]
    count_words: str
    propose_url: str


@dataclass(frozen=True)
class SavingSeat:
    """An open session and whom a seat in it would help."""

    session: str
    kind_class: str
    details: str
    helps: str


@dataclass(frozen=True)
class Board:
    """Everything the page shows of one program's week."""

    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]
    title: str
    closures: str
    closures_count: bool
    seats: tuple[SavingSeat, ...]


def board_of(
    facts: ProgramWeek,
    *,
    chosen: Chosen,
    rows: Sequence[WeeklyHours] | None = None,
    beside: Beside | None = None,
) -> Board:
    """Return the board of these rows, or of everybody."""
    if rows is None:
        rows = [weekly_hours_of(person, facts) for person in facts.people]
    groups = _by_standing(rows, facts)
    shown = [(key, kept) for key, kept in groups.items() if kept and chosen.shows(key)]
    names = roster_names(facts.people)
    draw = Drawing(facts, names, chosen, scale_of(rows), beside or Beside())
    return Board(
        tiles=tuple(_tile(standing, len(kept), chosen) for standing, kept in groups.items()),
        sections=tuple(_section(standing, kept, draw) for standing, kept in shown),
        title=_title(sum(len(kept) for _, kept in shown)),
        closures=_closures(facts),
        closures_count=facts.rule.closures == Weeks.COUNT,
        seats=_saving_seats(groups.get(Standing.RECOVERABLE, []), draw),
    )


def _by_standing(
    rows: Iterable[WeeklyHours], facts: ProgramWeek
) -> dict[Standing, list[WeeklyHours]]:
    """Return the rows under each standing of such a week, worst first; some are empty."""
    groups: dict[Standing, list[WeeklyHours]] = {
        standing: [] for standing in (OVER if facts.is_over else RUNNING)
    }
    for row in rows:
        groups[standing_of(row)].append(row)
    return groups


def _tile(standing: Standing, count: int, chosen: Chosen) -> Tile:
    is_current = chosen.verdict == standing
    look = LOOKS[standing]
    url = chosen.url(verdict="" if is_current else standing, why="")
    return Tile(look.tone, look.icon, look.label, look.note, count, url, is_current)


def _section(standing: Standing, rows: Sequence[WeeklyHours], draw: Drawing) -> Section:
    ordered = sorted(rows, key=lambda row: (row.slack, draw.names[row.chart_number]))
    return Section(
        look=LOOKS[standing],
        rows=tuple(draw.row(row) for row in ordered),
        count_words=_people(len(rows)),
        propose_url=draw.beside.program_url if standing is Standing.RECOVERABLE else "",
    )


def _title(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people, worst first", count) % {"count": count}


def _people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def _closures(facts: ProgramWeek) -> str:
    by_reason: dict[str, list[str]] = {}
    for day, reason in facts.closed_dates:
        by_reason.setdefault(reason, []).append(date_format(day, "l"))
    parts = [
        gettext("%(days)s (%(reason)s)") % {"days": all_of(days), "reason": reason}
        for reason, days in by_reason.items()
    ]
    return gettext("Closed on %(days)s.") % {"days": all_of(parts)} if parts else ""


def _saving_seats(rows: Iterable[WeeklyHours], draw: Drawing) -> tuple[SavingSeat, ...]:
    helped: dict[uuid.UUID, list[str]] = {}
    seats = {}
    for row in rows:
        for seat in row.saving_seats:
            seats[seat.session_id] = seat
            helped.setdefault(seat.session_id, []).append(draw.names[row.chart_number])
    return tuple(
        SavingSeat(
            session=session_name(seat, draw.facts.week.zone),
            kind_class=kind_look(seat.kind).css,
            details=ngettext("%(hours)s, %(free)s seat", "%(hours)s, %(free)s seats", seat.free)
            % {"hours": hours(seat.net), "free": seat.free},
            helps=gettext("would help %(names)s") % {"names": all_of(helped[key])},
        )
        for key, seat in sorted(seats.items(), key=lambda item: item[1].starts_at)
    )
