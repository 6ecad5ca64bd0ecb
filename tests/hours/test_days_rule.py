"""Qualifying days as a rule: the table of reasons in words, and the weekly hours' own count."""

from __future__ import annotations

import io
import os
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from hours.days.qualifying import DayState, PersonDay, days_of
from hours.days.reading import Range, days_in
from hours.days.words import why
from hours.facts import SessionLine
from hours.program_week import program_week, weekly_hours
from hours.weekly_hours import weekly_hours_of
from programs.models import Program
from tests.build import CHICAGO, MONDAY
from tests.hours.drawn_clinic import DrawnClinic, clinics
from tests.hours.facts import (
    NEXT_MONDAY,
    WEDNESDAY_NOON,
    a_line,
    a_person,
    a_program_week,
    attended,
    missed,
)
from tests.hours.oracle import expected_rows
from tests.hours.storing import store

EXAMPLES = int(os.environ.get("IOP_TEST_EXAMPLES", "60"))
DATA = Path(__file__).resolve().parent.parent / "data"


def local(clock: str, day: date = MONDAY, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone).astimezone(UTC)


def there(*stretches: str, credited: int, **fields) -> SessionLine:
    """Monday's session from nine to twelve, with stretches such as `09:20-12:00`."""
    pairs = [stretch.split("-") for stretch in stretches]
    return a_line(
        0,
        has_record=True,
        credited=credited,
        stretches=tuple((local(came), local(left) if left else None) for came, left in pairs),
        **fields,
    )


def days(*lines: SessionLine, as_of: datetime = NEXT_MONDAY, least: int = 180) -> list[PersonDay]:
    person = a_person(*lines)
    return list(days_of(person, a_program_week(person, as_of=as_of, min_minutes_per_day=least)))


OTHER = {"group": "Skills", "net": 60, "starts_at": local("13:00"), "ends_at": local("14:00")}
CASES = [
    ([attended(0)], "qualifies", ""),
    ([there("09:00-11:45", credited=165)], "short", "165 of 180 min: left 11:45 AM"),
    ([there("09:20-12:00", credited=160)], "short", "160 of 180 min: came 9:20 AM"),
    (
        [there("09:00-10:05", "10:40-12:00", credited=145)],
        "short",
        "145 of 180 min: out 10:05 AM – 10:40 AM",
    ),
    (
        [there("09:03-10:05", "10:40-11:50", credited=132)],
        "short",
        "132 of 180 min: came 9:03 AM, out 10:05 AM – 10:40 AM, left 11:50 AM",
    ),
    ([missed(0, "excused")], "short", "0 of 180 min: absent, excused"),
    ([missed(0, "unexcused")], "short", "0 of 180 min: absent, unexcused"),
    ([missed(0, "no_call")], "short", "0 of 180 min: absent, no call"),
    ([missed(0, "")], "short", "0 of 180 min: absent, not explained"),
    ([a_line(0)], "open", "0 of 180 min: not recorded yet"),
    ([a_line(0, net=90)], "short", "0 of 180 min: not recorded yet; only 90 min were planned"),
    (
        [attended(0, 120, net=120)],
        "short",
        "120 of 180 min: only 120 min were planned",
    ),
    # Several sessions: each is named, and one that gave all it had is not.
    (
        [attended(0, 100, net=100), a_line(0, has_record=True, absence="excused", **OTHER)],
        "short",
        "100 of 180 min: Skills: absent, excused; only 160 min were planned",
    ),
    (
        [there("09:00-11:00", credited=120), a_line(0, **OTHER)],
        "open",
        "120 of 180 min: Core: left 11:00 AM; Skills: not recorded yet",
    ),
    # Stretches that touch, or lie in one another, leave no gap.
    (
        [there("09:00-10:30", "10:30-11:00", "10:45-11:30", credited=150)],
        "short",
        "150 of 180 min: left 11:30 AM",
    ),
    ([there("08:30-08:50", "09:30-12:00", credited=150)], "short", None),
]


@pytest.mark.parametrize(("lines", "state", "words"), CASES)
def test_why_a_day_does_not_qualify(lines, state: str, words: str | None) -> None:
    (day,) = days(*lines)
    assert day.state == state
    if words is not None:
        assert why(day, CHICAGO) == words


def test_coming_back_into_the_session_is_said_once() -> None:
    (day,) = days(there("08:30-08:50", "09:30-12:00", credited=150))
    assert why(day, CHICAGO) == "150 of 180 min: out 8:50 AM – 9:30 AM"


def test_what_is_still_to_come_leaves_the_day_open() -> None:
    (day,) = days(a_line(3), as_of=WEDNESDAY_NOON)
    assert (day.state, why(day, CHICAGO)) == (
        DayState.OPEN,
        "0 of 180 min: to come at 9:00 AM",
    )
    running = there("09:20-", credited=40, is_open=True, net_ahead=120)
    (day,) = days(running, as_of=local("10:00"), least=160)
    assert day.state is DayState.OPEN
    assert why(day, CHICAGO) == "40 of 160 min: came 9:20 AM, still there, until 12:00 PM"
    (day,) = days(running, as_of=local("10:00"))
    assert day.state is DayState.SHORT


@pytest.mark.parametrize(("credited", "qualifies"), [(179, False), (180, True), (181, True)])
def test_the_minimum_itself_is_enough(credited: int, qualifies: bool) -> None:
    (day,) = days(attended(0, credited, net=200))
    assert day.qualifies is qualifies


def test_dates_come_in_order_and_only_with_a_session() -> None:
    found = days(attended(4), attended(0), a_line(2))
    assert [day.on for day in found] == [MONDAY, MONDAY + timedelta(2), MONDAY + timedelta(4)]
    assert days() == []


@pytest.mark.parametrize(
    ("day", "times", "words"),
    [
        # The clocks go back: one o'clock comes twice, the second an hour after the first.
        (date(2026, 11, 1), ("05:30", "06:45", "08:00"), "came 1:45 AM"),
        # They go forward: two o'clock is skipped.
        (date(2026, 3, 8), ("07:30", "08:20", "09:30"), "came 3:20 AM"),
    ],
)
def test_times_are_those_of_the_clock_on_the_wall(day: date, times, words: str) -> None:
    start, came, end = (datetime.combine(day, time.fromisoformat(each), UTC) for each in times)
    line = a_line(
        0,
        held_on=day,
        starts_at=start,
        ends_at=end,
        has_record=True,
        net=int((end - start).total_seconds()) // 60,
        credited=int((end - came).total_seconds()) // 60,
        stretches=((came, end),),
    )
    (found,) = days(line, least=100)
    assert why(found, CHICAGO).endswith(words)


@pytest.mark.django_db
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(clinic=clinics())
def test_they_are_the_days_that_the_weekly_hours_count(clinic: DrawnClinic) -> None:
    """And those of the oracle, which shares no code; a day that does not qualify says why."""
    with transaction.atomic():
        program, enrollments = store(clinic)
        numbers = {enrollment.pk: key for key, enrollment in enrollments.items()}
        week = program.week_of(clinic.first)
        facts = program_week(program, week=week, as_of=clinic.as_of)
        asked = Range(program, week.first_on, week.last_on)
        in_range = days_in(asked, as_of=clinic.as_of).days
        transaction.set_rollback(True)
    counts = {}
    for person in facts.people if facts else ():
        assert facts is not None
        found = days_of(person, facts)
        hours = weekly_hours_of(person, facts)
        counts[numbers[person.enrollment_key]] = sum(day.qualifies for day in found)
        assert sum(day.qualifies for day in found) == hours.qualifying_days
        assert sum(day.state is not DayState.SHORT for day in found) == hours.days.possible
        assert sum(day.credited for day in found) == hours.attended
        assert all(bool(day.reasons) is not day.qualifies for day in found)
        assert all(bool(why(day, program.zone)) is not day.qualifies for day in found)
    expected = {key: row["qualifying_days"] for key, row in expected_rows(clinic).items()}
    assert counts == expected
    assert sum(day.qualifies for day in in_range) == sum(expected.values())


@pytest.mark.django_db
@pytest.mark.parametrize("folder", ["platte", "edges"])
def test_whole_clinics_have_the_same_days_over_all_their_weeks(folder: str) -> None:
    call_command("import_clinic", str(DATA / folder), stdout=io.StringIO())
    as_of, checked = datetime(2026, 12, 1, tzinfo=UTC), 0
    for program in Program.objects.select_related("site"):
        weeks = [program.week_of(day) for day in (date(2026, 9, 28), date(2026, 12, 6))]
        asked = Range(program, weeks[0].first_on, weeks[1].last_on)
        qualifying = Counter(
            (day.person.enrollment_key, program.week_of(day.on).first_on)
            for day in days_in(asked, as_of=as_of).days
            if day.qualifies
        )
        for week in asked.weeks:
            for row in weekly_hours(program, week=week, as_of=as_of):
                key = (row.person.enrollment_key, week.first_on)
                assert qualifying[key] == row.qualifying_days
                checked += row.qualifying_days
    assert checked > 20
