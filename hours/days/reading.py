"""Reads the days of a range: each week as the weekly hours read it, and two statements besides.

A week takes at most three statements (`hours/program_week.py`), however many people; what was
amended and what does not count are one statement each for the whole range.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from attendance.models import Amendment, Presence
from groups.models import GroupSession, SessionStatus
from hours.days.qualifying import PersonDay, days_of
from hours.facts import PersonWeek
from hours.program_week import program_week
from programs.models import Program
from programs.weeks import Week, local_date

# Whose date it is: the chart number of the episode's own record, and the date.
Key = tuple[str, date]


@dataclass(frozen=True)
class Range:
    """Dates of one program, both included, and who may be seen in them."""

    program: Program
    first_on: date
    last_on: date
    # None: everybody; otherwise those met in a session that this person leads, week by week.
    led_by: User | None = None

    @property
    def weeks(self) -> list[Week]:
        """The program's weeks that the range touches."""
        weeks = [self.program.week_of(self.first_on)]
        while weeks[-1].last_on < self.last_on:
            weeks.append(weeks[-1].moved(1))
        return weeks


@dataclass(frozen=True)
class RangeDays:
    """The days found, by person and date; what was amended, and what does not count, by day.

    `without_rule` are weeks that no rule covers: their days are not judged.
    """

    days: tuple[PersonDay, ...]
    amended: dict[Key, date]
    not_counted: dict[Key, tuple[str, ...]]
    without_rule: tuple[Week, ...]

    @property
    def people(self) -> dict[str, PersonWeek]:
        """Everybody with a day, once, by chart number."""
        return {day.person.chart_number: day.person for day in self.days}


def days_in(asked: Range, *, as_of: datetime) -> RangeDays:
    """Return every day of the range on which a counted session was expected or attended."""
    own = _own_sessions(asked) if asked.led_by else None
    days: list[PersonDay] = []
    without_rule = []
    for week in asked.weeks:
        facts = program_week(asked.program, week=week, as_of=as_of)
        if facts is None:
            without_rule.append(week)
            continue
        for person in facts.people:
            if own is None or any(line.session_id in own for line in person.lines):
                days += days_of(person, facts)
    shown = tuple(day for day in days if asked.first_on <= day.on <= asked.last_on)
    return RangeDays(shown, _amended(asked), _not_counted(asked, shown), tuple(without_rule))


def _own_sessions(asked: Range) -> frozenset[uuid.UUID]:
    """Return the sessions of the range's whole weeks that the person leads now."""
    weeks = asked.weeks
    sessions = GroupSession.objects.filter(
        group__program=asked.program,
        held_on__range=(weeks[0].first_on, weeks[-1].last_on),
        facilitations__user=asked.led_by,
        facilitations__is_former=False,
    )
    return frozenset(sessions.values_list("public_id", flat=True))


def _amended(asked: Range) -> dict[Key, date]:
    """Return when a record of somebody's date was amended last."""
    found = Amendment.objects.filter(
        session__group__program=asked.program,
        session__held_on__range=(asked.first_on, asked.last_on),
    ).values_list("participant__chart_number", "session__held_on", "amended_at")
    zone = asked.program.zone
    return {(chart, on): local_date(at, zone) for chart, on, at in found.order_by("amended_at")}


def _not_counted(asked: Range, days: Iterable[PersonDay]) -> dict[Key, tuple[str, ...]]:
    """Return the groups attended on somebody's date that the rule does not count."""
    counted = {(day.person.chart_number, line.session_id) for day in days for line in day.lines}
    found: dict[Key, list[str]] = defaultdict(list)
    for chart, on, session, group in _attended(asked):
        if (chart, session) not in counted and group not in found[chart, on]:
            found[chart, on].append(group)
    return {key: tuple(groups) for key, groups in found.items()}


def _attended(asked: Range) -> Iterator[tuple[str, date, uuid.UUID, str]]:
    """Yield who was in which session of the range, by its start."""
    stretches = Presence.objects.filter(
        session__group__program=asked.program,
        session__held_on__range=(asked.first_on, asked.last_on),
        session__status=SessionStatus.SCHEDULED,
    ).order_by("session__starts_at", "session", "pk")
    yield from stretches.values_list(
        "participant__chart_number",
        "session__held_on",
        "session__public_id",
        "session__group__name",
    )
