"""How an authorization burns down: units date by date, and the date of the last one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hours.fuel.burning import BurnDay, Burned, burned, units_of, weeks_over

MONDAY = date(2026, 11, 23)


def a_day(number: int, credited: int = 0, unrecorded: int = 0, expected: int = 0) -> BurnDay:
    return BurnDay(MONDAY + timedelta(days=number), 180, credited, unrecorded, expected)


@pytest.mark.parametrize(
    ("unit", "minutes", "units"),
    [
        ("day", 179, 0),
        ("day", 180, 1),
        ("day", 720, 1),
        ("hour", 59, 0),
        ("hour", 119, 1),
        ("hour", 120, 2),
        ("quarter_hour", 14, 0),
        ("quarter_hour", 29, 1),
        ("quarter_hour", 180, 12),
    ],
)
def test_units_are_whole_and_never_rounded_up(unit: str, minutes: int, units: int) -> None:
    assert units_of(minutes, unit=unit, least=180) == units


def test_a_date_without_a_minute_is_no_day() -> None:
    assert units_of(0, unit="day", least=0) == 0
    assert units_of(1, unit="day", least=0) == 1


def test_minutes_of_one_date_do_not_add_to_another() -> None:
    days = [a_day(0, credited=50), a_day(1, credited=50), a_day(2, credited=80)]
    assert burned(days, unit="hour", approved=2) == Burned(1, 0, 0, None)


def test_what_waits_and_what_is_scheduled_are_told_apart() -> None:
    days = [a_day(0, credited=180), a_day(1, unrecorded=180), a_day(2, credited=90, expected=90)]
    assert burned(days, unit="day", approved=3) == Burned(1, 1, 1, MONDAY + timedelta(days=2))


def test_units_that_outlast_the_dates_run_out_on_no_date() -> None:
    assert burned([a_day(0, credited=180)], unit="day", approved=2).runs_out_on is None


def test_weeks_with_more_days_than_the_payer_allows() -> None:
    days = [a_day(number, expected=180) for number in (-7, -6, 0, 1, 2, 7, 8)]
    over = weeks_over(
        days,
        unit="day",
        most=1,
        week_on=lambda day: day - timedelta(days=day.weekday()),
        since=MONDAY + timedelta(days=1),
    )
    # The week before is over and done with.
    assert over == (MONDAY, MONDAY + timedelta(days=7))


MINUTES = st.integers(0, 400)
DAYS = st.lists(
    st.builds(a_day, st.integers(0, 60), MINUTES, MINUTES, MINUTES), unique_by=lambda day: day.on
)


@given(
    days=DAYS, unit=st.sampled_from(["day", "hour", "quarter_hour"]), approved=st.integers(1, 40)
)
@example(days=[], unit="day", approved=1)
@example(days=[a_day(0, credited=180)], unit="day", approved=1)
def test_it_equals_units_taken_one_by_one(days: list[BurnDay], unit: str, approved: int) -> None:
    """Each unit is a row of its own: the date it falls on, and what it is made of."""
    step = {"hour": 60, "quarter_hour": 15}.get(unit)
    rows = []
    for day in days:
        ends = [180] if step is None else range(step, 1_300, step)
        for end in ends:
            if end <= day.credited:
                rows.append((day.on, "used"))
            elif end <= day.credited + day.unrecorded:
                rows.append((day.on, "waiting"))
            elif end <= day.credited + day.unrecorded + day.expected:
                rows.append((day.on, "scheduled"))
    rows.sort()
    kinds = [kind for _on, kind in rows]
    assert burned(days, unit=unit, approved=approved) == Burned(
        kinds.count("used"),
        kinds.count("waiting"),
        kinds.count("scheduled"),
        rows[approved - 1][0] if len(rows) >= approved else None,
    )
