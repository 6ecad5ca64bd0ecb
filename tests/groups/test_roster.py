"""The roster says of each session what the weekly hours say of each person."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from groups.models import GroupSession
from groups.roster import expected_at, with_expected_count
from hours.program_week import program_week
from programs.models import Program
from tests import build
from tests.hours.drawn_clinic import DrawnClinic, clinics
from tests.hours.storing import store


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(clinic=clinics())
def test_the_roster_and_the_weekly_hours_expect_the_same(clinic: DrawnClinic) -> None:
    with transaction.atomic():
        program, _ = store(clinic)
        program.rules.update(counts=None)
        week = program.week_of(clinic.first)
        facts = program_week(program, week=week, as_of=clinic.as_of)
        sessions = GroupSession.objects.filter(group__program=program).in_week(week)
        roster = {
            (session.public_id, enrollment.pk)
            for session in sessions
            for enrollment in expected_at(session).filter(program=program)
        }
        counts = {
            session.pk: (session.expected, expected_at(session).count())
            for session in with_expected_count(sessions.filter(status="scheduled"))
        }
        transaction.set_rollback(True)
    assert all(one == other for one, other in counts.values())
    if facts:
        assert roster == {
            (line.session_id, person.enrollment_key)
            for person in facts.people
            for line in person.lines
            if line.is_expected
        }


@pytest.mark.django_db
def test_a_guest_is_told_from_a_member_and_counts_are_one_statement(program: Program) -> None:
    group = build.a_group(program)
    session, other = build.a_session(group), build.a_session(group, "2026-11-24")
    build.a_membership(group)
    build.a_make_up_seat(session, build.an_enrollment(program))
    assert Counter(each.is_guest for each in expected_at(session)) == {True: 1, False: 1}
    with CaptureQueriesContext(connection) as queries:
        counts = {each: each.expected for each in with_expected_count(GroupSession.objects.all())}
    assert counts == {session: 2, other: 1}
    assert len(queries) == 1
