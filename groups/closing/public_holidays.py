"""Federal and state holidays to come on which a program has sessions and is not closed yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import holidays

from groups.meeting_dates import meets_on
from groups.models import GroupSession, MeetingPattern, SessionStatus
from programs.models import Closure, Program
from programs.weeks import local_date

AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class Holiday:
    """A public holiday; one of the country holds in every state."""

    day: date
    name: str
    is_federal: bool


@dataclass(frozen=True)
class Proposed:
    """A holiday that could be a closure, and how many sessions would fall."""

    holiday: Holiday
    sessions: int


def holidays_between(first_on: date, last_on: date, *, state: str) -> list[Holiday]:
    """Return the federal holidays and, where the state is known, its own, both ends included."""
    years = range(first_on.year, last_on.year + 1)
    federal = holidays.country_holidays("US", years=years, language="en_US")
    found: dict[date, Holiday] = {}
    if state:
        local = holidays.country_holidays("US", subdiv=state, years=years, language="en_US")
        found = {day: _holiday(day, name, is_federal=False) for day, name in local.items()}
    found |= {day: _holiday(day, name, is_federal=True) for day, name in federal.items()}
    return [found[day] for day in sorted(found) if first_on <= day <= last_on]


def _holiday(day: date, name: str, *, is_federal: bool) -> Holiday:
    """Return the holiday, its apostrophe as we print it."""
    return Holiday(day, name.replace("'", "’"), is_federal)


def proposed_closures(program: Program, now: datetime) -> list[Proposed]:
    """Return the holidays of the next twelve months worth proposing; four statements."""
    today = local_date(now, program.zone)
    last_on = today + AHEAD
    closures = list(Closure.objects.of_program(program).touching(today, last_on))
    open_days = [
        each
        for each in holidays_between(today, last_on, state=program.site.state)
        if not any(closure.first_on <= each.day <= closure.last_on for closure in closures)
    ]
    sessions = _sessions(program, [each.day for each in open_days], now)
    return [Proposed(each, sessions[each.day]) for each in open_days if sessions[each.day]]


def _sessions(program: Program, days: Sequence[date], now: datetime) -> Counter[date]:
    """Return how many sessions each date has: those planned, and those that slots will make."""
    coming = GroupSession.objects.filter(
        group__program=program,
        held_on__in=days,
        status=SessionStatus.SCHEDULED,
        starts_at__gt=now,
    )
    return Counter(coming.values_list("held_on", flat=True)) + Counter(_to_be_made(program, days))


def _to_be_made(program: Program, days: Sequence[date]) -> Iterator[date]:
    """Yield the dates of weekly slots that are beyond the horizon, once for each slot."""
    if not days:
        return
    patterns = MeetingPattern.objects.meeting_since(days[0]).filter(group__program=program)
    made = GroupSession.objects.filter(group__program=program, slot_on__in=days)
    filled = set(made.order_by().values_list("pattern_id", "slot_on"))
    for pattern in patterns:
        for day in days:
            if meets_on(pattern, day) and (pattern.pk, day) not in filled:
                yield day
