"""A time zone as a calendar file tells it (VTIMEZONE): when its clocks turn, and by how much.

A rule for every year where there is one, as all calendar programs read it; else each turn by
itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from groups.recurrence import WEEKDAYS

# A rule is believed that holds for so many years on end.
YEARS = 6
LONG_PAST = 1970
A_WEEK, A_DAY, A_SECOND = timedelta(weeks=1), timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True)
class Turn:
    """The moment at which the clocks turn; `wall` is what they show just before it."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def habit(self) -> tuple[timedelta, timedelta, int, int, time]:
        """What the same turn has in common from year to year."""
        return self.before, self.after, self.wall.month, self.wall.weekday(), self.wall.time()


@lru_cache(maxsize=64)
def turns_of(zone: ZoneInfo, year: int) -> tuple[Turn, ...]:
    """Return the turns of the clocks from that year on, over YEARS years."""
    moment, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + YEARS, 1, 1, tzinfo=UTC)
    found = []
    while moment < end:
        if _offset(moment, zone) != _offset(moment + A_DAY, zone):
            found.append(_turn_between(moment, moment + A_DAY, zone))
        moment += A_DAY
    return tuple(found)


def timezone_of(zone: ZoneInfo, since: datetime) -> Timezone:
    """Return the zone's component, good for moments from `since` on."""
    year = since.year - 1
    turns = turns_of(zone, year)
    component = Timezone()
    component.add("tzid", zone.key)
    if not turns or since.replace(tzinfo=None) <= turns[0].wall + A_DAY:
        component.add_component(_observance(_standing_still(zone, year)))
    for part in _observances(turns):
        component.add_component(part)
    return component


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _name(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).tzname() or zone.key


def _standing_still(zone: ZoneInfo, year: int) -> Turn:
    """Return the year's first day as a turn that turns nothing, for the time before any other."""
    first = datetime(year, 1, 1, tzinfo=UTC)
    offset = _offset(first, zone)
    return Turn(first.replace(tzinfo=None), offset, offset, _name(first, zone))


def _turn_between(early: datetime, late: datetime, zone: ZoneInfo) -> Turn:
    """Return the turn after `early` and up to `late`, to the second."""
    before = _offset(early, zone)
    while late - early > A_SECOND:
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        early, late = (middle, late) if _offset(middle, zone) == before else (early, middle)
    wall = (late + before).replace(tzinfo=None)
    return Turn(wall, before, _offset(late, zone), _name(late, zone))


def _observances(turns: Sequence[Turn]) -> Iterator[TimezoneStandard | TimezoneDaylight]:
    alike: dict[object, list[Turn]] = defaultdict(list)
    for turn in turns:
        alike[turn.habit].append(turn)
    for found in alike.values():
        if place := _place_in_month(found):
            yield _every_year(found[0], place)
        else:
            yield from (_observance(turn) for turn in found)


def _place_in_month(turns: Sequence[Turn]) -> int | None:
    """Return 2 for turns on the second such weekday of the month each year, -1 for the last."""
    if len({turn.wall.year for turn in turns}) < YEARS:
        return None
    if all((turn.wall + A_WEEK).month != turn.wall.month for turn in turns):
        return -1
    places = {(turn.wall.day - 1) // 7 + 1 for turn in turns}
    return places.pop() if len(places) == 1 else None


def _every_year(turn: Turn, place: int) -> TimezoneStandard | TimezoneDaylight:
    """Return the turn as if it had always been so: some programs ask for years long past."""
    month, weekday = turn.wall.month, turn.wall.weekday()
    first = turn.wall.replace(year=LONG_PAST, day=1)
    first += A_DAY * ((weekday - first.weekday()) % 7)
    days = [day for n in range(5) if (day := first + A_WEEK * n).month == month]
    part = _observance(replace(turn, wall=days[place - 1 if place > 0 else place]))
    part.add(
        "rrule", vRecur.from_ical(f"FREQ=YEARLY;BYMONTH={month};BYDAY={place}{WEEKDAYS[weekday]}")
    )
    return part


def _observance(turn: Turn) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if turn.after > turn.before else TimezoneStandard()
    part.add("dtstart", turn.wall)
    part.add("tzoffsetfrom", turn.before)
    part.add("tzoffsetto", turn.after)
    part.add("tzname", turn.name)
    return part
