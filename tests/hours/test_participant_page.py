"""One participant: who may know what, this week and the weeks before, and what is on record."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from hours.people.weeks import weeks_of
from hours.program_week import current_week, program_week
from programs.models import Enrollment, Program, Role
from programs.weeks import local_date
from tests import build

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def enrollment(program: Program) -> Enrollment:
    build.a_rule(program, effective_from="2020-01-01")
    person = build.a_participant(
        first_name="Amara",
        last_name="Okoye",
        chart_number="C-77",
        birth_date="1990-03-09",
        phone="+14025550142",
        email="amara@example.org",
    )
    return build.an_enrollment(program, person, admitted_on="2020-01-01", admission="step_down")


@pytest.fixture
def url(program: Program, enrollment: Enrollment) -> str:
    return f"/people/{program.public_id}/{enrollment.participant.public_id}/"


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_front_desk_reads_everything_on_record(
    client_of: ClientOf, administrator: User, enrollment: Enrollment, url: str, today: date
) -> None:
    build.an_order(enrollment, 600)
    build.a_leave(enrollment.participant, "2026-07-01", "2026-07-03", reason="a private matter")
    build.a_consent(enrollment.participant)
    group = build.a_group(enrollment.program, name="Evening core")
    build.a_pattern(group, "17:30", "20:30")
    build.a_membership(group, enrollment)
    page = text(client_of(administrator), url)
    assert "<title>Participant · Prairie Clinic</title>" in page
    for said in ("Amara O.", "Amara Okoye", "C-77", "Mar 9, 1990", "(402) 555-0142"):
        assert said in page
    assert f"10{SPACE}h a week" in page
    assert "stepped down" in page
    assert "Jul 1, 2026 to Jul 3, 2026" in page
    assert "private matter" not in page
    assert "Evening core" in page
    assert "Monday, 5:30 PM to 8:30 PM" in page
    assert "In force" in page
    assert "no agreement on record" in page


def test_name_only_is_a_name_only(client_of: ClientOf, billing: User, url: str) -> None:
    page = text(client_of(billing), url)
    assert "Amara O." in page
    for hidden in ("Okoye", "C-77", "1990", "555-0142", "amara@example.org", "Leave"):
        assert hidden not in page


def test_weeks_marks_and_why(
    client_of: ClientOf, clinician: User, enrollment: Enrollment, url: str, today: date
) -> None:
    program, person = enrollment.program, enrollment.participant
    group = build.a_group(program, name="Core")
    build.a_membership(group, enrollment)
    this, last = program.week_of(today), program.week_of(today).moved(-1)
    late, away = build.a_session(group, last.first_on), build.a_session(group, last.dates[1])
    build.a_record(late, person, "09:30-12:00")
    build.a_record(away, person, absence="excused")
    build.a_session(group, this.last_on, "23:00", "23:59")
    page = text(client_of(clinician), url)
    assert f"2{SPACE}h{SPACE}30{SPACE}min" in page
    assert "Not met" in page
    assert "0 of 11 weeks met" in page
    assert "there in 1 of 2 recorded sessions" in page
    assert "L late" in page
    assert "E excused" in page
    assert "○ to come" in page
    assert "Sessions of Amara O. this week" in page
    assert "Example rule 1.2" in page


def test_reading_leaves_a_trace(
    client_of: ClientOf, clinician: User, enrollment: Enrollment, url: str
) -> None:
    text(client_of(clinician), url)
    event = AuditEvent.objects.get()
    assert (event.verb, event.by) == ("participant.read", clinician)
    assert event.participant_id == enrollment.participant.public_id
    assert event.program_id == enrollment.program.public_id
    assert event.detail == {}


def test_what_cannot_be_noted_is_not_shown(
    client_of: ClientOf, clinician: User, url: str, audit_fails: None
) -> None:
    client = client_of(clinician)
    client.raise_request_exception = False
    assert client.get(url).status_code == 500


def test_whom_one_may_not_know_is_not_found(
    client_of: ClientOf,
    program: Program,
    facilitator: User,
    stranger: User,
    director: User,
    url: str,
) -> None:
    elsewhere = build.an_enrollment().participant
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(facilitator).get(url).status_code == 404
    for unknown in (elsewhere.public_id, uuid.uuid4()):
        path = f"/people/{program.public_id}/{unknown}/"
        assert client_of(director).get(path).status_code == 404
    assert Client().get(url).status_code == 302
    assert client_of(director).post(url).status_code == 405
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {"request.refused"}


@pytest.mark.parametrize(("days", "status"), [(0, 200), (21, 200), (50, 404)])
def test_a_facilitator_sees_the_people_of_their_sessions(
    client_of: ClientOf,
    facilitator: User,
    enrollment: Enrollment,
    url: str,
    today: date,
    days: int,
    status: int,
) -> None:
    group = build.a_group(enrollment.program)
    build.a_membership(group, enrollment)
    build.a_session(group, today - timedelta(days=days), facilitators=[facilitator])
    answer = client_of(facilitator).get(url)
    assert answer.status_code == status
    assert "C-77" not in answer.content.decode()


def test_who_starts_later_is_said_to(
    client_of: ClientOf, administrator: User, program: Program, today: date
) -> None:
    build.a_rule(program, effective_from="2020-01-01")
    coming = build.an_enrollment(program, admitted_on=today + timedelta(days=14))
    url = f"/people/{program.public_id}/{coming.participant.public_id}/"
    page = text(client_of(administrator), url)
    assert "Weekly hours begin with that week." in page
    assert "No week has been judged yet." in page


def test_who_is_discharged_is_said_to(
    client_of: ClientOf, administrator: User, enrollment: Enrollment, url: str
) -> None:
    enrollment.discharged_on, enrollment.discharge_reason = date(2020, 5, 1), "completed"
    enrollment.save()
    page = text(client_of(administrator), url)
    assert "Not enrolled now." in page
    assert "Discharged" in page


def test_without_a_rule_it_says_so(
    client_of: ClientOf, administrator: User, program: Program
) -> None:
    person = build.an_enrollment(program, admitted_on="2020-01-01").participant
    page = text(client_of(administrator), f"/people/{program.public_id}/{person.public_id}/")
    assert "No rule covers this week." in page


@pytest.mark.parametrize("sessions", [1, 20])
def test_the_queries_do_not_grow(
    client_of: ClientOf,
    administrator: User,
    enrollment: Enrollment,
    url: str,
    today: date,
    sessions: int,
) -> None:
    for number in range(sessions):
        group = build.a_group(enrollment.program)
        build.a_pattern(group)
        build.a_membership(group, enrollment)
        session = build.a_session(group, today - timedelta(days=2 * number + 1))
        build.a_record(session, enrollment.participant, "09:00-10:00") if number < 1 else None
    build.a_leave(enrollment.participant, "2026-07-01", "2026-07-03")
    client = client_of(administrator)
    with CaptureQueriesContext(connection) as queries:
        text(client, url)
    assert len(queries) <= 22


def test_one_persons_weeks_say_what_each_week_says(enrollment: Enrollment, today: date) -> None:
    """Also where the rule changed between them, and somebody else is in the program."""
    program = enrollment.program
    now: datetime = timezone.now()
    weeks = [current_week(program, now).moved(-back) for back in (3, 2, 1)]
    build.a_rule(program, effective_from=weeks[1].first_on, count="clinical_hours")
    group = build.a_group(program)
    for week in weeks:
        session = build.a_session(group, week.dates[1], breaks="10:00-10:10")
        build.a_record(session, enrollment.participant, "09:00-10:30", "11:00-12:00")
    for each in (enrollment, build.an_enrollment(program, admitted_on="2020-01-01")):
        build.a_membership(group, each)
    person_id = enrollment.participant.public_id
    for week, read in zip(weeks, weeks_of(program, person_id, weeks=weeks, as_of=now), strict=True):
        whole = program_week(program, week=week, as_of=now)
        assert whole is not None
        assert read.people == tuple(p for p in whole.people if p.participant_id == person_id)
        assert (read.week, read.rule, read.closed_dates) == (
            whole.week,
            whole.rule,
            whole.closed_dates,
        )


def test_weeks_before_any_rule_are_left_out(program: Program) -> None:
    enrollment = build.an_enrollment(program)
    week = program.week_of(build.MONDAY)
    person_id = enrollment.participant.public_id
    assert weeks_of(program, person_id, weeks=[week], as_of=build.NOW) == []
    assert weeks_of(program, person_id, weeks=[], as_of=build.NOW) == []
    build.a_rule(program, effective_from=week.first_on)
    found = weeks_of(program, person_id, weeks=[week.moved(-1), week], as_of=build.NOW)
    assert [each.week for each in found] == [week]


@pytest.mark.parametrize("role", list(Role))
def test_roles(client_of: ClientOf, program: Program, url: str, role: Role) -> None:
    expected = 404 if role is Role.FACILITATOR else 200
    assert client_of(build.a_colleague(program, role)).get(url).status_code == expected
