"""The make-up finder's rule: which open seats add the most minutes without being in two places."""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Seat:
    """A free seat in a session of an open group. `net` in minutes, counted by the rule.

    `lessons`: how many that the person is missing it would give; of equal seats those come first.
    """

    session_id: uuid.UUID
    group: str
    kind: str
    held_on: date
    starts_at: datetime
    ends_at: datetime
    net: int
    free: int
    lessons: int = 0


def best_seats(
    seats: Iterable[Seat], *, busy: Sequence[tuple[datetime, datetime]] = ()
) -> tuple[Seat, ...]:
    """Return the seats, in order of time, that add the most minutes without overlap.

    `busy` are the (start, end) of what the person attends anyway; ends are not included, so a
    seat may begin as another session ends. Of equal choices the fewest, then the earliest
    sessions win. Weighted interval scheduling: sort by end, and for each seat compare taking it
    (with the best before it starts) with leaving it.
    """
    free = sorted(
        (seat for seat in seats if fits(seat, busy)),
        key=lambda seat: (seat.ends_at, seat.starts_at, seat.group),
    )
    ends = [seat.ends_at for seat in free]
    best: list[tuple[int, tuple[Seat, ...]]] = [(0, ())]
    for index, seat in enumerate(free):
        minutes, chosen = best[bisect_right(ends, seat.starts_at, hi=index)]
        taking = (minutes + seat.net, (*chosen, seat))
        leaving = best[index]
        best.append(taking if _better(taking, leaving) else leaving)
    return best[-1][1]


def _better(one: tuple[int, tuple[Seat, ...]], other: tuple[int, tuple[Seat, ...]]) -> bool:
    return (one[0], -len(one[1])) > (other[0], -len(other[1]))


def fits(seat: Seat, busy: Sequence[tuple[datetime, datetime]]) -> bool:
    """Return whether the seat adds minutes, and the person is nowhere else at that time."""
    clashes = any(max(seat.starts_at, start) < min(seat.ends_at, end) for start, end in busy)
    return seat.net > 0 and not clashes
