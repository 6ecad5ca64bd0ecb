"""When a weekly slot meets: both ends of its dates, the wall clock, the hour that is skipped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from groups.bookings import Bookings
from groups.meeting_dates import dates_of, meeting_on, meetings_of

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 2)


@dataclass(frozen=True)
class Slot:
    weekday: int = 0
    starts: time = time(9)
    ends: time = time(12)
    breaks: tuple[tuple[time, time], ...] = ()
    first_on: date = MONDAY
    last_on: date | None = None


@pytest.mark.parametrize(
    ("first_on", "last_on", "until", "expected"),
    [
        (MONDAY, None, MONDAY, [MONDAY]),
        (MONDAY - timedelta(days=6), None, MONDAY, [MONDAY]),
        (MONDAY + timedelta(days=1), None, MONDAY + timedelta(days=6), []),
        (MONDAY, MONDAY + timedelta(days=7), MONDAY, [MONDAY, MONDAY + timedelta(days=7)]),
        (MONDAY, MONDAY, MONDAY + timedelta(days=70), [MONDAY]),
    ],
)
def test_both_ends_are_included(
    first_on: date, last_on: date | None, until: date, expected: list[date]
):
    assert list(dates_of(Slot(first_on=first_on, last_on=last_on), until=until)) == expected


@given(
    first_on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    weekday=st.integers(0, 6),
    days=st.integers(0, 60),
)
@example(first_on=MONDAY, weekday=0, days=0)
def test_every_such_weekday_and_no_other_date(first_on: date, weekday: int, days: int):
    until = first_on + timedelta(days=days)
    every = [first_on + timedelta(days=day) for day in range(days + 1)]
    found = dates_of(Slot(weekday=weekday, first_on=first_on), until=until)
    assert list(found) == [day for day in every if day.weekday() == weekday]


def test_breaks_are_kept_as_the_database_keeps_them():
    breaks = ((time(11), time(11, 10)), (time(10), time(10, 15)), (time(10, 15), time(10, 20)))
    meeting = meeting_on(Slot(breaks=breaks), MONDAY, NEW_YORK)
    local = [tuple(each.astimezone(NEW_YORK).time() for each in span) for span in meeting.breaks]
    assert local == [(time(10), time(10, 20)), (time(11), time(11, 10))]


def test_a_slot_in_the_skipped_hour_does_not_meet_that_night():
    night = Slot(weekday=6, starts=time(2, 30), ends=time(3), first_on=date(2027, 3, 7))
    held = [each.held_on for each in meetings_of(night, NEW_YORK, until=date(2027, 3, 21))]
    assert held == [date(2027, 3, 7), date(2027, 3, 21)]


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 40), st.integers(1, 10)), max_size=30)
)
@example([("a", 0, 5), ("a", 5, 5), ("a", 4, 1)])
def test_nothing_is_taken_twice(wanted: list[tuple[str, int, int]]):
    start = datetime(2026, 11, 2, tzinfo=NEW_YORK)
    bookings = Bookings()
    minutes: set[tuple[str, int]] = set()
    for thing, first, length in wanted:
        mine = {(thing, minute) for minute in range(first, first + length)}
        times = (start + timedelta(minutes=first), start + timedelta(minutes=first + length))
        assert bookings.take(thing, *times) == minutes.isdisjoint(mine)
        if minutes.isdisjoint(mine):
            minutes |= mine
