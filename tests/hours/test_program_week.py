"""Reading a program's week: few statements, the right rule, the people in order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hours.program_week import program_week, weekly_hours
from programs.models import Program
from tests import build
from tests.build import MONDAY, NOW

pytestmark = pytest.mark.django_db


def a_full_week(program: Program, people: int) -> None:
    """Sessions on five days, one open group besides, and everyone in the first."""
    core, other = build.a_group(program, capacity=300), build.a_group(program, capacity=300)
    sessions = [build.a_session(core, MONDAY + timedelta(days=day)) for day in range(5)]
    for day in range(5):
        build.a_session(other, MONDAY + timedelta(days=day), "13:00", "15:00")
    for _ in range(people):
        enrollment = build.an_enrollment(program)
        build.a_membership(core, enrollment)
        build.a_record(sessions[0], enrollment.participant, "09:00-10:00", "10:30-12:00")


@pytest.mark.parametrize("people", [1, 20])
def test_three_statements_however_many_people(program: Program, people: int) -> None:
    build.a_rule(program)
    a_full_week(program, people)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        rows = weekly_hours(program, week=program.week_of(MONDAY), as_of=NOW)
    assert len(rows) == people
    assert len(queries) == 3
    assert {(row.attended, row.offered, row.makeup) for row in rows} == {(150, 900, 360)}


def test_a_week_that_no_rule_covers_has_no_rows(program: Program) -> None:
    build.a_rule(program, effective_from=MONDAY + timedelta(days=1))
    a_full_week(program, 1)
    assert program_week(program, week=program.week_of(MONDAY), as_of=NOW) is None
    assert weekly_hours(program, week=program.week_of(MONDAY), as_of=NOW) == []


def test_the_rule_is_the_one_of_the_weeks_first_date(program: Program) -> None:
    build.a_rule(program, min_minutes_per_week=100)
    build.a_rule(program, min_minutes_per_week=200, effective_from=MONDAY)
    build.a_rule(program, min_minutes_per_week=300, effective_from=MONDAY + timedelta(days=1))
    facts = program_week(program, week=program.week_of(MONDAY), as_of=NOW)
    assert facts is not None
    assert facts.rule.min_minutes_per_week == 200


def test_people_come_by_chart_number_and_admission(program: Program) -> None:
    build.a_rule(program)
    for chart, admitted in [("B", "2026-11-02"), ("A", "2026-11-03")]:
        person = build.a_participant(chart_number=chart)
        build.an_enrollment(
            program,
            person,
            admitted_on=admitted,
            discharged_on="2026-11-23",
            discharge_reason="completed",
        )
        build.an_enrollment(program, person, admitted_on="2026-11-24")
    rows = weekly_hours(program, week=program.week_of(MONDAY), as_of=NOW)
    assert [(row.chart_number, row.admitted_on) for row in rows] == [
        ("A", date(2026, 11, 3)),
        ("A", date(2026, 11, 24)),
        ("B", date(2026, 11, 2)),
        ("B", date(2026, 11, 24)),
    ]


def test_seconds_of_as_of_are_cut_off(program: Program) -> None:
    build.a_rule(program)
    facts = program_week(
        program, week=program.week_of(MONDAY), as_of=NOW + timedelta(seconds=59, microseconds=9)
    )
    assert facts is not None
    assert facts.as_of == NOW
