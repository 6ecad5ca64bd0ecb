"""What is taken when: a room or a facilitator by one session at a time."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import datetime

Booking = tuple[datetime, datetime]


class Bookings:
    """The times at which things are taken; the end of one may be the start of the next."""

    def __init__(self, taken: Iterable[tuple[Hashable, datetime, datetime]] = ()) -> None:
        self._taken: dict[Hashable, list[Booking]] = defaultdict(list)
        for thing, starts_at, ends_at in taken:
            insort(self._taken[thing], (starts_at, ends_at))

    def take(self, thing: Hashable, starts_at: datetime, ends_at: datetime) -> bool:
        """Take the thing for this time; return False, and take nothing, where it is taken."""
        booked = self._taken[thing]
        place = bisect_left(booked, (starts_at, ends_at))
        is_free_before = place == 0 or booked[place - 1][1] <= starts_at
        is_free_after = place == len(booked) or booked[place][0] >= ends_at
        if is_free_before and is_free_after:
            booked.insert(place, (starts_at, ends_at))
            return True
        return False
