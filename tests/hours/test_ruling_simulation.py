"""A draft tried over past weeks, against each week worked out alone; and its statements."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from hours.facts import ProgramWeek, WeekRule
from hours.program_week import current_week, program_week
from hours.ruling.simulation import WEEKS, Simulation, Tally, simulate
from hours.sums.asked import week_rule
from hours.weekly_hours import weekly_hours_of
from programs.models import Program
from tests import build
from tests.build import MONDAY, moment
from tests.hours.drawn_clinic import KINDS, DrawnClinic, clinics
from tests.hours.storing import store

HELD = st.sampled_from(["exempt", "count"])
DRAFTS = st.builds(
    WeekRule,
    effective_from=st.just(MONDAY),
    min_minutes_per_week=st.integers(0, 300),
    max_minutes_per_week=st.integers(300, 500),
    min_days_per_week=st.integers(0, 4),
    min_minutes_per_day=st.integers(1, 150),
    count=st.sampled_from(["net_minutes", "scheduled_span", "clinical_hours"]),
    partial_weeks=HELD,
    closures=HELD,
    leave=HELD,
    citation=st.just(""),
    counts=st.one_of(
        st.none(), st.lists(st.sampled_from(KINDS), min_size=1, unique=True).map(tuple)
    ),
    max_gap_days=st.none(),
)


def counted_by_hand(weeks: list[ProgramWeek]) -> dict[str, int]:
    """Return the counts of the weeks, each row worked out by itself."""
    counts: Counter[str] = Counter()
    for facts in weeks:
        for person in facts.people:
            row = weekly_hours_of(person, facts)
            counts[str(row.verdict)] += 1
            counts["over_maximum"] += "over_maximum" in row.flags
            counts["days_short"] += "days_short" in row.flags and row.verdict != "exempt"
    return {name: counts[name] for name in Tally.__dataclass_fields__}


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(clinic=clinics(), draft=DRAFTS, days_later=st.integers(7, 40))
def test_the_counts_are_those_of_each_week_by_itself(
    clinic: DrawnClinic, draft: WeekRule, days_later: int
) -> None:
    with transaction.atomic():
        program, _ = store(clinic)
        as_of = datetime.combine(clinic.first, time(12), tzinfo=clinic.zone)
        as_of += timedelta(days=days_later)
        found = simulate(program, draft=draft, as_of=as_of)
        weeks = [current_week(program, as_of).moved(-back) for back in range(WEEKS, 0, -1)]
        asked: dict[str, Any] = {"as_of": as_of}
        before = [program_week(program, week=week, **asked) for week in weeks]
        after = [program_week(program, week=week, rule=draft, **asked) for week in weeks]
        transaction.set_rollback(True)
    event(f"judged differently: {min(len(found.changed), 3)}")
    assert vars(found.before) == counted_by_hand([facts for facts in before if facts])
    assert vars(found.after) == counted_by_hand([facts for facts in after if facts])
    by_week = [found.of_week(week) for week in found.weeks]
    assert [vars(old) for old, _ in by_week] == [counted_by_hand([w]) for w in before if w]
    assert [vars(new) for _, new in by_week] == [counted_by_hand([w]) for w in after if w]


@pytest.fixture
def six_hours(program: Program) -> Program:
    """A week in which one person has six hours on two days and another one twelve."""
    rule = build.a_rule(program, min_minutes_per_week=360, min_days_per_week=2)
    assert week_rule(rule).min_minutes_per_week == 360
    group = build.a_group(program)
    sessions = [build.a_session(group, MONDAY + timedelta(days=day)) for day in range(4)]
    for name, days in (("Amara", 2), ("Bruno", 4)):
        enrollment = build.an_enrollment(
            program, build.a_participant(first_name=name), admitted_on="2026-11-01"
        )
        build.a_membership(group, enrollment)
        for number, session in enumerate(sessions):
            is_there = number < days
            stretches, absence = (["09:00-12:00"], "") if is_there else ([], "unexcused")
            build.a_record(session, enrollment.participant, *stretches, absence=absence)
    return program


def tried(program: Program, as_of: datetime, **change: Any) -> Simulation:
    draft = replace(week_rule(program.rules.get()), **change)
    return simulate(program, draft=draft, as_of=as_of)


def test_a_week_counts_once_it_is_over(six_hours: Program) -> None:
    over = moment("2026-11-30", "00:00")
    found = tried(six_hours, over - timedelta(minutes=1), min_minutes_per_week=540)
    assert found.weeks[-1].first_on.isoformat() == "2026-11-16"
    found = tried(six_hours, over, min_minutes_per_week=540)
    assert found.weeks[-1].first_on == MONDAY
    assert len(found.weeks) == WEEKS
    before, after = found.of_week(found.weeks[-1])
    assert (before.met, before.not_met) == (2, 0)
    assert (after.met, after.not_met) == (1, 1)


def test_a_week_of_the_last_hours_is_as_long_as_its_clock(program: Program) -> None:
    """Clocks go back on November 1: the week ends an hour later than it would."""
    build.a_rule(program)
    last = tried(program, moment("2026-11-02", "00:00")).weeks[-1]
    assert last.first_on.isoformat() == "2026-10-26"
    last = tried(program, moment("2026-11-01", "23:59")).weeks[-1]
    assert last.first_on.isoformat() == "2026-10-19"


def test_days_and_the_most_are_counted_too(six_hours: Program) -> None:
    found = tried(
        six_hours,
        moment("2026-12-01", "09:00"),
        min_days_per_week=3,
        max_minutes_per_week=600,
    )
    this = found.of_week(found.weeks[-1])
    assert [(each.days_short, each.over_maximum) for each in this] == [(0, 0), (1, 1)]
    assert [each.week.first_on for each in found.changed if each.week == found.weeks[-1]]
    assert found.more_not_met == 0


def test_weeks_without_a_rule_are_left_out(program: Program) -> None:
    build.an_enrollment(program)
    build.a_rule(program, effective_from="2026-11-17")
    found = tried(program, moment("2026-12-08", "09:00"))
    assert [week.first_on.isoformat() for week in found.weeks] == ["2026-11-23", "2026-11-30"]


def test_no_rule_no_weeks(program: Program) -> None:
    rule = build.a_rule(program)
    draft = week_rule(rule)
    rule.delete()
    found = simulate(program, draft=draft, as_of=moment("2026-12-08", "09:00"))
    assert found.weeks == found.compared == ()
    assert found.before.people == 0


def test_its_statements_do_not_grow_with_the_weeks(program: Program) -> None:
    costs = []
    build.an_enrollment(program)
    for first in ("2026-11-30", "2026-01-01"):
        build.a_rule(program, effective_from=first)
        with CaptureQueriesContext(connection) as queries:
            found = simulate(
                program,
                draft=week_rule(program.rules.order_by("effective_from")[0]),
                as_of=moment("2026-12-08", "09:00"),
            )
        costs.append(len(queries))
    assert len(found.weeks) == WEEKS
    assert len(set(costs)) == 1, costs
