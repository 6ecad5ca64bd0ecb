"""The named sets of rows about the clinic, its programs and its people."""

from __future__ import annotations

import pytest

from accounts.models import User
from programs.models import (
    Closure,
    Enrollment,
    HoursRule,
    Participant,
    Program,
    Role,
    StaffAssignment,
)
from tests import build
from tests.build import NOW, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague() -> User:
    """Works in two programs now, and no longer in a third."""
    user = build.a_user()
    for code in ("evening", "day"):
        build.an_assignment(user, build.a_program(code=code), Role.CLINICIAN)
    former = build.a_program(code="former")
    build.an_assignment(user, former, Role.DIRECTOR, started_at=NOW, ended_at=NOW)
    build.a_program(code="elsewhere")
    return user


def test_programs_are_those_one_works_in_now(colleague: User):
    build.an_assignment(colleague, Program.objects.get(code="day"), Role.BILLING)
    seen = Program.objects.visible_to(colleague)
    assert [program.code for program in seen] == ["day", "evening"]


def test_assignments_are_ones_own_and_current(colleague: User):
    build.an_assignment(build.a_user(), Program.objects.get(code="day"), Role.BILLING)
    seen = StaffAssignment.objects.visible_to(colleague)
    assert {each.program.code for each in seen} == {"day", "evening"}


def test_people_are_seen_through_their_enrollments(colleague: User):
    for program in Program.objects.all():
        build.an_enrollment(program, build.a_participant(first_name=program.code))
    both = build.a_participant(first_name="both")
    build.an_enrollment(
        Program.objects.get(code="day"),
        both,
        discharged_on="2026-11-10",
        discharge_reason="stepped_down",
    )
    build.an_enrollment(Program.objects.get(code="evening"), both, admitted_on="2026-11-11")
    build.a_participant(first_name="not enrolled")
    seen = Participant.objects.visible_to(colleague)
    assert sorted(person.first_name for person in seen) == ["both", "day", "evening"]
    episodes = Enrollment.objects.visible_to(colleague)
    assert {each.program.code for each in episodes} == {"day", "evening"}
    assert episodes.count() == 4


@pytest.mark.parametrize(
    ("day", "covered"),
    [("2026-11-08", 0), ("2026-11-09", 1), ("2026-11-20", 1), ("2026-11-21", 0)],
)
def test_an_enrollment_covers_its_first_and_last_day(day: str, covered: int):
    build.an_enrollment(
        admitted_on="2026-11-09", discharged_on="2026-11-20", discharge_reason="moved"
    )
    assert Enrollment.objects.covering(on(day)).count() == covered


def test_an_open_enrollment_covers_every_later_day():
    build.an_enrollment(admitted_on="2026-11-09")
    assert Enrollment.objects.covering(on("2030-01-01")).count() == 1


@pytest.mark.parametrize(
    ("admitted", "discharged", "touches"),
    [
        ("2026-11-29", None, True),
        ("2026-11-30", None, False),
        ("2026-11-01", "2026-11-23", True),
        ("2026-11-01", "2026-11-22", False),
        ("2026-11-25", "2026-11-25", True),
    ],
)
def test_an_enrollment_touches_a_week(admitted: str, discharged: str | None, touches: bool):
    enrollment = build.an_enrollment(
        admitted_on=admitted,
        discharged_on=discharged,
        discharge_reason="medical" if discharged else "",
    )
    week = enrollment.program.week_of(build.MONDAY)
    assert Enrollment.objects.touching(week).exists() is touches


@pytest.mark.parametrize(
    ("day", "minimum"),
    [("2025-12-31", None), ("2026-01-01", 540), ("2026-06-30", 540), ("2026-07-01", 600)],
)
def test_the_rule_in_effect_is_the_latest_begun(day: str, minimum: int | None):
    program = build.a_program()
    build.a_rule(program, effective_from=on("2026-01-01"), min_minutes_per_week=540)
    build.a_rule(program, effective_from=on("2026-07-01"), min_minutes_per_week=600)
    build.a_rule(build.a_program(), effective_from=on("2025-01-01"), min_minutes_per_week=1)
    rules = HoursRule.objects.in_effect_on(on(day)).filter(program=program)
    assert [rule.min_minutes_per_week for rule in rules] == ([minimum] if minimum else [])


def test_closures_of_a_program_are_its_own_and_its_sites():
    program = build.a_program()
    build.a_closure(program, reason="own")
    build.a_closure(site=program.site, reason="site")
    build.a_closure(build.a_program(program.site), reason="next door")
    build.a_closure(site=build.a_site(), reason="elsewhere")
    closures = Closure.objects.of_program(program)
    assert sorted(each.reason for each in closures) == ["own", "site"]


@pytest.mark.parametrize(
    ("first", "last", "touches"),
    [
        ("2026-11-20", "2026-11-24", False),
        ("2026-11-20", "2026-11-25", True),
        ("2026-11-26", "2026-11-30", True),
        ("2026-11-27", "2026-11-30", False),
    ],
)
def test_closures_touch_dates(first: str, last: str, touches: bool):
    build.a_closure(first_on="2026-11-25", last_on="2026-11-26")
    assert Closure.objects.touching(on(first), on(last)).exists() is touches
