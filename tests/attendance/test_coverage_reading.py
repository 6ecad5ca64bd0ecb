"""Coverage as it is read: every state, and what it hangs on."""

from __future__ import annotations

import pytest

from attendance.coverage.cells import State
from attendance.coverage.reading import coverage_of
from curriculum.models import Lesson
from programs.models import Enrollment
from tests import build, build_curriculum

pytestmark = pytest.mark.django_db
PAST, COMING = "2026-11-23", "2026-11-30"


@pytest.fixture
def room():
    """A program with a group, a lesson, and somebody in the group."""
    program = build.a_program()
    group = build.a_group(program)
    lesson = build.a_lesson(program, minutes=60, is_core=True)
    enrollment = build.an_enrollment(program, planned_discharge_on="2026-12-18")
    build.a_membership(group, enrollment)
    return program, group, lesson, enrollment


def _cell(enrollment: Enrollment, lesson: Lesson, now=build.NOW):
    return coverage_of(enrollment.program, now=now).cell(enrollment.pk, lesson.pk)


def test_never_offered(room):
    _, _, lesson, enrollment = room
    assert _cell(enrollment, lesson).state is State.NOT_OFFERED


def test_received(room):
    _, group, lesson, enrollment = room
    session = build.a_session(group, PAST, breaks="10:00-10:15")
    build_curriculum.taught(session, lesson, "09:30", "10:30")
    build.a_record(session, enrollment.participant, "09:40-12:00")
    cell = _cell(enrollment, lesson)
    assert cell.state is State.RECEIVED
    assert cell.received_on == build.on(PAST)


def test_missed_then_coming(room):
    _, group, lesson, enrollment = room
    session = build.a_session(group, PAST)
    build_curriculum.taught(session, lesson, "09:30", "10:30")
    build.a_record(session, enrollment.participant, "09:46-12:00")
    assert _cell(enrollment, lesson).state is State.MISSED
    later = build.a_session(group, COMING)
    build_curriculum.planned(later, lesson)
    cell = _cell(enrollment, lesson)
    assert (cell.state, cell.missed_on, cell.coming_on, cell.coming_id) == (
        State.COMING,
        build.on(PAST),
        build.on(COMING),
        later.public_id,
    )


def test_absent_is_missed(room):
    _, group, lesson, enrollment = room
    session = build.a_session(group, PAST)
    build_curriculum.taught(session, lesson, "09:30", "10:30")
    build.a_record(session, enrollment.participant, absence="excused")
    assert _cell(enrollment, lesson).state is State.MISSED


def test_open_stretch_counts_until_now(room):
    _, group, lesson, enrollment = room
    session = build.a_session(group, PAST)
    build_curriculum.taught(session, lesson, "09:00", "10:00")
    build.a_record(session, enrollment.participant, "09:00-")
    assert _cell(enrollment, lesson, build.moment(PAST, "09:44")).state is State.MISSED
    assert _cell(enrollment, lesson, build.moment(PAST, "09:45")).state is State.RECEIVED


def test_the_share_of_the_date(room):
    program, group, lesson, enrollment = room
    session = build.a_session(group, PAST)
    build_curriculum.taught(session, lesson, "09:00", "10:00")
    build.a_record(session, enrollment.participant, "09:00-09:45")
    build_curriculum.a_curriculum_rule(program, effective_from="2026-11-24", received_percent=100)
    assert _cell(enrollment, lesson).state is State.RECEIVED
    build_curriculum.a_curriculum_rule(program, effective_from=PAST, received_percent=76)
    assert _cell(enrollment, lesson).state is State.MISSED


def test_three_statements_whatever_the_numbers(room, django_assert_num_queries):
    program, group, lesson, _enrollment = room
    for _ in range(3):
        build.a_membership(group, build.an_enrollment(program))
        build_curriculum.planned(build.a_session(group, COMING, f"1{_}:00", f"1{_}:50"), lesson)
    with django_assert_num_queries(3):
        covered = coverage_of(program, now=build.NOW)
    assert len(covered.people) == 4
    assert {cell.state for cell in covered.cells.values()} == {State.COMING}


def test_people_and_lessons_of_today(room):
    program, _, lesson, enrollment = room
    build.an_enrollment(program, admitted_on="2026-12-01")
    build.an_enrollment(program, discharged_on="2026-11-24", discharge_reason="completed")
    build.a_lesson(program, retired_at=build.NOW)
    covered = coverage_of(program, now=build.NOW)
    assert [person.enrollment_pk for person in covered.people] == [enrollment.pk]
    assert [column.pk for column in covered.lessons] == [lesson.pk]
    assert covered.people[0].until == build.on("2026-12-18")


def test_nobody_and_nothing(django_assert_num_queries):
    assert coverage_of(build.a_program(), now=build.NOW).cells == {}
