"""Any calendar: every date of every slot has one session, at its local time, once and for all.

The oracle walks the calendar day by day and looks for the instant whose wall clock shows the
time; it knows nothing of `groups.meeting_dates`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from groups.actions import Generated, generate_sessions
from groups.models import GroupSession, MeetingPattern, TherapyGroup
from tests import build

EXAMPLES = int(os.environ.get("IOP_TEST_EXAMPLES", "60"))
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
SUNDAY = 6
# The nights on which the clocks change, and a summer's day; Phoenix never changes.
NIGHTS = {
    "America/Chicago": [date(2026, 3, 8), date(2026, 11, 1), date(2026, 7, 15)],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1), date(2026, 7, 15)],
    "America/Phoenix": [date(2026, 3, 8), date(2026, 11, 1), date(2026, 7, 15)],
    "Pacific/Auckland": [date(2026, 4, 5), date(2026, 9, 27), date(2026, 7, 15)],
}


@dataclass(frozen=True)
class DrawnSlot:
    """Times are minutes since midnight on the wall."""

    weekdays: frozenset[int]
    starts: int
    ends: int
    breaks: tuple[tuple[int, int], ...]
    first_on: date
    last_on: date | None
    every_weeks: int
    is_withdrawn: bool


@dataclass(frozen=True)
class DrawnClosure:
    first_on: date
    last_on: date
    of_program: bool
    is_removed: bool

    def closes(self, day: date) -> bool:
        return not self.is_removed and self.first_on <= day <= self.last_on


@dataclass(frozen=True)
class DrawnGroup:
    """A group with a site and a program of its own."""

    zone: str
    slots: tuple[DrawnSlot, ...]
    closures: tuple[DrawnClosure, ...]


@dataclass(frozen=True)
class DrawnCalendar:
    groups: tuple[DrawnGroup, ...]
    now: datetime


def at(minutes: int) -> time:
    return time(*divmod(minutes, 60))


@st.composite
def slots(draw: st.DrawFn, around: date, taken: set[tuple[int, int]]) -> DrawnSlot:
    """Any hour of the day, the night of the change included; no two begin at one time."""
    starts = draw(st.integers(0, 16) | st.integers(0, 90)) * 15
    free = [day for day in (SUNDAY, 0, 1, 2, 3, 4, 5) if (day, starts) not in taken]
    weekdays = draw(st.frozensets(st.sampled_from(free), min_size=1, max_size=3))
    taken |= {(day, starts) for day in weekdays}
    ends = min(starts + draw(st.integers(1, 16)) * 15, 23 * 60 + 59)
    edges = sorted(draw(st.sets(st.integers(starts, ends), max_size=4)))
    first_on = around + draw(st.integers(-21, 21)) * A_DAY
    days = draw(st.none() | st.integers(0, 70))
    return DrawnSlot(
        weekdays=weekdays,
        starts=starts,
        ends=ends,
        breaks=tuple(zip(edges[::2], edges[1::2], strict=False)),
        first_on=first_on,
        last_on=None if days is None else first_on + days * A_DAY,
        every_weeks=draw(st.sampled_from([1, 1, 2, 3, 12])),
        is_withdrawn=draw(st.integers(0, 9)) == 9,
    )


@st.composite
def closures(draw: st.DrawFn, around: date) -> DrawnClosure:
    first_on = around + draw(st.integers(-14, 40)) * A_DAY
    last_on = first_on + draw(st.integers(0, 9)) * A_DAY
    return DrawnClosure(first_on, last_on, draw(st.booleans()), draw(st.integers(0, 4)) == 4)


@st.composite
def groups(draw: st.DrawFn, season: int) -> DrawnGroup:
    zone = draw(st.sampled_from(sorted(NIGHTS)))
    around, taken = NIGHTS[zone][season], set[tuple[int, int]]()
    drawn = [draw(slots(around, taken)) for _number in range(draw(st.integers(1, 3)))]
    shut = st.lists(
        closures(around), max_size=2, unique_by=lambda each: (each.first_on, each.of_program)
    )
    return DrawnGroup(zone, tuple(drawn), tuple(draw(shut)))


@st.composite
def calendars(draw: st.DrawFn) -> DrawnCalendar:
    season = draw(st.integers(0, 2))
    drawn = [draw(groups(season)) for _number in range(draw(st.integers(1, 2)))]
    around = datetime.combine(NIGHTS[drawn[0].zone][season], time(12), tzinfo=UTC)
    return DrawnCalendar(tuple(drawn), around + timedelta(hours=draw(st.integers(-400, 400))))


# --- the oracle -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Expected:
    """A session: its date, its start and end as instants, its breaks, whether it is held."""

    day: date
    starts_at: datetime
    ends_at: datetime
    breaks: tuple[tuple[datetime, datetime], ...]
    is_held: bool


def instant_of(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Return the first instant at which the wall shows it; in a gap, as late after the jump."""
    wall = datetime.combine(day, at(minutes))
    noons = [datetime.combine(day + n * A_DAY, time(12), tzinfo=zone) for n in (-1, 1)]
    offsets = [noon.utcoffset() or timedelta() for noon in noons]
    before, after = ((wall - offset).replace(tzinfo=UTC) for offset in offsets)
    shown = [each for each in (before, after) if each.astimezone(zone).replace(tzinfo=None) == wall]
    return min(shown, default=before)


def dates_by_walking(slot: DrawnSlot, weekday: int, last_on: date) -> Iterator[date]:
    """Yield every n-th such weekday from the first day on."""
    day, seen = slot.first_on, 0
    while day <= last_on:
        if day.weekday() == weekday:
            if seen % slot.every_weeks == 0:
                yield day
            seen += 1
        day += A_DAY


def expected_of(group: DrawnGroup, now: datetime) -> list[Expected]:
    zone = ZoneInfo(group.zone)
    horizon = now.astimezone(zone).date() + django_settings.SESSION_HORIZON_WEEKS * 7 * A_DAY
    found = []
    for slot in group.slots:
        for weekday in () if slot.is_withdrawn else slot.weekdays:
            for day in dates_by_walking(slot, weekday, slot.last_on or horizon):
                start, end = (instant_of(day, each, zone) for each in (slot.starts, slot.ends))
                if start < end:
                    is_shut = any(closure.closes(day) for closure in group.closures)
                    pauses = pauses_of(slot, day, zone)
                    found.append(Expected(day, start, end, pauses, not is_shut))
    return sorted(found, key=lambda each: each.starts_at)


def pauses_of(slot: DrawnSlot, day: date, zone: ZoneInfo) -> tuple[tuple[datetime, datetime], ...]:
    """Return the stretches of minutes inside the session that some break covers."""
    first, last = (instant_of(day, each, zone) for each in (slot.starts, slot.ends))
    drawn = [[instant_of(day, each, zone) for each in pause] for pause in slot.breaks]
    minutes = (first + n * A_MINUTE for n in range((last - first) // A_MINUTE))
    paused = [each for each in minutes if any(start <= each < end for start, end in drawn)]
    starts = [each for each in paused if each - A_MINUTE not in paused]
    ends = [each + A_MINUTE for each in paused if each + A_MINUTE not in paused]
    return tuple(zip(starts, ends, strict=True))


# --- storing and comparing --------------------------------------------------------------------


def store(calendar: DrawnCalendar) -> list[TherapyGroup]:
    stored = []
    for drawn in calendar.groups:
        site = build.a_site(timezone=drawn.zone)
        group = build.a_group(build.a_program(site))
        room = build.a_room(site)
        for slot in drawn.slots:
            for weekday in sorted(slot.weekdays):
                MeetingPattern.objects.create(
                    group=group,
                    weekday=weekday,
                    starts=at(slot.starts),
                    ends=at(slot.ends),
                    breaks=[[at(start), at(end)] for start, end in slot.breaks],
                    first_on=slot.first_on,
                    last_on=slot.last_on,
                    every_weeks=slot.every_weeks,
                    room=room,
                    withdrawn_at=calendar.now if slot.is_withdrawn else None,
                )
        for shut in drawn.closures:
            build.a_closure(
                group.program if shut.of_program else None,
                site=site,
                first_on=shut.first_on,
                last_on=shut.last_on,
                removed_at=calendar.now if shut.is_removed else None,
            )
        stored.append(group)
    return stored


def stored_of(group: TherapyGroup) -> list[Expected]:
    return [
        Expected(
            each.held_on,
            each.starts_at,
            each.ends_at,
            tuple(each.breaks),
            each.status == "scheduled",
        )
        for each in group.sessions.order_by("starts_at")
    ]


def everything() -> list[Any]:
    return list(GroupSession.objects.order_by("pk").values())


def many(examples: int) -> settings:
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=examples, deadline=None, suppress_health_check=quiet)


@pytest.mark.django_db
@many(EXAMPLES)
@given(calendar=calendars())
def test_every_date_has_its_session_at_its_local_time_and_a_second_run_changes_nothing(
    calendar: DrawnCalendar,
) -> None:
    with transaction.atomic():
        stored = store(calendar)
        done = generate_sessions(now=calendar.now, by=None)
        for drawn, group in zip(calendar.groups, stored, strict=True):
            expected = expected_of(drawn, calendar.now)
            assert stored_of(group) == expected
            event(f"{drawn.zone}, {min(len(expected), 100) // 20 * 20} sessions and more")
        assert done.created == GroupSession.objects.count()
        before = everything()
        assert generate_sessions(now=calendar.now, by=None) == Generated(0, 0, 0, 0, 0)
        assert everything() == before
        transaction.set_rollback(True)


def move_away(session: GroupSession, number: int, zone: ZoneInfo) -> None:
    """Hold the session on the next day, early, at a minute of its own."""
    day = session.held_on + A_DAY
    start = datetime.combine(day, time(5, number), tzinfo=zone)
    GroupSession.objects.filter(pk=session.pk).update(
        held_on=day, starts_at=start, ends_at=start + timedelta(hours=1), breaks=(), room=None
    )


@pytest.mark.django_db
@many(EXAMPLES // 2)
@given(calendar=calendars(), data=st.data())
def test_what_people_did_to_a_session_stays(calendar: DrawnCalendar, data: st.DataObject) -> None:
    """Moved to another date, cancelled or withdrawn: its date of the slot is not filled again."""
    with transaction.atomic():
        store(calendar)
        generate_sessions(now=calendar.now, by=None)
        held = list(GroupSession.objects.select_related("group__program__site").order_by("pk"))
        some = st.lists(st.sampled_from(held), max_size=6, unique=True) if held else st.just([])
        touched = data.draw(some)
        for number, session in enumerate(touched):
            what = data.draw(st.sampled_from(["move", "cancelled", "withdrawn"]))
            event(what)
            if what == "move":
                move_away(session, number, session.group.program.zone)
            else:
                GroupSession.objects.filter(pk=session.pk).update(status=what, cancelled_for=None)
        before = everything()
        done = generate_sessions(now=calendar.now, by=None)
        assert done.created == 0
        # One moved onto a closed date is cancelled like any other; nothing else changes.
        after = everything()
        changed = [new for old, new in zip(before, after, strict=True) if old != new]
        assert len(changed) == done.cancelled
        assert {each["status"] for each in changed} <= {"cancelled"}
        transaction.set_rollback(True)


@pytest.mark.django_db
@many(EXAMPLES // 2)
@given(calendar=calendars(), weeks=st.integers(1, 3))
def test_going_on_in_steps_ends_where_one_step_would(calendar: DrawnCalendar, weeks: int) -> None:
    """A beat every night adds what the horizon has reached, and nothing twice."""
    later = calendar.now + timedelta(weeks=weeks)
    with transaction.atomic():
        stored = store(calendar)
        for week in range(weeks + 1):
            generate_sessions(now=calendar.now + timedelta(weeks=week), by=None)
        for drawn, group in zip(calendar.groups, stored, strict=True):
            assert stored_of(group) == expected_of(drawn, later)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_two_slots_of_a_group_at_one_time_give_one_session() -> None:
    group = build.a_group()
    first = build.a_pattern(group, "09:00", "12:00")
    build.a_pattern(group, "09:00", "11:00", first_on="2026-10-26")
    generate_sessions(now=build.NOW, by=None, until=date(2026, 11, 30))
    starts = [each.starts_at for each in group.sessions.all()]
    assert len(starts) == len(set(starts))
    assert {each.pattern for each in group.sessions.filter(held_on=build.MONDAY)} == {first}


@pytest.mark.django_db
def test_a_break_in_the_skipped_hour_lies_inside_the_session_or_nowhere() -> None:
    """From 1:30 to 3:10 with a break at 2:30: that night it lasts 40 minutes and has none."""
    build.a_pattern(
        weekday=SUNDAY, starts="01:30", ends="03:10", breaks="02:30-02:45", first_on="2026-03-01"
    )
    generate_sessions(now=build.NOW, by=None)
    night = GroupSession.objects.get(held_on=date(2026, 3, 8))
    assert (night.ends_at - night.starts_at, night.breaks) == (timedelta(minutes=40), ())
