"""Whom a lesson in a coming session serves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attendance.proposing.serves import serves
from groups.models import GroupSession, SessionLesson
from groups.roster import expected_at
from programs.weeks import local_date
from tests import build, build_curriculum

pytestmark = pytest.mark.django_db
DAYS = ["2026-11-26", "2026-11-30", "2026-12-03"]


@pytest.fixture
def group(program):
    return build.a_group(program)


@pytest.fixture
def sessions(group):
    return [build.a_session(group, day) for day in DAYS]


@pytest.fixture
def lesson(program):
    return build.a_lesson(program)


def counts(program, sessions, lesson):
    found = serves(program, sessions, now=build.NOW)
    return [found.get((session.pk, lesson.pk), 0) for session in sessions]


def test_everybody_expected_until_an_earlier_session_gives_it(program, group, sessions, lesson):
    for _ in range(2):
        build.a_membership(group, build.an_enrollment(program))
    assert counts(program, sessions, lesson) == [2, 2, 2]
    build_curriculum.planned(sessions[1], lesson)
    assert counts(program, sessions, lesson) == [2, 2, 0]


def test_a_session_of_the_same_day_comes_before_a_later_one(program, group, sessions, lesson):
    enrollment = build.an_enrollment(program)
    build.a_membership(group, enrollment)
    morning = build.a_session(group, DAYS[1], "07:00", "08:00")
    build_curriculum.planned(morning, lesson)
    assert counts(program, sessions, lesson) == [1, 0, 0]


def test_not_who_received_it_need_not_hear_it_is_away_or_gone(program, group, sessions, lesson):
    received, waived, away, gone = (
        build.an_enrollment(program, planned_discharge_on=last)
        for last in (None, None, None, "2026-11-29")
    )
    for each in (received, waived, away, gone):
        build.a_membership(group, each)
    past = build.a_session(group, "2026-11-16")
    build_curriculum.taught(past, lesson)
    build.a_record(past, received.participant, "09:00-12:00")
    build_curriculum.a_waiver(waived, lesson)
    build.a_leave(away.participant, DAYS[0], DAYS[1])
    assert counts(program, sessions, lesson) == [1, 0, 1]


def test_guests_count(program, group, sessions, lesson):
    build.a_make_up_seat(sessions[2], build.an_enrollment(program))
    assert counts(program, sessions, lesson) == [0, 0, 1]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_it_counts_as_an_oracle_does(clinic, data):
    """Draws stays, plans and waivers; counts again person by person from the roster."""
    program = build.a_program()
    groups = [build.a_group(program) for _ in range(2)]
    lesson = build.a_lesson(program)
    today = local_date(build.NOW, program.zone)
    sessions = []
    for number in range(5):
        day = today + timedelta(days=1 + number)
        hour = data.draw(st.integers(8, 15))
        group = data.draw(st.sampled_from(groups))
        sessions.append(build.a_session(group, day, f"{hour:02}:00", f"{hour + 1:02}:00"))
        if data.draw(st.booleans()):
            build_curriculum.planned(sessions[-1], lesson)
    waived = set()
    for _ in range(3):
        last = data.draw(st.none() | st.integers(0, 6))
        until = None if last is None else today + timedelta(days=last)
        enrollment = build.an_enrollment(program, planned_discharge_on=until)
        for group in data.draw(st.lists(st.sampled_from(groups), unique=True)):
            build.a_membership(group, enrollment)
        if not data.draw(st.integers(0, 3)):
            build_curriculum.a_waiver(enrollment, lesson)
            waived.add(enrollment.pk)
    expected = [_oracle(session, sessions, lesson, waived) for session in sessions]
    assert counts(program, sessions, lesson) == expected


def _oracle(session, sessions, lesson, waived) -> int:
    planning = set(SessionLesson.objects.filter(lesson=lesson).values_list("session", flat=True))
    earlier = [
        each for each in sessions if each.starts_at < session.starts_at and each.pk in planning
    ]
    return len(_here(session) - waived - {key for each in earlier for key in _here(each)})


def _here(session: GroupSession) -> set[int]:
    return {
        each.pk
        for each in expected_at(session)
        if each.planned_discharge_on is None or session.held_on <= each.planned_discharge_on
    }


@pytest.mark.parametrize("people", [1, 4])
def test_five_statements(program, group, sessions, lesson, people, django_assert_num_queries):
    for _ in range(people):
        build.a_membership(group, build.an_enrollment(program))
    build_curriculum.planned(sessions[1], lesson)
    with django_assert_num_queries(5):
        serves(program, sessions, now=build.NOW)
