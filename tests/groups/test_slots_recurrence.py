"""A slot's rule of recurrence, expanded by a parser of others, gives exactly its meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given
from hypothesis import strategies as st

from groups.meeting_dates import dates_of, meetings_of
from groups.recurrence import first_start, left_out, recurrence_lines, rrule_of

CHICAGO, NEW_YORK = ZoneInfo("America/Chicago"), ZoneInfo("America/New_York")
ZONES = [
    CHICAGO,
    NEW_YORK,
    ZoneInfo("America/Phoenix"),
    ZoneInfo("America/St_Johns"),
    ZoneInfo("Pacific/Honolulu"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Europe/Dublin"),
    ZoneInfo("UTC"),
]
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)


@dataclass(frozen=True)
class Slot:
    weekday: int = 0
    starts: time = time(9)
    ends: time = time(12)
    breaks: tuple[tuple[time, time], ...] = ()
    first_on: date = date(2026, 11, 2)
    last_on: date | None = None
    every_weeks: int = 1


def expanded(slot: Slot, zone: ZoneInfo, until: date) -> list[datetime]:
    """Return what the rule gives, as instants, to the end of `until`."""
    first = first_start(slot, zone)
    if first is None:
        return []
    end = datetime.combine(until, time.max, tzinfo=zone)
    given_starts = rrulestr(rrule_of(slot, zone), dtstart=first).between(first, end, inc=True)
    without = left_out(slot, zone, until=until)
    return [each.astimezone(UTC) for each in given_starts if each not in without]


def met(slot: Slot, zone: ZoneInfo, until: date) -> list[datetime]:
    return [each.starts_at for each in meetings_of(slot, zone, until=until)]


clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    starts = draw(clocks.filter(lambda clock: clock < time(23, 59)))
    first_on = draw(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
    days = draw(st.none() | st.integers(0, 400))
    return Slot(
        weekday=draw(st.integers(0, 6)),
        starts=starts,
        ends=draw(clocks.filter(lambda clock: clock > starts)),
        first_on=first_on,
        last_on=None if days is None else first_on + timedelta(days=days),
        every_weeks=draw(st.integers(1, 12)),
    )


NIGHT = Slot(weekday=6, starts=time(2, 30), ends=time(3), first_on=date(2026, 3, 1))


@given(slot=slots(), zone=st.sampled_from(ZONES))
@example(slot=NIGHT, zone=CHICAGO)
@example(slot=Slot(6, time(2, 30), time(4), first_on=SPRING), zone=NEW_YORK)
@example(slot=Slot(6, time(2, 30), time(3), first_on=SPRING), zone=NEW_YORK)
@example(slot=Slot(6, time(1, 30), time(3), first_on=AUTUMN, last_on=AUTUMN), zone=CHICAGO)
@example(slot=Slot(6, time(2, 30), time(4), first_on=SPRING, last_on=SPRING), zone=CHICAGO)
@example(slot=Slot(first_on=date(2026, 11, 3), last_on=date(2026, 11, 8)), zone=CHICAGO)
@example(slot=Slot(last_on=date(2026, 11, 16), every_weeks=2), zone=CHICAGO)
def test_the_rule_expands_to_exactly_the_meetings(slot: Slot, zone: ZoneInfo):
    until = slot.last_on or slot.first_on + timedelta(weeks=60)
    assert expanded(slot, zone, until) == met(slot, zone, until)


@given(slot=slots(), zone=st.sampled_from(ZONES))
def test_only_a_skipped_hour_is_left_out(slot: Slot, zone: ZoneInfo):
    until = slot.last_on or slot.first_on + timedelta(weeks=60)
    skipped = {each.date() for each in left_out(slot, zone, until=until)}
    held = {each.held_on for each in meetings_of(slot, zone, until=until)}
    first = min(held, default=date.max)
    assert skipped == {day for day in dates_of(slot, until=until) if day > first} - held


@pytest.mark.parametrize("change", [SPRING, AUTUMN])
@pytest.mark.parametrize("zone", [CHICAGO, NEW_YORK])
def test_half_past_five_stays_half_past_five(change: date, zone: ZoneInfo):
    first_on = change - timedelta(days=6)
    slot = Slot(starts=time(17, 30), ends=time(20, 30), first_on=first_on)
    found = expanded(slot, zone, first_on + timedelta(weeks=2))
    assert [each.astimezone(zone).time() for each in found] == [time(17, 30)] * 3
    assert found[1] - found[0] != timedelta(weeks=1)


@pytest.mark.parametrize(
    ("slot", "zone", "expected"),
    [
        (Slot(), CHICAGO, "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO"),
        (
            Slot(weekday=4, every_weeks=2, last_on=date(2026, 12, 25)),
            CHICAGO,
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;UNTIL=20261225T150000Z",
        ),
        (
            Slot(last_on=date(2027, 6, 1)),
            NEW_YORK,
            "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;UNTIL=20270601T130000Z",
        ),
    ],
)
def test_the_rule_as_it_is_written(slot: Slot, zone: ZoneInfo, expected: str):
    assert rrule_of(slot, zone) == expected


def test_the_lines_of_a_night_that_is_skipped():
    assert recurrence_lines(NIGHT, CHICAGO, until=date(2026, 12, 31)) == (
        "DTSTART;TZID=America/Chicago:20260301T023000",
        "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=SU",
        "EXDATE;TZID=America/Chicago:20260308T023000",
    )


def test_a_slot_that_never_meets_has_no_lines():
    never = Slot(first_on=date(2026, 11, 3), last_on=date(2026, 11, 8))
    assert first_start(never, CHICAGO) is None
    assert left_out(never, CHICAGO, until=date(2026, 12, 31)) == []
    assert recurrence_lines(never, CHICAGO, until=date(2026, 12, 31)) == ()
