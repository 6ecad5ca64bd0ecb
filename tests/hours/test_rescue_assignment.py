"""The assignment of free seats: never beaten by trying everything, and the same each time."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from hypothesis import example, given, settings

from hours.make_up import Seat
from hours.rescue.assignment import Assignment, Needing, assign, seats_taken
from tests.hours.facts import a_seat
from tests.hours.rescue import minutes, overlap, ways, weeks

Choice = tuple[tuple[Seat, ...], ...]


def every_choice(people: Sequence[Needing]) -> Iterator[Choice]:
    """Yield every way to bring some of the people there, within the seats that are free."""
    options = [
        [(), *(way for way in ways(each.seats, each.busy) if minutes(way) >= each.short)]
        for each in people
    ]
    for choice in product(*options):
        taken = Counter(seat for seats in choice for seat in seats)
        if all(count <= seat.free for seat, count in taken.items()):
            yield choice


def worth(people: Sequence[Needing], choice: Choice) -> tuple[int, int, int]:
    """Return people brought there, seats and minutes over: the last two as what is saved."""
    reached = sum(map(bool, choice))
    over = sum(
        minutes(seats) - each.short for each, seats in zip(people, choice, strict=True) if seats
    )
    return (reached, -sum(map(len, choice)), -over)


def chosen(people: Sequence[Needing], found: Assignment) -> Choice:
    return tuple(found.taken.get(each.key, ()) for each in people)


def needing(who: int, short: int, *seats: Seat) -> Needing:
    return Needing(uuid.UUID(int=who), short, seats)


@settings(max_examples=60)
@example([])
@given(weeks())
def test_never_beaten_by_exhaustive_search(people):
    found = assign(people)
    assert worth(people, chosen(people, found)) == max(
        worth(people, choice) for choice in every_choice(people)
    )
    assert found.is_most
    assert found.is_fewest


@settings(max_examples=40)
@given(weeks())
def test_what_it_gives_can_be_taken(people):
    found = assign(people)
    for each in people:
        seats = found.taken.get(each.key, ())
        assert set(seats) <= set(each.seats)
        assert not seats or minutes(seats) >= each.short
        spans = [(seat.starts_at, seat.ends_at) for seat in seats]
        assert not any(overlap(span, taken) for span in spans for taken in each.busy)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
    free = {seat.session_id: seat.free for each in people for seat in each.seats}
    assert all(count <= free[key] for key, count in seats_taken(found).items())


@settings(max_examples=20)
@given(weeks())
def test_asked_again_it_answers_the_same(people):
    assert assign(people) == assign(people)


def test_taking_them_one_after_the_other_would_bring_fewer():
    long, short = a_seat(3, 9, 180, free=1), a_seat(4, 9, 90, free=1)
    # The first in line could take either; the second only reaches it with the long one.
    people = [needing(1, 90, long, short), needing(2, 150, long)]
    assert assign(people).taken == {people[0].key: (short,), people[1].key: (long,)}


def test_two_people_with_one_seat_each_rather_than_one_with_two():
    seats = (a_seat(3, 9, 90, free=1), a_seat(4, 9, 90, free=1))
    people = [needing(1, 180, *seats), needing(2, 60, *seats), needing(3, 90, *seats)]
    assert set(assign(people).taken) == {people[1].key, people[2].key}


def test_nobody_gets_a_seat_that_does_not_bring_them_there():
    assert assign([needing(1, 180, a_seat(3, 9, 90))]).taken == {}
