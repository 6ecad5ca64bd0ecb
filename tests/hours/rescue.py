"""Drawn seats and people for the tests of the rescue, and every way there is to choose."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any

from hypothesis import strategies as st

from hours.make_up import Seat
from hours.rescue.assignment import Needing
from tests.hours.facts import a_seat

Span = tuple[Any, Any]

# Few days and hours, so that seats meet; lengths that add up to each other.
SEATS = st.lists(
    st.builds(
        a_seat,
        day=st.integers(3, 4),
        hour=st.sampled_from([9, 10, 11, 13]),
        minutes=st.sampled_from([30, 45, 60, 90, 120, 180]),
        free=st.integers(1, 2),
    ),
    max_size=6,
)
BUSY = st.lists(
    st.builds(a_seat, day=st.integers(3, 4), hour=st.sampled_from([9, 12]), minutes=st.just(60)),
    max_size=1,
).map(lambda taken: tuple((each.starts_at, each.ends_at) for each in taken))
SHORT = st.sampled_from([15, 45, 60, 75, 90, 150, 180, 210, 400])


@st.composite
def weeks(draw: st.DrawFn) -> list[Needing]:
    """Up to four people who are short, each with some of the same seats."""
    seats = draw(SEATS)
    people = draw(st.integers(1, 4))
    return [
        Needing(
            key=uuid.UUID(int=who),
            short=draw(SHORT),
            seats=tuple(seat for seat in seats if draw(st.integers(0, 3))),
            busy=draw(BUSY),
        )
        for who in range(people)
    ]


def ways(seats: Sequence[Seat], busy: Sequence[Span]) -> Iterator[tuple[Seat, ...]]:
    """Yield every set of the seats that one person can be in, the empty one included."""
    for count in range(len(seats) + 1):
        for chosen in combinations(sorted(seats, key=lambda seat: seat.starts_at), count):
            own = [(each.starts_at, each.ends_at) for each in chosen]
            pairs = [*combinations(own, 2), *product(own, busy)]
            if not any(overlap(one, other) for one, other in pairs):
                yield chosen


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def minutes(seats: Sequence[Seat]) -> int:
    return sum(seat.net for seat in seats)
