"""The small rules of enrolling: free seats, the next chart number, dates in boxes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django import forms

from groups.enrolling.date_boxes import DateBoxesField
from groups.enrolling.seats import Place, free_again_on, free_seats
from programs.referring.chart_numbers import next_chart_number
from tests.build import MONDAY

LAST = MONDAY + timedelta(weeks=10)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("places", "free"),
    [
        ([], 2),
        ([Place(day(-9), None)], 1),
        ([Place(day(-9), day(-1))], 2),
        ([Place(day(-9), day(0))], 1),
        ([Place(day(5), None)], 1),
        ([Place(day(-9), day(4)), Place(day(5), None)], 1),
        ([Place(day(-9), day(5)), Place(day(5), None)], 0),
        ([Place(day(71), None)], 2),
        ([Place(day(0), None)] * 3, 0),
    ],
)
def test_free_seats_are_free_all_the_way(places: list[Place], free: int) -> None:
    assert free_seats(2, places, first_on=MONDAY, last_on=LAST) == free


def test_a_full_group_is_free_again_when_somebody_leaves_and_nobody_follows() -> None:
    leaves = Place(day(-9), day(6))
    assert free_again_on(1, [leaves], first_on=MONDAY, last_on=LAST) == day(7)
    follows = Place(day(7), None)
    assert free_again_on(1, [leaves, follows], first_on=MONDAY, last_on=LAST) is None
    late = Place(day(-9), LAST)
    assert free_again_on(1, [late], first_on=MONDAY, last_on=LAST) is None


@pytest.mark.parametrize(
    ("newest", "taken", "suggested"),
    [
        ("C-0009", (), "C-0010"),
        ("C-0009", ("C-0010", "C-0011"), "C-0012"),
        ("PL1034", (), "PL1035"),
        ("999", (), "1000"),
        ("anna", (), ""),
        ("", (), "1001"),
    ],
)
def test_the_next_chart_number(newest: str, taken: tuple[str, ...], suggested: str) -> None:
    assert next_chart_number(newest, taken.__contains__) == suggested


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        (["", "", ""], "This field is required."),
        (["11", "", "2026"], "Fill in month, day and year"),
        (["2", "30", "2026"], "Enter a real date"),
        (["x", "1", "2026"], "Enter a real date"),
        (["1", "1", "99999"], "Enter a real date"),
    ],
)
def test_a_date_in_boxes_is_a_real_date_or_words(boxes: list[str], words: str) -> None:
    with pytest.raises(forms.ValidationError, match=words):
        DateBoxesField().clean(boxes)


def test_a_date_in_boxes_is_month_day_year() -> None:
    assert DateBoxesField().clean(["11", "23", "2026"]) == MONDAY
    assert DateBoxesField(required=False).clean(["", "", ""]) is None
