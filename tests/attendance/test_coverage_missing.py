"""Which coming sessions would give people what they are missing."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import product

import pytest

from attendance.coverage.reading import coverage_of
from attendance.coverage.sittings import sittings_of, would_help
from programs.models import Enrollment
from tests import build, build_curriculum

pytestmark = pytest.mark.django_db
SOON, LATER = "2026-11-27", "2026-12-02"


@pytest.fixture
def room():
    """Somebody in a group, and an open group with two lessons coming on Friday."""
    program = build.a_program()
    own, other = build.a_group(program), build.a_group(program)
    module = build.a_module(program)
    sleep = build.a_lesson(module=module, name="Sleep")
    triggers = build.a_lesson(module=module, name="Triggers", is_core=True)
    enrollment = build.an_enrollment(program, planned_discharge_on="2026-12-18")
    build.a_membership(own, enrollment)
    session = build.a_session(other, SOON)
    for lesson in (sleep, triggers):
        build_curriculum.planned(session, lesson)
    return enrollment, own, session, triggers


def _missing(*enrollments):
    """By episode and open session (keys), the names of the lessons that would help, core first."""
    program, keys = enrollments[0].program, [each.pk for each in enrollments]
    people = Enrollment.objects.filter(pk__in=keys)
    covered = coverage_of(program, now=build.NOW, enrollments=people)
    sittings = [each for each in sittings_of(program, now=build.NOW) if each.is_open]
    found: dict[int, dict[int, list]] = defaultdict(lambda: defaultdict(list))
    for person, lesson, sitting in product(covered.people, covered.lessons, sittings):
        cell = covered.cell(person.enrollment_pk, lesson.pk)
        if sitting.lesson_pk == lesson.pk and would_help(cell, person, sitting):
            of_person = found[person.enrollment_pk]
            of_person[sitting.session_pk].append((not lesson.is_core, lesson.name))
    return {
        key: {session: tuple(name for _, name in sorted(names)) for session, names in given.items()}
        for key, given in found.items()
    }


def test_core_first(room):
    enrollment, _, session, _ = room
    assert _missing(enrollment) == {enrollment.pk: {session.pk: ("Triggers", "Sleep")}}


def test_not_what_their_own_session_brings_before(room):
    enrollment, own, session, triggers = room
    build_curriculum.planned(build.a_session(own, build.NOW.date() + timedelta(days=1)), triggers)
    assert _missing(enrollment) == {enrollment.pk: {session.pk: ("Sleep",)}}


def test_what_their_own_session_brings_later(room):
    enrollment, own, session, triggers = room
    build_curriculum.planned(build.a_session(own, LATER), triggers)
    assert _missing(enrollment) == {enrollment.pk: {session.pk: ("Triggers", "Sleep")}}


def test_not_what_is_waived_nor_received(room):
    enrollment, _own, session, triggers = room
    build_curriculum.a_waiver(enrollment, triggers)
    assert _missing(enrollment) == {enrollment.pk: {session.pk: ("Sleep",)}}


def test_not_in_closed_groups(room):
    enrollment, _, session, _ = room
    session.group.format = "closed"
    session.group.save()
    assert _missing(enrollment) == {}


def test_not_after_they_leave(room):
    enrollment, _, _, _ = room
    enrollment.planned_discharge_on = build.on("2026-11-26")
    enrollment.save()
    assert _missing(enrollment) == {}


def test_four_statements_whatever_the_numbers(room, django_assert_num_queries):
    enrollment = room[0]
    others = [build.an_enrollment(enrollment.program) for _ in range(3)]
    with django_assert_num_queries(4):
        found = _missing(enrollment, *others)
    assert set(found) == {each.pk for each in (enrollment, *others)}
