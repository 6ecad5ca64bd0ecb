"""Offered hours of chosen groups: cases by hand, and the weekly hours as an oracle."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from groups.actions import generate_sessions
from groups.enrolling.actions import Plan, enroll_participant
from groups.enrolling.choices import choices_of, counting_of, rule_on
from groups.enrolling.live_plan import Ticks, asked_of, live_plan, whole_week
from groups.enrolling.offered import Clash, Counting, GroupSlots, clashes, offered
from groups.enrolling.wording import hours as hours_here
from groups.enrolling.wording import short_hours as short_hours_here
from groups.enrolling.wording import slots_in_words
from groups.models import MeetingPattern
from hours.program_week import weekly_hours
from hours.wording import hours, short_hours
from programs.models import Channel, Count, GroupKind, Program
from programs.weeks import Week
from tests import build

NET = Counting("net_minutes", list(GroupKind.values))
WEEK = Week(build.MONDAY, build.CHICAGO)


def a_slot(weekday: int, starts: str, ends: str, breaks: str = "", **fields) -> MeetingPattern:
    gaps = [part.split("-") for part in breaks.split(";") if part]
    return MeetingPattern(
        weekday=weekday,
        starts=build.clock(starts),
        ends=build.clock(ends),
        breaks=[[build.clock(start), build.clock(end)] for start, end in gaps],
        **{"first_on": build.FIRST_DAY, **fields},
    )


def slots(*patterns: MeetingPattern, name: str = "Core", kind: str = "skills") -> GroupSlots:
    return GroupSlots(name, kind, patterns)


def minutes(*groups: GroupSlots, counting: Counting = NET) -> int:
    return offered(groups, dates=WEEK.dates, zone=build.CHICAGO, counting=counting).minutes


@pytest.mark.parametrize(
    ("count", "expected"), [("net_minutes", 180), ("scheduled_span", 190), ("clinical_hours", 216)]
)
def test_minutes_are_counted_as_the_rule_counts(count: str, expected: int) -> None:
    core = slots(a_slot(0, "17:30", "20:40", "19:00-19:10"))
    assert minutes(core, counting=Counting(count, ["skills"])) == expected


def test_kinds_that_do_not_count_offer_nothing() -> None:
    family = slots(a_slot(0, "09:00", "10:00"), kind="family")
    assert minutes(family, counting=Counting("net_minutes", ["skills"])) == 0


@pytest.mark.parametrize(
    ("first_on", "last_on", "expected"),
    [
        (build.MONDAY, None, 60),
        (build.MONDAY + timedelta(days=1), None, 0),
        (build.FIRST_DAY, build.MONDAY, 60),
        (build.FIRST_DAY, build.MONDAY - timedelta(days=1), 0),
    ],
)
def test_a_slot_counts_from_its_first_to_its_last_day(
    first_on: date, last_on: date | None, expected: int
) -> None:
    assert minutes(slots(a_slot(0, "09:00", "10:00", first_on=first_on, last_on=last_on))) == (
        expected
    )


def test_two_slots_that_start_together_are_one_meeting() -> None:
    assert minutes(slots(a_slot(0, "09:00", "10:00"), a_slot(0, "09:00", "11:00"))) == 60


def test_days_count_from_the_least() -> None:
    sums = offered(
        [slots(a_slot(0, "09:00", "12:00"), a_slot(2, "09:00", "09:30"))],
        dates=WEEK.dates,
        zone=build.CHICAGO,
        counting=NET,
    )
    assert (sums.minutes, sums.days(60), sums.days(0), sums.shortest) == (210, 1, 2, 30)


def clash_names(*groups: GroupSlots) -> list[Clash]:
    return clashes(groups, dates=WEEK.dates, zone=build.CHICAGO)


def test_groups_that_overlap_clash_and_those_that_touch_do_not() -> None:
    morning = slots(a_slot(0, "09:00", "10:30"), name="A")
    (clash,) = clash_names(morning, slots(a_slot(0, "10:15", "12:00"), name="B"))
    assert (clash.names, clash.meeting.held_on) == (("A", "B"), build.MONDAY)
    assert clash_names(morning, slots(a_slot(0, "10:30", "12:00"), name="B")) == []
    assert clash_names(morning, slots(a_slot(1, "09:00", "10:30"), name="B")) == []


def test_slots_of_the_same_times_are_written_together() -> None:
    words = slots_in_words([a_slot(3, "17:30", "20:40"), a_slot(0, "17:30", "20:40")])
    assert words == "Mon, Thu 5:30 PM to 8:40 PM"


@given(st.integers(0, 6000))
def test_hours_are_written_as_the_weekly_hours_write_them(amount: int) -> None:
    assert hours_here(amount) == hours(amount)
    assert short_hours_here(amount) == short_hours(amount)


CLOCKS = st.integers(8 * 4, 19 * 4).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
GROUPS = st.lists(
    st.tuples(
        st.sampled_from(GroupKind.values[:-1]),
        st.lists(st.tuples(st.integers(0, 6), CLOCKS, st.booleans()), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=3,
)


class OfferedAsTheWeeklyHoursSay(TestCase):
    """What the enroll page promises is what the board says once somebody is enrolled."""

    @settings(max_examples=12)
    @given(
        GROUPS,
        st.sampled_from(Count.values),
        st.sampled_from([None, ["skills", "process"]]),
        st.integers(0, 13),
        st.booleans(),
    )
    def test_the_oracle_agrees(self, groups, count, kinds, later, is_closed) -> None:
        program = build.a_program()
        build.a_rule(program, count=count, counts=kinds)
        chosen = [self._group(program, *each) for each in groups]
        first_on = build.MONDAY + timedelta(days=later)
        week = whole_week(program, first_on)
        shut = week.moved(-1 if program.week_of(first_on) != week else 0).dates[2]
        if is_closed:
            build.a_closure(program, first_on=shut, last_on=shut)
        before = build.NOW - timedelta(days=7)
        generate_sessions(now=before, by=None, program=program)
        enroll_participant(plan=self._plan(program, chosen, first_on), now=before, by=None)
        ticks = Ticks(
            program=program,
            choices=choices_of(program, first_on=first_on, last_on=None),
            chosen=frozenset(group.pk for group in chosen),
            first_on=first_on,
            rule=rule_on(program, week.first_on),
        )
        said = live_plan(ticks, ordered=None, closed=frozenset([shut] if is_closed else []))
        board = weekly_hours(program, week=week, as_of=build.NOW)
        first = weekly_hours(program, week=program.week_of(first_on), as_of=build.NOW)
        assert [row.offered for row in first] == [said.first_week.minutes]
        if not is_closed or shut not in week.dates:
            assert [row.offered for row in board] == [said.offered.minutes]

    def _group(self, program: Program, kind: str, meetings: list):
        group = build.a_group(program, kind=kind)
        for weekday, starts, has_break in {
            (day, at): (day, at, b) for day, at, b in meetings
        }.values():
            hour, minute = starts.split(":")
            ends = f"{int(hour) + 2:02}:{minute}"
            gap = f"{int(hour) + 1:02}:{minute}-{int(hour) + 1:02}:{int(minute) + 10:02}"
            build.a_pattern(group, starts, ends, weekday=weekday, breaks=gap if has_break else "")
        return group

    def _plan(self, program: Program, groups: list, first_on: date) -> Plan:
        return Plan(
            public_id=uuid.uuid4(),
            program=program,
            participant=build.a_participant(),
            admitted_on=first_on,
            admission="direct",
            planned_discharge_on=first_on + timedelta(weeks=10),
            ordered_minutes=None,
            groups=groups,
            consents={Channel.EMAIL: False},
            override="They may overlap here.",
        )


@pytest.mark.django_db
def test_an_order_replaces_the_rule_and_no_rule_asks_nothing(program: Program) -> None:
    rule = build.a_rule(program)
    asked = asked_of(rule, 720)
    assert asked is not None
    assert (asked.minutes, asked.days, asked.is_ordered) == (720, 3, True)
    assert asked_of(None, 720) is None
    assert counting_of(None).count == "net_minutes"


@pytest.mark.django_db
def test_the_whole_week_begins_on_or_after_the_first_day(program: Program) -> None:
    assert whole_week(program, build.MONDAY).first_on == build.MONDAY
    tuesday = build.MONDAY + timedelta(days=1)
    assert whole_week(program, tuesday).first_on == build.MONDAY + timedelta(days=7)
