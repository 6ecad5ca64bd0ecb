"""Where a session stands on the wall clock, on plain days and when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from groups.calendar.grid import Hours, hours_shown, quarters, wall_minute
from groups.wording import dates, place_name, times
from tests import build

SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("09:00", "10:30", (36, 42)),
        ("09:10", "10:20", (36, 42)),
        ("00:00", "00:15", (0, 1)),
        ("23:30", "23:59", (94, 96)),
        ("14:15", "14:16", (57, 58)),
    ],
)
def test_quarters_are_rounded_outward(starts, ends, expected):
    moments = (build.moment(build.MONDAY, starts), build.moment(build.MONDAY, ends))
    assert quarters(*moments, build.MONDAY, build.CHICAGO) == expected


def test_midnight_is_the_end_of_the_day():
    ends = build.moment("2026-11-24", "00:00")
    assert wall_minute(ends, build.MONDAY, build.CHICAGO) == 1440
    starts = build.moment(build.MONDAY, "22:00")
    assert quarters(starts, ends, build.MONDAY, build.CHICAGO) == (88, 96)


def test_the_hour_that_is_skipped_shows_on_the_wall():
    """From 1:30 to 3:30 is one hour of treatment, and two on the clock."""
    starts = datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    ends = datetime(2026, 3, 8, 8, 30, tzinfo=UTC)
    assert quarters(starts, ends, SPRING, build.CHICAGO) == (6, 14)
    assert times(starts, ends, build.CHICAGO) == "1:30 AM to 3:30 AM"


def test_a_session_through_the_hour_that_comes_twice_keeps_a_quarter():
    starts = datetime(2026, 11, 1, 6, 45, tzinfo=UTC)  # 1:45, before the clocks go back
    ends = datetime(2026, 11, 1, 7, 15, tzinfo=UTC)  # 1:15, after
    assert quarters(starts, ends, AUTUMN, build.CHICAGO) == (7, 8)


def test_the_hours_shown_leave_a_little_air():
    assert hours_shown([(36, 42), (60, 66)]) == Hours(8, 17)
    assert hours_shown([(0, 4), (90, 96)]) == Hours(0, 24)
    assert hours_shown([]) == Hours(8, 18)


def test_rows_count_from_the_first_hour():
    hours = Hours(8, 17)
    assert (hours.row(32), hours.row(36)) == (1, 5)
    assert [hours.holds(quarter) for quarter in (31, 32, 67, 68)] == [False, True, True, False]


def test_words():
    assert dates([date(2026, 11, 23), date(2026, 11, 29)]) == "November 23 to 29"
    assert dates([date(2026, 11, 30), date(2026, 12, 6)]) == "November 30 to December 6"
    assert place_name(build.CHICAGO) == "Chicago"
