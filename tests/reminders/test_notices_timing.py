"""When a notice goes out: a table of cases, and an oracle that walks by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from reminders.models import NoticeHours, NoticeKind, Timing
from reminders.notices.timing import end_of_quiet, when
from tests.build import CHICAGO, MONDAY, clock, moment

PHOENIX = ZoneInfo("America/Phoenix")
TUESDAY = MONDAY + timedelta(days=1)
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
QUARTER, A_DAY = timedelta(minutes=15), timedelta(days=1)

Local = tuple[date, str]


def hours(morning: str = "07:00", begins: str = "21:00", ends: str = "06:00") -> NoticeHours:
    return NoticeHours(morning_at=clock(morning), quiet_from=clock(begins), quiet_until=clock(ends))


def goes(timing: Timing, since: datetime, **fields: Any) -> datetime | None:
    kind, zone = fields.pop("kind", NoticeKind.NOTES), fields.pop("zone", CHICAGO)
    now = fields.pop("now", since)
    return when(kind, timing, hours(**fields), since=since, now=now, zone=zone)


@pytest.mark.parametrize(
    ("true_at", "goes_at"),
    [
        ((MONDAY, "06:00"), (MONDAY, "06:00")),
        ((MONDAY, "20:59"), (MONDAY, "20:59")),
        ((MONDAY, "21:00"), (TUESDAY, "06:00")),
        ((MONDAY, "23:59"), (TUESDAY, "06:00")),
        ((TUESDAY, "00:00"), (TUESDAY, "06:00")),
        ((TUESDAY, "05:59"), (TUESDAY, "06:00")),
    ],
)
@pytest.mark.parametrize("zone", [CHICAGO, PHOENIX])
def test_at_once_but_not_in_quiet_hours(true_at: Local, goes_at: Local, zone: ZoneInfo):
    assert goes(Timing.AT_ONCE, moment(*true_at, zone), zone=zone) == moment(*goes_at, zone)


@pytest.mark.parametrize(
    ("true_at", "goes_at"),
    [
        ((MONDAY, "06:59"), (MONDAY, "07:00")),
        ((MONDAY, "07:00"), (MONDAY, "07:00")),
        ((MONDAY, "07:01"), (TUESDAY, "07:00")),
        ((MONDAY, "22:00"), (TUESDAY, "07:00")),
    ],
)
@pytest.mark.parametrize("zone", [CHICAGO, PHOENIX])
def test_in_the_morning(true_at: Local, goes_at: Local, zone: ZoneInfo):
    assert goes(Timing.MORNING, moment(*true_at, zone), zone=zone) == moment(*goes_at, zone)


def test_the_same_moment_is_another_morning_at_another_site():
    since = datetime(2026, 7, 6, 13, 30, tzinfo=UTC)  # 8:30 in Chicago, 6:30 in Phoenix
    assert goes(Timing.MORNING, since) == moment("2026-07-07", "07:00")
    assert goes(Timing.MORNING, since, zone=PHOENIX) == moment("2026-07-06", "07:00", PHOENIX)


@pytest.mark.parametrize("timing", Timing)
@pytest.mark.parametrize("at", ["03:00", "07:00", "23:00"])
def test_what_cannot_wait_goes_at_any_hour_whatever_was_chosen(timing, at):
    since = moment(MONDAY, at)
    assert goes(timing, since, kind=NoticeKind.SAFETY) == since


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind != NoticeKind.SAFETY])
def test_never_is_never(kind):
    assert goes(Timing.NEVER, moment(MONDAY, "12:00"), kind=kind) is None


def test_a_morning_in_quiet_hours_waits_for_their_end():
    since = moment(MONDAY, "12:00")
    assert goes(Timing.MORNING, since, ends="08:30") == moment(TUESDAY, "08:30")


def test_quiet_hours_by_day():
    around_noon = {"begins": "12:00", "ends": "13:00"}
    assert goes(Timing.AT_ONCE, moment(MONDAY, "12:30"), **around_noon) == moment(MONDAY, "13:00")
    late = moment(MONDAY, "23:30")
    assert goes(Timing.AT_ONCE, late, **around_noon) == late


@pytest.mark.parametrize(
    ("now", "goes_at"),
    [
        # A morning that has passed while nobody looked: still on its day, else the next.
        ((TUESDAY, "05:00"), (TUESDAY, "07:00")),
        ((TUESDAY, "16:00"), (TUESDAY, "07:00")),
        ((TUESDAY, "21:30"), ("2026-11-25", "06:00")),
        (("2026-11-25", "09:00"), ("2026-11-26", "07:00")),
    ],
)
def test_a_morning_that_nobody_looked_at(now, goes_at):
    told = goes(Timing.MORNING, moment(MONDAY, "12:00"), now=moment(*now))
    assert told == moment(*goes_at)


def test_what_is_seen_late_does_not_wake_anybody():
    since, now = moment(MONDAY, "20:30"), moment(MONDAY, "23:00")
    assert goes(Timing.AT_ONCE, since, now=now) == moment(TUESDAY, "06:00")
    assert goes(Timing.AT_ONCE, since, now=moment(MONDAY, "20:50")) == since


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_by_the_clock_on_the_wall_where_it_changes(day):
    before = day - A_DAY
    assert goes(Timing.MORNING, moment(before, "12:00")) == moment(day, "07:00")
    assert goes(Timing.AT_ONCE, moment(before, "22:00")) == moment(day, "06:00")
    hours_between = (moment(day, "06:00") - moment(before, "22:00")) / timedelta(hours=1)
    assert hours_between == (7 if day == SPRING else 9)


def test_arizona_keeps_its_clock():
    assert goes(Timing.AT_ONCE, moment("2026-03-07", "22:00", PHOENIX), zone=PHOENIX) == moment(
        SPRING, "06:00", PHOENIX
    )


def test_a_time_that_happens_twice_is_quiet_both_times():
    half_past = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)  # the first 1:30
    twice = {"begins": "21:00", "ends": "01:30"}
    assert goes(Timing.AT_ONCE, half_past, **twice) == half_past + timedelta(hours=1)


# --- an oracle that looks at the wall, a quarter of an hour after the other ----------------------


def on_the_wall(at: datetime, zone: ZoneInfo) -> time:
    return at.astimezone(zone).time()


def quiet_on_the_wall(at: datetime, his: NoticeHours, zone: ZoneInfo) -> bool:
    now = on_the_wall(at, zone)
    if his.quiet_from < his.quiet_until:
        return his.quiet_from <= now < his.quiet_until
    return now >= his.quiet_from or now < his.quiet_until


def is_quiet(at: datetime, his: NoticeHours, zone: ZoneInfo) -> bool:
    """On the wall; in hours that happen twice also between two quarters that are quiet there."""
    if quiet_on_the_wall(at, his, zone):
        return True
    local = at.astimezone(zone)
    if local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset():
        return False
    twice = [local.hour == (at + QUARTER * n).astimezone(zone).hour for n in range(-8, 9)]
    around = [at + QUARTER * n for n, holds in zip(range(-8, 9), twice, strict=True) if holds]
    quiet = [each for each in around if quiet_on_the_wall(each, his, zone)]
    return any(each < at for each in quiet) and any(each > at for each in quiet)


def walk(at: datetime, arrived: Any) -> datetime:
    """Return the first quarter of an hour, from the moment on, at which one has arrived."""
    for _ in range(4 * 24 * 3):
        if arrived(at):
            return at
        at += QUARTER
    raise AssertionError("never")


def oracle(timing: Timing, his: NoticeHours, since: datetime, now: datetime, zone: ZoneInfo):
    def is_morning(at: datetime) -> bool:
        return on_the_wall(at, zone) == his.morning_at

    at = since
    if timing == Timing.MORNING:
        at = walk(since, is_morning)
        if at.astimezone(zone).date() < now.astimezone(zone).date():
            at = walk(now, is_morning)
    free = walk(max(at, now), lambda each: not is_quiet(each, his, zone))
    return at if free == max(at, now) else free


QUARTERS = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
MORNINGS = st.integers(20, 48).map(lambda n: time(n // 4, n % 4 * 15))
ZONES = st.sampled_from([CHICAGO, PHOENIX, ZoneInfo("America/New_York"), ZoneInfo("UTC")])
DAYS = st.sampled_from([SPRING - A_DAY, SPRING, AUTUMN - A_DAY, AUTUMN, MONDAY])
TIMINGS = st.sampled_from([Timing.AT_ONCE, Timing.MORNING])
GAP = (time(2), time(3))


@settings(max_examples=60, deadline=None)
@given(TIMINGS, MORNINGS, QUARTERS, QUARTERS, DAYS, QUARTERS, st.integers(0, 250), ZONES)
@example(Timing.AT_ONCE, time(7), time(21), time(1, 30), AUTUMN, time(1, 45), 0, CHICAGO)
@example(Timing.AT_ONCE, time(7), time(1, 30), time(1, 15), AUTUMN, time(1, 15), 0, CHICAGO)
@example(Timing.MORNING, time(7), time(21), time(6), SPRING, time(21), 96, CHICAGO)
def test_it_goes_when_the_wall_says(timing, morning, begins, ends, day, at, later, zone):
    assume(begins != ends)
    his = NoticeHours(morning_at=morning, quiet_from=begins, quiet_until=ends)
    since = datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
    now = since + QUARTER * later
    told = when(NoticeKind.RECORD, timing, his, since=since, now=now, zone=zone)
    assert told is not None
    assert told >= since
    assert end_of_quiet(max(told, now), his, zone) is None
    # What does not exist on the day the clocks go forward, the wall never shows.
    if not any(GAP[0] <= each < GAP[1] for each in (begins, ends)):
        assert told == oracle(timing, his, since, now, zone)
