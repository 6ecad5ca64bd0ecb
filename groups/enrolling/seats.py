"""Free seats: how many of a group's places stay free while somebody is in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Place:
    """A place that is taken from a date until a date, both included; open where that is None."""

    first_on: date
    last_on: date | None

    def covers(self, day: date) -> bool:
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)


def free_seats(
    capacity: int, places: Iterable[Place], *, first_on: date, last_on: date | None
) -> int:
    """Return the seats that are free on every date of the stretch; never less than none.

    The most places are taken on its first date or when somebody else comes in.
    """
    places = tuple(places)
    coming = [
        each.first_on
        for each in places
        if each.first_on > first_on and (last_on is None or each.first_on <= last_on)
    ]
    taken = max(sum(each.covers(day) for each in places) for day in [first_on, *coming])
    return max(0, capacity - taken)


def free_again_on(
    capacity: int, places: Iterable[Place], *, first_on: date, last_on: date | None
) -> date | None:
    """Return the first date from which a seat stays free to the end of the stretch, if any."""
    places = tuple(places)
    leaving = sorted(
        each.last_on + timedelta(days=1)
        for each in places
        if each.last_on is not None and each.last_on >= first_on
    )
    for day in leaving:
        if last_on is not None and day > last_on:
            break
        if free_seats(capacity, places, first_on=day, last_on=last_on):
            return day
    return None
