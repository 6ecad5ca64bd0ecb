"""The board's short sentence: what to do, by when, and with which seat."""

from __future__ import annotations

import pytest

from hours.facts import PersonWeek
from hours.weekly_hours import weekly_hours_of
from hours.what_it_means import what_it_means
from tests.hours.facts import (
    NEXT_MONDAY,
    a_line,
    a_person,
    a_program_week,
    a_seat,
    attended,
    missed,
)


def said(person: PersonWeek, **facts: object) -> str:
    week = a_program_week(person, **facts)  # type: ignore[arg-type]
    return what_it_means(weekly_hours_of(person, week), week).replace("\N{NO-BREAK SPACE}", " ")


def test_one_seat_that_closes_the_gap_is_named_alone() -> None:
    seats = (a_seat(3, 9, 60), a_seat(4, 9, 180, free=1), a_seat(5, 9, 200))
    person = a_person(attended(0), attended(1), missed(2), seats=seats)
    assert said(person) == "Needs 3 h by Fri; Fri Skills 9:00 AM has 1 seat."


def test_two_seats_are_named_and_more_are_summed_up() -> None:
    two = (a_seat(3, 9, 90), a_seat(4, 9, 90), a_seat(5, 9, 30))
    person = a_person(attended(0), attended(1), missed(2), seats=two)
    assert said(person) == (
        "Needs 3 h by Fri; Thu Skills 9:00 AM has 2 seats and Fri Skills 9:00 AM has 2 seats."
    )
    three = tuple(a_seat(day, 9, 70) for day in (3, 4, 5))
    person = a_person(attended(0), attended(1), missed(2), seats=three)
    assert said(person) == "Needs 3 h by Sat; 3 open seats add up to 3 h 30 min."


@pytest.mark.parametrize(
    ("person", "facts", "words"),
    [
        (
            a_person(attended(0), missed(1), seats=(a_seat(4, 9, 60),)),
            {},
            "5 h out of reach with every open seat. Review the plan of care.",
        ),
        (
            a_person(attended(0), missed(1)),
            {},
            "6 h out of reach, and no open seat fits. Review the plan of care.",
        ),
        (
            a_person(attended(0), attended(1), missed(2)),
            {"as_of": NEXT_MONDAY},
            "The week ended 3 h short; 1 session was missed.",
        ),
        (
            a_person(attended(0), attended(1), a_line(3)),
            {},
            "0 h to spare. Missing Thu Core 9:00 AM loses the week.",
        ),
        (
            a_person(attended(0), a_line(1), a_line(3)),
            {},
            "0 h to spare once Tue Core 9:00 AM is recorded.",
        ),
        (a_person(attended(0, 600)), {}, "Enough hours, but only 1 of 3 days can qualify."),
        (a_person(attended(0), attended(1), attended(2)), {}, ""),
    ],
)
def test_sentence(person: PersonWeek, facts: dict, words: str) -> None:
    assert said(person, **facts) == words
