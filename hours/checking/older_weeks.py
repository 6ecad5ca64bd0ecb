"""Weeks further back than the last one: looked at while they hold an open alert, until they close.

A closed week is a fact. What is corrected in it shows as its difference from now; there is nothing
left in it for an alert to ask for, and its alerts end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hours.models import WEEK_KINDS, Alert, WeekClose
from programs.models import Program
from programs.weeks import Week

# A program's key and a week's first date.
Place = tuple[int, date]


@dataclass(frozen=True)
class OlderWeeks:
    """`still` are to be looked at; the alerts of those `over` end."""

    still: tuple[tuple[Program, Week], ...]
    over: frozenset[Place]


def older_weeks(
    programs: Sequence[Program], last: dict[int, Week], besides: Iterable[Week] = ()
) -> OlderWeeks:
    """Return the weeks before each program's last one that hold open alerts, and those asked for.

    `last` is the last week by the program's key. Two statements, however many programs.
    """
    by_key = {program.pk: program for program in programs}
    wanted = _with_open_alerts(by_key) | {
        (key, week.first_on) for key in by_key for week in besides
    }
    older = {(key, day) for key, day in wanted if day < last[key].first_on}
    closed = _closed(older)
    weeks = {place: by_key[place[0]].week_of(place[1]) for place in older - closed}
    # Where the program's weeks have begun on another weekday since, there is no such week any more.
    still = {place: week for place, week in weeks.items() if week.first_on == place[1]}
    pairs = tuple((by_key[key], still[key, day]) for key, day in sorted(still))
    return OlderWeeks(pairs, frozenset(older - set(still)))


def _with_open_alerts(keys: Iterable[int]) -> set[Place]:
    found = Alert.objects.open().filter(kind__in=WEEK_KINDS, enrollment__program__in=keys)
    return set(found.order_by().values_list("enrollment__program", "week_on").distinct())


def _closed(places: set[Place]) -> set[Place]:
    if not places:
        return set()
    keys, days = zip(*places, strict=True)
    found = WeekClose.objects.filter(program__in=set(keys), week_on__in=set(days))
    return places & set(found.values_list("program", "week_on"))
