"""The make-up finder against trying every choice of seats."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from hours.make_up import Seat, best_seats
from tests.hours.facts import a_seat

SEATS = st.builds(
    a_seat, st.integers(0, 1), st.integers(8, 20), st.integers(0, 240), free=st.just(1)
)


def _overlap(one: Seat, other: Seat) -> bool:
    return max(one.starts_at, other.starts_at) < min(one.ends_at, other.ends_at)


@given(st.lists(SEATS, max_size=7), st.lists(SEATS, max_size=2))
def test_no_choice_adds_more(seats: list[Seat], taken: list[Seat]) -> None:
    busy = [(each.starts_at, each.ends_at) for each in taken]
    chosen = best_seats(seats, busy=busy)
    assert not any(_overlap(one, other) for one, other in combinations(chosen, 2))
    assert not any(_overlap(one, other) for one in chosen for other in taken)
    best = max(
        sum(seat.net for seat in some)
        for size in range(len(seats) + 1)
        for some in combinations(seats, size)
        if not any(_overlap(one, other) for one, other in combinations(some, 2))
        and not any(_overlap(one, other) for one in some for other in taken)
    )
    assert sum(seat.net for seat in chosen) == best


def test_a_seat_may_begin_as_another_session_ends() -> None:
    first, second = a_seat(0, 9, 60), a_seat(0, 10, 60)
    assert best_seats([second, first]) == (first, second)
    assert best_seats([second], busy=[(first.starts_at, first.ends_at)]) == (second,)


def test_of_equal_choices_the_fewest_sessions_win() -> None:
    whole, halves = a_seat(0, 9, 120), [a_seat(0, 9, 60), a_seat(0, 10, 60)]
    assert best_seats([*halves, whole]) == (whole,)
