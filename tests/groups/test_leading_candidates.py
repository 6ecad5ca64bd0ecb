"""Who could lead a session: who is asked, in which order, and what is said of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from groups.leading.candidate_words import CandidateLine, candidate_lines
from groups.leading.candidates import Candidate, candidates_for
from groups.models import GroupSession
from programs.access import access_of
from programs.models import Program, Role
from tests import build, build_staff
from tests.build import MONDAY

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def session(program: Program) -> GroupSession:
    """A Monday morning of a kind for which the program asks for an LCSW or LPC."""
    rule = build.a_schedule_rule(program)
    for credential in ("LCSW", "LPC"):
        build_staff.a_required_credential(rule, credential, "process")
    build_staff.a_required_credential(rule, "RN", "skills")
    group = build.a_group(program, name="Process A", kind="process")
    return build.a_session(group, MONDAY, "09:00", "11:00")


@pytest.fixture
def licensed(program: Program) -> Callable[..., User]:
    """Return a function that makes a facilitator of the program with an LPC license."""

    def make(name: str, **fields: object) -> User:
        user = build.a_colleague(program, Role.FACILITATOR, name=name)
        build_staff.a_license(user, **fields)
        return user

    return make


def names(found: list[Candidate]) -> list[str]:
    return [each.user.name for each in found]


def said_of(session: GroupSession, reader: User) -> dict[str, CandidateLine]:
    lines = candidate_lines(candidates_for(session), session, access_of(reader))
    return {line.name: line for line in lines}


def test_who_is_asked(session: GroupSession, program: Program):
    for role in Role:
        build.a_colleague(program, role, name=role.value)
    build.a_colleague(program, Role.CLINICIAN, Role.DIRECTOR, name="twice")
    build.a_colleague(build.a_program(), Role.CLINICIAN, name="elsewhere")
    build.a_colleague(program, Role.CLINICIAN, name="may not sign in", is_active=False)
    left = build.a_colleague(program, Role.FACILITATOR, name="left")
    left.assignments.update(ended_at=left.assignments.get().started_at)
    leads = build.a_colleague(program, Role.FACILITATOR, name="leads it")
    found = candidates_for(session, besides=[leads.pk])
    assert sorted(names(found)) == ["clinician", "director", "facilitator", "twice"]


def test_free_then_credentialed_then_fewest_hours(
    session: GroupSession, program: Program, licensed: Callable[..., User]
):
    other = build.a_group(program)
    rested, tired = licensed("Rested"), licensed("Tired")
    build.a_session(other, MONDAY + timedelta(days=1), "09:00", "10:00", facilitators=[rested])
    build.a_session(other, MONDAY + timedelta(days=2), "09:00", "12:00", facilitators=[tired])
    build.a_colleague(program, Role.CLINICIAN, name="Unlicensed")
    away = licensed("Away")
    build_staff.a_staff_leave(away, MONDAY, MONDAY)
    busy = licensed("Busy")
    build.a_session(other, MONDAY, "10:59", "12:00", facilitators=[busy])
    assert names(candidates_for(session)) == ["Rested", "Tired", "Unlicensed", "Away", "Busy"]


@pytest.mark.parametrize(
    ("starts", "ends", "is_free"),
    [
        ("08:00", "09:00", True),
        ("08:00", "09:01", False),
        ("11:00", "12:00", True),
        ("10:59", "12:00", False),
        ("09:30", "10:00", False),
        ("08:00", "12:00", False),
    ],
)
def test_both_ends_of_busy(
    session: GroupSession, licensed: Callable[..., User], starts: str, ends: str, is_free: bool
):
    build.a_session(None, MONDAY, starts, ends, facilitators=[licensed("Fay")])
    (found,) = candidates_for(session)
    assert found.is_free is is_free


def test_a_cancelled_session_or_one_led_before_keeps_nobody_busy(
    session: GroupSession, licensed: Callable[..., User]
):
    user = licensed("Fay")
    build.a_session(None, MONDAY, status="cancelled", facilitators=[user])
    build.a_facilitation(build.a_session(None, MONDAY), user, is_former=True)
    build.a_facilitation(session, user, is_former=True)
    (found,) = candidates_for(session)
    assert (found.is_free, found.minutes) == (True, 0)


@pytest.mark.parametrize(
    ("first", "last", "is_free"),
    [(-3, -1, True), (-3, 0, False), (0, 0, False), (1, None, True), (-3, None, False)],
)
def test_both_ends_of_leave(
    session: GroupSession,
    licensed: Callable[..., User],
    first: int,
    last: int | None,
    is_free: bool,
):
    ends = None if last is None else MONDAY + timedelta(days=last)
    build_staff.a_staff_leave(licensed("Fay"), MONDAY + timedelta(days=first), ends)
    (found,) = candidates_for(session)
    assert found.is_free is is_free


@pytest.mark.parametrize(
    ("starts", "ends", "weekday", "is_free"),
    [
        ("09:00", "11:00", 0, True),
        ("09:01", "11:00", 0, False),
        ("09:00", "10:59", 0, False),
        ("00:00", "23:59", 1, False),
    ],
)
def test_both_ends_of_hours(
    session: GroupSession,
    licensed: Callable[..., User],
    starts: str,
    ends: str,
    weekday: int,
    is_free: bool,
):
    build_staff.an_availability(licensed("Fay"), starts, ends, weekday=weekday)
    (found,) = candidates_for(session)
    assert found.is_free is is_free


@pytest.mark.parametrize(
    ("fields", "is_credentialed"),
    [
        ({}, True),
        ({"credential": "lcsw"}, True),
        ({"credential": "RN"}, False),
        ({"expires_on": "2026-11-23"}, True),
        ({"expires_on": "2026-11-22"}, False),
        ({"first_on": "2026-11-23"}, True),
        ({"first_on": "2026-11-24"}, False),
    ],
)
def test_credentialed_on_the_date(
    session: GroupSession, licensed: Callable[..., User], fields: dict, is_credentialed: bool
):
    licensed("Fay", **fields)
    (found,) = candidates_for(session)
    assert found.is_credentialed is is_credentialed


def test_anybody_is_where_nothing_is_asked(program: Program):
    build.a_colleague(program, Role.FACILITATOR, name="Fay")
    session = build.a_session(build.a_group(program, kind="family"))
    (found,) = candidates_for(session)
    assert found.is_credentialed


def test_hours_of_the_week_in_all_programs(
    session: GroupSession, licensed: Callable[..., User], program: Program
):
    user = licensed("Fay")
    there = build.a_group(build.a_program())
    for day, ends in (("2026-11-22", "10:00"), ("2026-11-29", "10:30"), ("2026-11-30", "12:00")):
        build.a_session(there, day, "09:00", ends, facilitators=[user])
    (found,) = candidates_for(session)
    assert found.minutes == 90


def test_what_is_said(session: GroupSession, licensed: Callable[..., User], clinician: User):
    build_staff.a_staff_leave(licensed("Away"), MONDAY, "2026-12-04", reason="Surgery")
    build_staff.an_availability(licensed("Evenings"), "16:00", "20:00")
    licensed("Expired", expires_on="2026-11-20")
    licensed("Nurse", credential="RN")
    said = said_of(session, clinician)
    assert said["Away"].free.label == "On leave until Dec 4"
    assert "Surgery" not in str(said["Away"])
    assert said["Evenings"].free.label == "Outside their hours"
    assert said["Expired"].free.label == "Free"
    assert said["Expired"].credential.label == "LPC expired Nov 20"
    assert said["Nurse"].credential.label == "No LCSW / LPC"
    assert said["Nurse"].week == f"0{SPACE}h led that week"
    assert said["Nurse"].label == "Nurse"
    assert said["Away"].label == "Away · On leave until Dec 4"


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (None, "busy 10:00 AM to 12:00 PM"),
        (Role.FACILITATOR, "busy 10:00 AM to 12:00 PM"),
        (Role.CLINICIAN, "leads Trauma core, 10:00 AM to 12:00 PM"),
    ],
)
def test_another_programs_session_is_told_to_who_may_read_it(
    session: GroupSession,
    licensed: Callable[..., User],
    clinician: User,
    role: Role | None,
    words: str,
):
    there = build.a_group(build.a_program(), name="Trauma core")
    build.a_session(there, MONDAY, "10:00", "12:00", facilitators=[licensed("Fay")])
    if role:
        build.an_assignment(clinician, there.program, role)
    line = said_of(session, clinician)["Fay"]
    assert (line.free.label, line.why) == ("Busy", words)


def test_a_fixed_number_of_statements(
    session: GroupSession, licensed: Callable[..., User], program: Program
):
    def cost() -> int:
        fresh = GroupSession.objects.select_related("group__program__site").get(pk=session.pk)
        with CaptureQueriesContext(connection) as queries:
            candidates_for(fresh)
        return len(queries)

    licensed("Fay")
    few = cost()
    for number in range(6):
        user = licensed(f"Colleague {number}")
        build_staff.a_staff_leave(user)
        build_staff.an_availability(user)
        group = build.a_group(build.a_program())
        for day in range(5):
            build.a_session(group, MONDAY + timedelta(days=day), facilitators=[user])
    assert cost() == few
    assert few <= 9
