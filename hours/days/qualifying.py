"""Qualifying days: which of somebody's dates reach the rule's minutes a day, and what is missing.

Plain values in, plain values out: no database, no clock, no words (`words.py` says it). The
minutes are those of the weekly hours, so both count the same days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from hours.facts import PersonWeek, ProgramWeek, SessionLine


class DayState(StrEnum):
    """Whether a date qualifies, still can, or does not."""

    QUALIFIES = "qualifies"
    OPEN = "open"
    SHORT = "short"


class Why(StrEnum):
    """What keeps a date, or one session of it, from its minutes."""

    ABSENT = "absent"
    UNRECORDED = "unrecorded"
    TO_COME = "to_come"
    RUNNING = "running"
    CAME = "came"
    OUT = "out"
    LEFT = "left"
    TOO_LITTLE = "too_little"


@dataclass(frozen=True)
class Reason:
    """One thing that is missing: in which session, when (from and until), of which kind.

    `minutes` are those planned on the date, where they are less than the rule asks for.
    """

    why: Why
    line: SessionLine | None = None
    at: datetime | None = None
    until: datetime | None = None
    minutes: int = 0


@dataclass(frozen=True)
class PersonDay:
    """One enrollment on one date on which a counted session was expected or attended.

    `credited` and `least` (the rule's minutes a day in that week) are whole minutes.
    """

    person: PersonWeek
    on: date
    lines: tuple[SessionLine, ...]
    credited: int
    least: int
    state: DayState
    reasons: tuple[Reason, ...]

    @property
    def qualifies(self) -> bool:
        return self.state is DayState.QUALIFIES


def days_of(person: PersonWeek, facts: ProgramWeek) -> tuple[PersonDay, ...]:
    """Return the week's dates of one enrollment, in order; none without a counted session."""
    by_date: dict[date, list[SessionLine]] = defaultdict(list)
    for line in person.lines:
        by_date[line.held_on].append(line)
    return tuple(_day(person, on, tuple(by_date[on]), facts) for on in sorted(by_date))


def _day(
    person: PersonWeek, on: date, lines: tuple[SessionLine, ...], facts: ProgramWeek
) -> PersonDay:
    least, as_of = facts.rule.min_minutes_per_day, facts.as_of
    credited = sum(line.credited for line in lines)
    state = DayState.QUALIFIES
    if credited < least:
        missing = sum(line.unrecorded(as_of) + line.remaining(as_of) for line in lines)
        state = DayState.OPEN if credited + missing >= least else DayState.SHORT
    reasons = () if state is DayState.QUALIFIES else tuple(_reasons(lines, least, as_of))
    return PersonDay(person, on, lines, credited, least, state, reasons)


def _reasons(lines: tuple[SessionLine, ...], least: int, as_of: datetime) -> Iterator[Reason]:
    """Yield what is missing, session by session, then that too little was planned."""
    for line in lines:
        yield from _of_one(line, as_of)
    planned = sum(line.net for line in lines)
    if planned < least:
        yield Reason(Why.TOO_LITTLE, minutes=planned)


def _of_one(line: SessionLine, as_of: datetime) -> Iterator[Reason]:
    if not line.has_record:
        is_over = line.ends_at <= as_of
        yield Reason(Why.UNRECORDED if is_over else Why.TO_COME, line, line.starts_at)
    elif not line.stretches:
        yield Reason(Why.ABSENT, line)
    elif line.credited < line.net:
        yield from _away(line)
        # Also a walk-in, of whom nothing more is expected.
        if line.stretches[-1][1] is None and line.ends_at > as_of:
            yield Reason(Why.RUNNING, line, until=line.ends_at)


def _away(line: SessionLine) -> Iterator[Reason]:
    """Yield when they were not there, as far as it falls into the session."""
    stretches = _joined(line)
    came, left = stretches[0][0], stretches[-1][1]
    if came > line.starts_at:
        yield Reason(Why.CAME, line, came)
    for (_came, out), (back, _left) in pairwise(stretches):
        if out and line.starts_at < back and out < line.ends_at:
            yield Reason(Why.OUT, line, out, back)
    if left and left < line.ends_at:
        yield Reason(Why.LEFT, line, left)


def _joined(line: SessionLine) -> list[tuple[datetime, datetime | None]]:
    """Return the stretches in order; those that touch or overlap are one."""
    joined: list[tuple[datetime, datetime | None]] = []
    for came, left in sorted(line.stretches, key=lambda stretch: stretch[0]):
        if joined and (joined[-1][1] is None or came <= joined[-1][1]):
            before = joined[-1][1]
            joined[-1] = (joined[-1][0], max(before, left) if before and left else None)
        else:
            joined.append((came, left))
    return joined
