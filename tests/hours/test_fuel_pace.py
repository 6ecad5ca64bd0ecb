"""After the calendar's end, the pace of its last four weeks goes on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests import build, build_episodes
from tests.build import MONDAY, NOW
from tests.hours.fuel import gauges_of

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("IOP_TEST_EXAMPLES", "25"))
TODAY = date(2026, 11, 25)


@dataclass
class Slot:
    """A slot, the dates on which it meets in the calendar, and somebody's place in it."""

    last: date | None
    dates: list[date]
    member_from: date
    member_until: date | None


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    days = st.integers(0, 60).map(lambda number: MONDAY + timedelta(days=number))
    held = draw(st.lists(st.integers(-6, 40), max_size=8, unique=True))
    member_from = draw(days)
    until = draw(st.one_of(st.none(), days.map(lambda day: max(day, member_from))))
    return Slot(
        last=draw(st.one_of(st.none(), days)),
        dates=[MONDAY + timedelta(days=number) for number in held],
        member_from=member_from,
        member_until=until,
    )


def expected_dates(
    drawn: list[Slot], leave: tuple[date, date] | None, last_on: date
) -> tuple[list[date], date | None]:
    """Return the dates still to come of one person, and where the calendar ends, day by day."""
    ends = max((day for slot in drawn for day in slot.dates if day >= TODAY), default=None)
    found = []
    day = TODAY
    while day <= last_on:
        is_away = leave is not None and leave[0] <= day <= leave[1]
        if not is_away and any(_meets(slot, day, ends) for slot in drawn):
            found.append(day)
        day += timedelta(days=1)
    return found, ends


def _meets(slot: Slot, day: date, ends: date | None) -> bool:
    if not slot.member_from <= day <= (slot.member_until or date.max):
        return False
    if ends is None or day <= ends:
        return day in slot.dates
    before = day
    while before > ends:
        before -= timedelta(weeks=4)
    return before in slot.dates and day <= (slot.last or date.max)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    drawn=st.lists(slots(), max_size=3),
    leave=st.one_of(st.none(), st.tuples(st.integers(0, 90), st.integers(0, 20))),
    length=st.integers(2, 130),
    approved=st.integers(1, 20),
)
def test_the_pace_equals_the_oracle(
    drawn: list[Slot], leave: tuple[int, int] | None, length: int, approved: int
) -> None:
    last_on = MONDAY + timedelta(days=length)
    away = None
    if leave:
        start = MONDAY + timedelta(days=leave[0])
        away = (start, start + timedelta(days=leave[1]))
    with transaction.atomic():
        gauge = _stored(drawn, away, last_on, approved)
        transaction.set_rollback(True)
    found, ends = expected_dates(drawn, away, last_on)
    event(f"goes on: {ends is not None and any(day > ends for day in found)}")
    assert gauge.scheduled == len(found)
    assert gauge.runs_out_on == (found[approved - 1] if len(found) >= approved else None)
    assert gauge.calendar_ends_on == (ends if ends and any(day > ends for day in found) else None)


def _stored(drawn: list[Slot], away: tuple[date, date] | None, last_on: date, approved: int):
    program = build.a_program()
    build.a_rule(program)
    enrollment = build.an_enrollment(program, admitted_on=MONDAY)
    build_episodes.an_authorization(
        enrollment, approved_units=approved, first_on=MONDAY, last_on=last_on
    )
    if away:
        build.a_leave(enrollment.participant, *away)
    for number, slot in enumerate(drawn):
        group = build.a_group(program)
        pattern = build.a_pattern(group, first_on="2026-01-05", last_on=slot.last)
        build.a_membership(group, enrollment, first_on=slot.member_from, last_on=slot.member_until)
        for day in slot.dates:
            # In the evening: today's are still to come at noon.
            times = (f"{18 + number}:00", f"{19 + number}:00")
            build.a_session(group, day, *times, pattern=pattern, closed_at=NOW)
    (gauge,) = gauges_of([program], now=NOW)
    return gauge


def test_the_run_out_date_says_that_it_lies_behind_the_calendar(clinic) -> None:
    weeks = [MONDAY + timedelta(weeks=number) for number in range(1, 5)]
    gauge = _stored([Slot(None, weeks, MONDAY, None)], None, date(2027, 2, 26), 6)
    assert (gauge.scheduled, gauge.runs_out_on) == (13, date(2027, 1, 4))
    assert (gauge.calendar_ends_on, gauge.is_projected) == (weeks[-1], True)
    sooner = _stored([Slot(None, weeks, MONDAY, None)], None, date(2027, 2, 26), 3)
    assert sooner.runs_out_on == weeks[2]
    assert not sooner.is_projected


def test_a_single_session_far_ahead_does_not_move_the_calendars_end(clinic) -> None:
    program = build.a_program()
    build.a_rule(program)
    enrollment = build.an_enrollment(program)
    group = build.a_group(program)
    build.a_membership(group, enrollment)
    build_episodes.an_authorization(enrollment, last_on="2027-01-31", approved_units=40)
    pattern = build.a_pattern(group)
    build.a_session(group, "2026-11-30", pattern=pattern)
    build.a_session(group, "2027-01-20")
    (gauge,) = gauges_of([program], now=NOW)
    # November 30, its two repetitions by January 25, and the single one.
    assert gauge.calendar_ends_on == date(2026, 11, 30)
    assert gauge.scheduled == 4
