"""The sums of many weeks against one week read with its sessions, and against the oracle."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import event, given, settings
from hypothesis import strategies as st

from groups.models import GroupSession
from hours.facts import WeekRule
from hours.program_week import program_week
from hours.sums.asked import Asked, asked_weeks
from hours.sums.reading import week_sums
from hours.sums.week_sums import WeekSums
from hours.verdicts import Flag, Verdict
from hours.weekly_hours import WeeklyHours, weekly_hours_of
from programs.models import Program
from tests import build
from tests.build import MONDAY, NOW
from tests.hours.drawn_clinic import DrawnClinic, clinics
from tests.hours.oracle import expected_rows
from tests.hours.storing import store
from tests.hours.test_weekly_hours_property import EXAMPLES

pytestmark = pytest.mark.django_db

SAID = ("tag", "required", "offered", "attended", "unrecorded", "remaining", "possible", "slack")


def rows_one_by_one(asked: list[Asked], clinic: DrawnClinic) -> list[tuple[Asked, WeeklyHours]]:
    """Return the rows that each week has when it is read alone, with its sessions."""
    found = []
    for each in asked:
        program = Program.objects.get(pk=each.program_key)
        facts = program_week(program, week=each.week, as_of=clinic.as_of, rule=each.rule)
        assert facts is not None
        found += [(each, weekly_hours_of(person, facts)) for person in facts.people]
    return found


def sums_of(each: Asked, row: WeeklyHours, clinic: DrawnClinic) -> WeekSums:
    as_of = clinic.as_of
    waiting = [line.ends_at for line in row.person.lines if line.unrecorded(as_of)]
    return WeekSums(
        asked=each,
        as_of=as_of,
        enrollment_key=row.person.enrollment_key,
        enrollment_id=row.person.enrollment_id,
        admitted_on=row.admitted_on,
        tag=row.tag,
        required=row.required,
        amounts=row.amounts,
        days=row.days,
        unrecorded_since=min(waiting, default=None),
    )


def in_order(sums: list[WeekSums]) -> list[WeekSums]:
    return sorted(sums, key=lambda each: (each.week_on, repr(each.asked), each.enrollment_key))


def other_rule(draw: Any, rule: WeekRule) -> WeekRule:
    return replace(
        rule,
        min_minutes_per_week=draw(st.integers(0, 400)),
        min_minutes_per_day=draw(st.integers(0, 100)),
        count=draw(st.sampled_from(["net_minutes", "scheduled_span", "clinical_hours"])),
        counts=draw(st.sampled_from([None, ("process",), ("skills", "family")])),
    )


@settings(max_examples=EXAMPLES)
@given(clinic=clinics(), data=st.data())
def test_many_weeks_say_what_each_says_alone(clinic: DrawnClinic, data: st.DataObject) -> None:
    """Three weeks of two programs, and one of them once more under a rule that is tried."""
    with transaction.atomic():
        program, _ = store(clinic)
        other = Program.objects.exclude(pk=program.pk).get()
        build.a_rule(other, effective_from=clinic.first)
        week = program.week_of(clinic.first)
        weeks = [week.moved(-1), week, week.moved(1)]
        asked = asked_weeks([(each, week) for each in (program, other) for week in weeks])
        asked += [each.under(other_rule(data.draw, each.rule)) for each in asked[:1]]
        rows = rows_one_by_one(asked, clinic)
        found = week_sums(asked, as_of=clinic.as_of)
        troubled = week_sums(asked, as_of=clinic.as_of, only_troubled=True)
        transaction.set_rollback(True)
    event(f"{len(found)} rows")
    assert in_order(found) == in_order([sums_of(each, row, clinic) for each, row in rows])
    assert [
        (each.verdict(row.makeup), each.flags(each.verdict(row.makeup)))
        for each, row in pairs(found, rows)
    ] == [(row.verdict, row.flags) for _, row in pairs(found, rows)]
    assert in_order(troubled) == [each for each in in_order(found) if each in troubled]
    assert [each for each in found if is_in_trouble(each) and each not in troubled] == []


def pairs(found: list[WeekSums], rows: list[tuple[Asked, WeeklyHours]]) -> list:
    by_key = {(id(each), row.person.enrollment_key): row for each, row in rows}
    return [(each, by_key[id(each.asked), each.enrollment_key]) for each in found]


def is_in_trouble(sums: WeekSums) -> bool:
    well = {Verdict.MET, Verdict.ON_TRACK, Verdict.EXEMPT}
    verdict = sums.verdict()
    flags = set(sums.flags(verdict)) - {Flag.TIGHT}
    return verdict not in well or bool(flags)


@settings(max_examples=EXAMPLES)
@given(clinic=clinics())
def test_sums_equal_the_oracle(clinic: DrawnClinic) -> None:
    with transaction.atomic():
        program, enrollments = store(clinic)
        numbers = {enrollment.pk: key for key, enrollment in enrollments.items()}
        asked = asked_weeks([(program, program.week_of(clinic.first))])
        found = {
            numbers[each.enrollment_key]: {
                "tag": each.tag,
                "required": each.required,
                "offered": each.amounts.offered,
                "attended": each.amounts.attended,
                "unrecorded": each.amounts.unrecorded,
                "remaining": each.amounts.remaining,
                "possible": each.possible,
                "slack": each.possible - each.required,
                "qualifying_days": each.days.qualifying,
            }
            for each in week_sums(asked, as_of=clinic.as_of)
        }
        transaction.set_rollback(True)
    expected = expected_rows(clinic)
    assert found == {
        key: {name: row[name] for name in (*SAID, "qualifying_days")}
        for key, row in expected.items()
    }


@pytest.mark.parametrize("programs", [1, 12])
def test_one_statement_however_much_is_asked(programs: int) -> None:
    pairs = []
    for _ in range(programs):
        program = build.a_program()
        build.a_rule(program)
        group = build.a_group(program)
        sessions = [build.a_session(group, MONDAY), build.a_session(group, "2026-11-17")]
        for session in sessions:
            enrollment = build.an_enrollment(program)
            build.a_membership(group, enrollment)
            build.a_record(session, enrollment.participant, "09:00-12:00")
        week = program.week_of(MONDAY)
        pairs += [(program, week.moved(-1)), (program, week)]
    asked = asked_weeks(pairs)
    with CaptureQueriesContext(connection) as queries:
        found = week_sums(asked, as_of=NOW)
    assert len(queries) == 1
    assert [each.asked for each in found] == [each for each in asked for _ in range(2)]
    assert {(each.amounts.offered, each.amounts.attended, each.possible) for each in found} == {
        (180, 180, 180),
        (180, 0, 180),
    }


def test_nothing_asked_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert week_sums([], as_of=NOW) == []
    assert len(queries) == 0


def test_a_cancelled_session_is_no_closure(program: Program) -> None:
    build.a_rule(program)
    build.an_enrollment(program)
    GroupSession.objects.filter(pk=build.a_session(build.a_group(program)).pk).update(
        status="cancelled", cancelled_reason="Ill"
    )
    (sums,) = week_sums(asked_weeks([(program, program.week_of(MONDAY))]), as_of=NOW)
    assert (sums.tag, sums.amounts.offered) == ("full", 0)
