"""Weeks, midnights and clock changes, each worked out a second way: by walking through time.

The code goes from the wall to UTC; the oracles here go from UTC to the wall.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from programs.weeks import Week, instant, local_date, week_containing, whole_minute

CHICAGO = ZoneInfo("America/Chicago")
# Half an hour's change; midnight itself skipped; no change at all; far east; a quarter of an hour.
ZONES = [
    ZoneInfo(name)
    for name in (
        "America/Chicago",
        "America/New_York",
        "America/Phoenix",
        "America/Havana",
        "Australia/Lord_Howe",
        "Pacific/Auckland",
        "Asia/Kathmandu",
        "UTC",
    )
]
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)  # the clocks change in the USA
MINUTE = timedelta(minutes=1)

days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
zones = st.sampled_from(ZONES)
weekdays = st.integers(0, 6)
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0, fold=0))
moments = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001 (the zone comes with the next argument)
    datetime(2028, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def first_reached(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Walk through UTC until the wall shows this date and time; where it never does, through
    the minutes that the wall would have shown had the clocks not been put forward."""
    aim = datetime.combine(day, clock)
    start = (aim - timedelta(hours=15)).replace(tzinfo=UTC)
    walk = [start + step * MINUTE for step in range(30 * 60)]
    walls = [moment.astimezone(zone).replace(tzinfo=None) for moment in walk]
    if aim in walls:
        return walk[walls.index(aim)]
    jump = next(step for step, wall in enumerate(walls) if wall > aim)
    return walk[jump] + (aim - walls[jump - 1] - MINUTE)


@given(days, clocks, zones)
@settings(max_examples=60)
@example(SPRING, time(1, 59), CHICAGO)
@example(SPRING, time(2), CHICAGO)
@example(SPRING, time(2, 59), CHICAGO)
@example(SPRING, time(3), CHICAGO)
@example(AUTUMN, time(0, 59), CHICAGO)
@example(AUTUMN, time(1), CHICAGO)
@example(AUTUMN, time(1, 59), CHICAGO)
@example(AUTUMN, time(2), CHICAGO)
@example(SPRING, time(0), ZoneInfo("America/Havana"))
@example(date(2026, 10, 4), time(2, 15), ZoneInfo("Australia/Lord_Howe"))
def test_an_instant_is_the_first_time_the_wall_shows_it(day: date, clock: time, zone: ZoneInfo):
    found = instant(day, clock, zone)
    assert found == first_reached(day, clock, zone)
    assert found.tzinfo is UTC


def test_skipped_and_repeated_times_in_plain_numbers():
    assert instant(SPRING, time(2, 30), CHICAGO) == datetime(2026, 3, 8, 8, 30, tzinfo=UTC)
    assert instant(SPRING, time(3, 30), CHICAGO) == datetime(2026, 3, 8, 8, 30, tzinfo=UTC)
    assert instant(AUTUMN, time(1, 30), CHICAGO) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert instant(AUTUMN, time(2, 0), CHICAGO) == datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


def walked_back(day: date, starts_on: int) -> date:
    while day.weekday() != starts_on:
        day -= timedelta(days=1)
    return day


@given(days, weekdays, zones)
@example(date(2026, 11, 23), 0, CHICAGO)
@example(date(2026, 11, 29), 0, CHICAGO)
@example(date(2026, 11, 22), 6, CHICAGO)
@example(date(2026, 11, 21), 6, CHICAGO)
def test_a_week_holds_its_day_and_begins_on_its_weekday(day: date, starts_on: int, zone: ZoneInfo):
    week = week_containing(day, starts_on=starts_on, zone=zone)
    assert week.first_on == walked_back(day, starts_on)
    assert day in week.dates
    assert len(set(week.dates)) == 7
    assert (week.dates[0], week.dates[-1]) == (week.first_on, week.last_on)
    assert {week_containing(each, starts_on=starts_on, zone=zone) for each in week.dates} == {week}


@pytest.mark.parametrize("starts_on", range(7))
def test_weeks_tile_the_calendar_whichever_day_they_start_on(starts_on: int):
    week = week_containing(AUTUMN, starts_on=starts_on, zone=CHICAGO)
    after, before = week.moved(1), week.moved(-1)
    assert after.first_on == week.last_on + timedelta(days=1)
    assert after.starts_at == week.ends_at
    assert before.ends_at == week.starts_at
    assert before.moved(1) == after.moved(-1) == week
    assert week.moved(0) == week


@given(days, weekdays, zones, moments)
def test_a_week_holds_the_moments_of_its_dates(
    day: date, starts_on: int, zone: ZoneInfo, moment: datetime
):
    week = week_containing(day, starts_on=starts_on, zone=zone)
    inside = week.starts_at <= moment < week.ends_at
    assert inside == (moment.astimezone(zone).date() in week.dates)
    assert week.is_over(moment) == (moment.astimezone(zone).date() > week.last_on)


@given(days, weekdays, zones)
@example(SPRING, 0, CHICAGO)
@example(AUTUMN, 6, CHICAGO)
@example(SPRING, 6, ZoneInfo("America/Havana"))
def test_the_ends_of_a_week_are_pinned(day: date, starts_on: int, zone: ZoneInfo):
    week = week_containing(day, starts_on=starts_on, zone=zone)
    assert local_date(week.starts_at, zone) == week.first_on
    assert local_date(week.starts_at - MINUTE, zone) == week.first_on - timedelta(days=1)
    assert local_date(week.ends_at - MINUTE, zone) == week.last_on
    assert local_date(week.ends_at, zone) == week.last_on + timedelta(days=1)
    assert week.is_over(week.ends_at)
    assert not week.is_over(week.ends_at - MINUTE)


@pytest.mark.parametrize(
    ("day", "hours"), [(SPRING, 167), (date(2026, 6, 1), 168), (AUTUMN, 169)], ids=str
)
@pytest.mark.parametrize("starts_on", range(7))
def test_the_week_of_a_clock_change_is_an_hour_off(day: date, hours: int, starts_on: int):
    week = week_containing(day, starts_on=starts_on, zone=CHICAGO)
    assert week.ends_at - week.starts_at == timedelta(hours=hours)


@given(moments)
@example(datetime(2026, 11, 23, 15, 0, tzinfo=UTC))
@example(datetime(2026, 11, 23, 15, 0, 59, 999_999, tzinfo=UTC))
def test_a_tap_means_the_minute_it_falls_in(moment: datetime):
    minute = whole_minute(moment)
    assert minute <= moment < minute + MINUTE
    assert minute.timestamp() % 60 == 0


def test_a_program_counts_its_own_week():
    assert Week(date(2026, 11, 18), CHICAGO) == week_containing(
        date(2026, 11, 24), starts_on=2, zone=CHICAGO
    )
