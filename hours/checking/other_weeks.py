"""Weeks beside the last and the present one: looked at while they hold an open alert.

A closed week is a fact. What is corrected in it shows as its difference from now; there is nothing
left in it for an alert to ask for, and its alerts end once it is no longer the last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hours.models import WEEK_KINDS, Alert, WeekClose
from programs.models import Program
from programs.weeks import Week

# A program's key and a week's first date.
Place = tuple[int, date]


@dataclass(frozen=True)
class OtherWeeks:
    """`still` are to be looked at; the alerts of those `over` end."""

    still: tuple[tuple[Program, Week], ...]
    over: frozenset[Place]


def other_weeks(
    programs: Sequence[Program],
    recent: Mapping[int, Sequence[Week]],
    besides: Sequence[Week] = (),
) -> OtherWeeks:
    """Return the weeks that hold open alerts, and those asked for, but for the recent ones.

    `recent` are the last and the present week by the program's key. Two statements, however many
    programs.
    """
    by_key = {program.pk: program for program in programs}
    looked_at = {(key, week.first_on) for key, weeks in recent.items() for week in weeks}
    asked_for = {(key, week.first_on) for key in by_key for week in besides}
    others = (_with_open_alerts(by_key) | asked_for) - looked_at
    closed = _closed({(key, day) for key, day in others if day < recent[key][0].first_on})
    weeks = {place: by_key[place[0]].week_of(place[1]) for place in others - closed}
    # Where the program's weeks have begun on another weekday since, there is no such week any more.
    still = {place: week for place, week in weeks.items() if week.first_on == place[1]}
    pairs = tuple((by_key[place[0]], still[place]) for place in sorted(still))
    return OtherWeeks(pairs, frozenset(others - set(still)))


def _with_open_alerts(keys: Iterable[int]) -> set[Place]:
    found = Alert.objects.open().filter(kind__in=WEEK_KINDS, enrollment__program__in=keys)
    return set(found.order_by().values_list("enrollment__program", "week_on").distinct())


def _closed(places: set[Place]) -> set[Place]:
    if not places:
        return set()
    keys, days = zip(*places, strict=True)
    found = WeekClose.objects.filter(program__in=set(keys), week_on__in=set(days))
    return places & set(found.values_list("program", "week_on"))
