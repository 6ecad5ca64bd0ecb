"""The rescue of one week: the fewest open seats that close a gap, without being in two places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hours.make_up import Seat, best_seats, fits


@dataclass(frozen=True)
class Rescue:
    """The seats to take, in order of time, and the minutes that were short of the requirement.

    Where no seats reach it, these add the most there is.
    """

    seats: tuple[Seat, ...]
    short: int

    @property
    def minutes(self) -> int:
        """The minutes that the seats add."""
        return sum(seat.net for seat in self.seats)

    @property
    def reaches(self) -> bool:
        """Whether they close the gap."""
        return self.minutes >= self.short


# How many lessons they do not give, so that more are less; when they all begin; then, where that
# is the same, when each ends, and which it is.
Times = tuple[int, tuple[datetime, ...], tuple[tuple[datetime, str], ...]]
# The sets of some number of seats that end with one seat: by their minutes, the earliest.
Sets = dict[int, tuple[Times, tuple[Seat, ...]]]


def fewest_seats(
    seats: Sequence[Seat], *, short: int, busy: Sequence[tuple[datetime, datetime]] = ()
) -> Rescue:
    """Return as few seats as close a gap of `short` minutes; of equal ones the least minutes over.

    Of those the ones with the most missing lessons win, then the earliest. `busy` is when the
    person is expected elsewhere. Sets of one seat are looked at first, then of two, each set grown
    from those that end before.
    """
    most = best_seats(seats, busy=busy)
    if short <= 0 or sum(seat.net for seat in most) < short:
        return Rescue(most if short > 0 else (), short)
    free = [seat for seat in seats if fits(seat, busy)]
    grown: list[Sets] = [{seat.net: (_times(seat), (seat,))} for seat in free]
    while not (enough := [*_enough(grown, short)]):
        grown = [_grow(seat, free, grown) for seat in free]
    return Rescue(min(enough)[2], short)


def _times(seat: Seat, before: Times = (0, (), ())) -> Times:
    left, starts, rest = before
    times = (*starts, seat.starts_at), (*rest, (seat.ends_at, str(seat.session_id)))
    return (left - seat.lessons, *times)


def _enough(grown: Iterable[Sets], short: int) -> Iterator[tuple[int, Times, tuple[Seat, ...]]]:
    """Yield the sets that close the gap."""
    for sets in grown:
        for minutes, (times, chosen) in sets.items():
            if minutes >= short:
                yield minutes, times, chosen


def _grow(seat: Seat, free: Sequence[Seat], grown: Sequence[Sets]) -> Sets:
    """Return the sets of one seat more that end with this seat."""
    found: Sets = {}
    for last, sets in zip(free, grown, strict=True):
        if last.ends_at > seat.starts_at:
            continue
        for minutes, (times, chosen) in sets.items():
            longer = (_times(seat, times), (*chosen, seat))
            known = found.get(minutes + seat.net)
            if known is None or longer[0] < known[0]:
                found[minutes + seat.net] = longer
    return found
