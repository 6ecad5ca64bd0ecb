"""When a weekly slot meets: both ends of its dates, the wall clock, the hour that is skipped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from groups.bookings import Bookings
from groups.meeting_dates import dates_of, first_date_of, meeting_on, meetings_of, meets_on
from groups.models.group import MOST_WEEKS_APART

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
    every_weeks: int = 1


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


def stepped(slot: Slot, until: date) -> list[date]:
    """Return the slot's dates by walking the calendar and counting its weekdays."""
    last = slot.last_on or until
    days = (slot.first_on + timedelta(days=n) for n in range((last - slot.first_on).days + 1))
    weekdays = [day for day in days if day.weekday() == slot.weekday]
    return [day for number, day in enumerate(weekdays) if number % slot.every_weeks == 0]


SLOTS = st.builds(
    Slot,
    weekday=st.integers(0, 6),
    first_on=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    every_weeks=st.integers(1, MOST_WEEKS_APART),
)


@given(slot=SLOTS, days=st.integers(0, 400), is_open=st.booleans())
@example(slot=Slot(every_weeks=2), days=14, is_open=False)
@example(slot=Slot(weekday=6, first_on=MONDAY, every_weeks=12), days=90, is_open=True)
def test_every_so_many_weeks(slot: Slot, days: int, is_open: bool):
    until = slot.first_on + timedelta(days=days)
    slot = replace(slot, last_on=None if is_open else until)
    expected = stepped(slot, until)
    assert list(dates_of(slot, until=until)) == expected
    around = range(-15, days + 15)
    met = [day for n in around if meets_on(slot, day := slot.first_on + timedelta(days=n))]
    assert [day for day in met if day <= until] == expected
    assert is_open or met == expected


@pytest.mark.parametrize(
    ("day", "meets"),
    [
        ("2026-10-19", False),  # two weeks before the first day
        ("2026-11-02", True),
        ("2026-11-03", False),
        ("2026-11-09", False),
        ("2026-11-16", True),
        ("2026-11-30", True),
        ("2026-12-14", False),  # past the last day
    ],
)
def test_a_slot_of_every_second_week_counts_from_its_first_date(day: str, meets: bool):
    slot = Slot(first_on=date(2026, 10, 27), last_on=date(2026, 12, 13), every_weeks=2)
    assert first_date_of(slot) == MONDAY
    assert meets_on(slot, date.fromisoformat(day)) is meets


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
