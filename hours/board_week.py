"""One program's week as one person may read it: narrowed, now and as it was closed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from hours.board_rows import Chosen
from hours.concluding.reading import ClosedWeek, as_it_was, closed_week, rows_then
from hours.facts import ProgramWeek
from hours.program_week import program_week
from hours.rescue.lessons import OffersOf, lesson_offers, with_lessons
from hours.verdicts import Flag, Verdict
from hours.week_sessions import Sessions, sessions_named, week_sessions
from hours.weekly_hours import WeeklyHours, weekly_hours_of
from programs.access import Access
from programs.models import Program
from programs.weeks import Week
from programs.who_may import Scope


@dataclass(frozen=True)
class Side:
    """The facts of the week, and everybody's rows as far as the reader may see them."""

    facts: ProgramWeek
    rows: tuple[WeeklyHours, ...]


@dataclass(frozen=True)
class BoardWeek:
    """The week as it is now, and as it was closed where it is; `rows` are narrowed as asked."""

    program: Program
    now: Side
    then: Side | None
    closed: ClosedWeek | None
    sessions: Sessions
    chosen: Chosen
    offers: OffersOf = field(default_factory=dict)

    @property
    def shown(self) -> Side:
        """The side that was asked for."""
        return self.then if self.then and self.chosen.seen_as else self.now

    @property
    def rows(self) -> list[WeeklyHours]:
        """The rows of that side, without those that a filter leaves out; of every standing."""
        return [row for row in self.shown.rows if self._is_asked_for(row)]

    @property
    def open_row(self) -> WeeklyHours | None:
        """The row whose ledger is open."""
        rows = [row for row in self.rows if row.person.enrollment_id == self.chosen.why]
        return rows[0] if rows else None

    def _is_asked_for(self, row: WeeklyHours) -> bool:
        if self.chosen.only and not has_flag(row, Flag(self.chosen.only)):
            return False
        return not self.chosen.group or any(
            line.is_expected and self._group_of(line.session_id) == self.chosen.group
            for line in row.person.lines
        )

    def _group_of(self, session_id: uuid.UUID) -> uuid.UUID | None:
        session = self.sessions.get(session_id)
        return session.group_id if session else None


def board_week(
    program: Program, *, week: Week, chosen: Chosen, access: Access, now: datetime
) -> BoardWeek | None:
    """Return the week; None where no rule covers it."""
    facts = program_week(program, week=week, as_of=now)
    if facts is None:
        return None
    offers = _offers(program, facts, access, now)
    facts = with_lessons(facts, offers)
    sessions = week_sessions(program, week, reader=access.user)
    closed = closed_week(program, week) if facts.is_over else None
    if closed and (gone := closed.session_ids() - set(sessions)):
        sessions |= sessions_named(program, gone, reader=access.user)
    rows = [weekly_hours_of(each, facts) for each in facts.people]
    then = as_it_was(closed, facts, sessions) if closed else None
    before = rows_then(closed, then) if closed and then else []
    keys = _seen(program, access, sessions, [*rows, *before])
    shown_then = Side(then, _only(before, keys)) if then else None
    shown_now = Side(facts, _only(rows, keys))
    return BoardWeek(program, shown_now, shown_then, closed, sessions, chosen, offers)


def _offers(program: Program, facts: ProgramWeek, access: Access, now: datetime) -> OffersOf:
    """Return the missing lessons that open seats would give, where the reader may know of them."""
    may_see = access.scope("coverage.read", program) is not None
    return lesson_offers(program, facts, now=now) if may_see else {}


def has_flag(row: WeeklyHours, flag: Flag) -> bool:
    """Return whether the row is marked so; nobody who is exempt is short of days."""
    is_let_off = flag is Flag.DAYS_SHORT and row.verdict is Verdict.EXEMPT
    return flag in row.flags and not is_let_off


def _seen(
    program: Program, access: Access, sessions: Sessions, rows: Iterable[WeeklyHours]
) -> set[int]:
    """Return the enrollments one sees: all, or who is expected or seen in one's own sessions."""
    if access.scope("hours.read", program) is not Scope.OWN:
        return {row.person.enrollment_key for row in rows}
    return {
        row.person.enrollment_key
        for row in rows
        if any(sessions[line.session_id].is_mine for line in row.person.lines)
    }


def _only(rows: Iterable[WeeklyHours], keys: set[int]) -> tuple[WeeklyHours, ...]:
    return tuple(row for row in rows if row.person.enrollment_key in keys)
