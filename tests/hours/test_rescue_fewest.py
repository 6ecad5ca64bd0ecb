"""The fewest seats that close a gap, held to every set of seats there is."""

from __future__ import annotations

from hypothesis import given

from hours.rescue.fewest import fewest_seats
from tests.hours.facts import a_seat
from tests.hours.rescue import BUSY, SEATS, SHORT, minutes, ways


@given(seats=SEATS, busy=BUSY, short=SHORT)
def test_never_beaten_by_exhaustive_search(seats, busy, short):
    found = fewest_seats(seats, short=short, busy=busy)
    every = list(ways(seats, busy))
    enough = [chosen for chosen in every if minutes(chosen) >= short]
    assert found.reaches is bool(enough)
    assert set(found.seats) in [set(chosen) for chosen in every]
    if enough:
        best = min(
            enough,
            key=lambda chosen: (len(chosen), minutes(chosen), [seat.starts_at for seat in chosen]),
        )
        assert len(found.seats) == len(best)
        assert found.minutes == minutes(best)
        assert [seat.starts_at for seat in found.seats] == [seat.starts_at for seat in best]
    else:
        assert found.minutes == max(map(minutes, every))


def test_one_seat_rather_than_two_with_less_over():
    long, one, other = a_seat(4, 13, 180), a_seat(3, 9, 60), a_seat(3, 10, 60)
    assert fewest_seats([one, other, long], short=120).seats == (long,)


def test_of_two_that_do_the_one_with_less_over():
    assert fewest_seats([a_seat(3, 9, 180), two := a_seat(4, 9, 120)], short=90).seats == (two,)


def test_of_two_alike_the_earlier():
    assert fewest_seats([a_seat(4, 9, 120), first := a_seat(3, 9, 120)], short=90).seats == (first,)


def test_of_sets_alike_those_that_all_begin_earlier():
    short, long = a_seat(3, 9, 30), a_seat(3, 9, 180)
    early, late = a_seat(4, 9, 30), a_seat(4, 10, 180)
    assert fewest_seats([short, long, early, late], short=210).seats == (long, early)


def test_the_end_of_one_may_be_the_start_of_the_next():
    seats = (a_seat(3, 9, 60), a_seat(3, 10, 60))
    found = fewest_seats(seats, short=120)
    assert (found.seats, found.minutes, found.reaches) == (seats, 120, True)


def test_where_nothing_reaches_it_the_best_there_is():
    seats = (a_seat(3, 9, 60), a_seat(4, 9, 60))
    found = fewest_seats(seats, short=180)
    assert (found.seats, found.minutes, found.reaches) == (seats, 120, False)


def test_whoever_is_not_short_needs_nothing():
    found = fewest_seats([a_seat(3, 9, 60)], short=0)
    assert (found.seats, found.reaches) == ((), True)
