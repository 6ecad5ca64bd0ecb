"""How many seats of a group stay free for somebody, those who wait before them counted in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from groups.enrolling.choices import places_of
from groups.enrolling.seats import Place
from groups.models import TherapyGroup, WaitingPlace
from groups.models.waiting import WaitingPlaceQuerySet
from programs.models import Enrollment


@dataclass(frozen=True)
class Seats:
    """A group's seats over a stretch of dates, of which `busiest_on` has the most taken.

    `ahead` is how many wait for a seat before the person asked about.
    """

    capacity: int
    taken: int
    busiest_on: date
    ahead: int = 0

    @property
    def free(self) -> int:
        """The seats that are free on every date."""
        return max(0, self.capacity - self.taken)

    @property
    def expected(self) -> int:
        """How many the group would expect with this person, promised seats counted in."""
        return self.taken + 1 + (self.ahead if self.free else 0)

    @property
    def is_free(self) -> bool:
        """Whether one of them is nobody else's turn."""
        return self.free > self.ahead


def seats_for(
    group: TherapyGroup,
    enrollment: Enrollment | None,
    *,
    first_on: date,
    last_on: date | None = None,
) -> Seats:
    """Return the group's seats for these dates as this person, or somebody new, finds them."""
    places = places_of([group.pk], since=first_on)[group.pk]
    taken, busiest_on = busiest(places, first_on=first_on, last_on=last_on)
    ahead = _ahead(line_of(group, first_on), enrollment)
    return Seats(group.capacity, taken, busiest_on, ahead)


def busiest(places: Iterable[Place], *, first_on: date, last_on: date | None) -> tuple[int, date]:
    """Return the most places taken on any date of the stretch, and the first such date.

    It leaves of the capacity what `enrolling.seats.free_seats` says; a test holds the two.
    """
    places = tuple(places)
    coming = {
        each.first_on
        for each in places
        if each.first_on > first_on and (last_on is None or each.first_on <= last_on)
    }
    taken = {day: sum(each.covers(day) for each in places) for day in sorted({first_on, *coming})}
    most = max(taken, key=lambda day: taken[day])
    return taken[most], most


def line_of(group: TherapyGroup, day: date) -> WaitingPlaceQuerySet:
    """Return who waits for a seat, first come first, without those discharged before the date."""
    waiting = WaitingPlace.objects.waiting().filter(group=group)
    return waiting.exclude(enrollment__discharged_on__lt=day)


def _ahead(line: WaitingPlaceQuerySet, enrollment: Enrollment | None) -> int:
    keys = list(line.values_list("enrollment", flat=True))
    if enrollment is not None and enrollment.pk in keys:
        return keys.index(enrollment.pk)
    return len(keys)
