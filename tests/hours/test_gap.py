"""The largest gap as a rule: a table of weeks, and the same found a second way."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hours.checking.gap import largest_gap

EXAMPLES = int(os.environ.get("IOP_TEST_EXAMPLES", "200"))
MONDAY = date(2026, 11, 23)


def day(number: int) -> date:
    """The number-th day from the week's Monday; negative ones lie before it."""
    return MONDAY + timedelta(days=number)


def gap(*attended: int, admitted: int = -30, discharged=None, today: int = 7, away=()) -> int:
    return largest_gap(
        first_on=MONDAY,
        last_on=day(6),
        admitted_on=day(admitted),
        discharged_on=None if discharged is None else day(discharged),
        today=day(today),
        attended={day(number) for number in attended},
        away={day(number) for number in away},
    )


CASES = {
    "there every other day": (gap(-1, 1, 3, 5), 1),
    "a run from last week reaches in": (gap(-4, 2), 5),
    "a run that ended on Sunday does not": (gap(-9, 0, 1, 2, 3, 4, 5, 6), 0),
    "came on Monday after a long run": (gap(-9, 0, 2, 4, 6), 1),
    "the days to the end of the week": (gap(-1, 0, 1), 5),
    "today is not over": (gap(-1, 0, today=3), 2),
    "before the week's first day is over": (gap(-5, today=0), 0),
    "never there since admission": (gap(admitted=1), 6),
    "not counted after the last day": (gap(0, discharged=3), 3),
    "leave is not counted": (gap(0, away=(1, 2, 3)), 3),
    "leave does not end a run": (gap(-3, 3, 4, 5, 6, away=(0, 1)), 3),
    "all week on leave": (gap(-3, away=range(7)), 0),
}


@pytest.mark.parametrize(("found", "expected"), CASES.values(), ids=CASES.keys())
def test_the_table(found, expected):
    assert found == expected


def found_otherwise(attended, admitted, discharged, today, away) -> int:
    """Try every stretch of days for one without attendance that ends in the week; none is walked.

    A stretch's length is its counted days; it has to hold a counted day of the week.
    """
    counted = [
        number
        for number in range(admitted, 7)
        if number not in away and number < today and (discharged is None or number <= discharged)
    ]
    largest = 0
    for first in counted:
        for last in (number for number in counted if number >= max(first, 0)):
            if not any(first <= number <= last for number in attended):
                largest = max(largest, sum(first <= number <= last for number in counted))
    return largest


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    attended=st.sets(st.integers(-12, 6), max_size=8),
    admitted=st.integers(-12, 6),
    stay=st.none() | st.integers(0, 18),
    today=st.integers(-1, 9),
    away=st.sets(st.integers(-12, 6), max_size=6),
)
@example(attended={-1}, admitted=-12, stay=None, today=7, away=set())
@example(attended={-12}, admitted=-12, stay=18, today=9, away={-1, 0})
@example(attended=set(), admitted=6, stay=0, today=7, away=set())
@example(attended=set(), admitted=0, stay=None, today=0, away=set())
def test_agrees_with_every_stretch_tried(attended, admitted, stay, today, away):
    discharged = None if stay is None else admitted + stay
    there = {
        each for each in attended if admitted <= each and (stay is None or each <= admitted + stay)
    }
    last_before = max((each for each in there if each < 0), default=None)
    given_to_it = {each for each in there if each >= 0 or each == last_before}
    found = gap(*given_to_it, admitted=admitted, discharged=discharged, today=today, away=away)
    assert found == found_otherwise(there, admitted, discharged, today, away)
