"""The sweep: what it opens and for whom, what it leaves alone, and what it closes again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from attendance.models import Outreach
from attendance.outreach.actions.sweeping import open_outreach
from attendance.tasks import open_outreach_now
from groups.models import Facilitation, GroupSession
from iop.celery import app
from programs.models import Enrollment, Program, Role, StaffAssignment
from reminders.models import StaffNotice
from tests import build
from tests.attendance.outreach import AFTER_ALL, a_case, opened, sweep
from tests.build import MONDAY, NOW
from tests.build_records import a_record_rule, an_attempt

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("letter", ["U", "N", "?"])
def test_the_first_absence_nobody_explained(program: Program, facilitator: User, letter: str):
    case = a_case(program, facilitator, f"P{letter}")
    sweep(program)
    row = Outreach.objects.get()
    assert (row.kind, row.session, row.enrollment) == (
        "first_absence",
        case.sessions[1],
        case.enrollment,
    )
    assert (row.owned_by, row.opened_at) == (facilitator, AFTER_ALL)
    assert row.due_at == AFTER_ALL + timedelta(hours=24)
    event = AuditEvent.objects.get(verb="outreach.opened")
    assert (event.by, event.subject_id, event.detail) == (
        None,
        row.public_id,
        {"kind": "first_absence"},
    )
    assert event.participant_id == case.enrollment.participant.public_id
    notice = StaffNotice.objects.get()
    assert (notice.kind, notice.about, notice.user) == ("outreach", row.public_id, facilitator)
    assert (notice.due_at, notice.status, notice.program) == (AFTER_ALL, "planned", program)


def test_it_is_due_by_the_rule(program: Program, facilitator: User):
    a_record_rule(program, outreach_due_hours=4)
    a_case(program, facilitator, "U")
    sweep(program)
    assert Outreach.objects.get().due_at == AFTER_ALL + timedelta(hours=4)


def test_two_in_a_row_and_after_a_safety_answer(program: Program, facilitator: User):
    case = a_case(program, facilitator, "PUU")
    case.answers_yes(0)
    sweep(program)
    assert opened(case) == [("after_safety", 1), ("first_absence", 1), ("two_in_a_row", 2)]


def test_swept_again_it_opens_nothing_more(program: Program, facilitator: User):
    case = a_case(program, facilitator, "PUU")
    case.answers_yes(0)
    sweep(program)
    before = AuditEvent.objects.count()
    sweep(program, AFTER_ALL + timedelta(minutes=10))
    assert Outreach.objects.count() == StaffNotice.objects.count() == 3
    assert AuditEvent.objects.count() == before


def test_a_session_that_runs_is_not_judged(program: Program, facilitator: User):
    case = a_case(program, facilitator, "U")
    sweep(program, case.sessions[0].ends_at - timedelta(minutes=1))
    assert opened(case) == []
    sweep(program, case.sessions[0].ends_at)
    assert opened(case) == [("first_absence", 0)]


@pytest.mark.parametrize("letters", ["", "P", "E", "-", "EE"])
def test_nothing_is_opened_for(program: Program, facilitator: User, letters: str):
    a_case(program, facilitator, letters)
    sweep(program)
    assert not Outreach.objects.exists()


def test_closed_history_opens_nothing(program: Program, facilitator: User):
    a_case(program, facilitator, "UUU")
    GroupSession.objects.update(closed_at=NOW)
    sweep(program)
    assert not Outreach.objects.exists()


def test_absences_older_than_two_weeks_open_nothing(program: Program, facilitator: User):
    case = a_case(program, facilitator, "UP")
    sweep(program, AFTER_ALL + timedelta(days=14))
    assert opened(case) == []


def leave(enrollment: Enrollment) -> None:
    build.a_leave(enrollment.participant, MONDAY + timedelta(days=7), None)


def leave_then(enrollment: Enrollment) -> None:
    build.a_leave(enrollment.participant, MONDAY, MONDAY + timedelta(days=1))


def discharge(enrollment: Enrollment) -> None:
    enrollment.memberships.update(last_on=MONDAY + timedelta(days=6))
    Enrollment.objects.filter(pk=enrollment.pk).update(
        discharged_on=MONDAY + timedelta(days=6), discharge_reason="moved"
    )


def call_off(enrollment: Enrollment) -> None:
    first = enrollment.admitted_on
    enrollment.memberships.update(first_on=first, last_on=first - timedelta(days=1))
    Enrollment.objects.filter(pk=enrollment.pk).update(
        discharged_on=first - timedelta(days=1), discharge_reason="never_started"
    )


@pytest.mark.parametrize("away", [leave, leave_then, discharge, call_off])
def test_nobody_away_discharged_or_called_off(program: Program, facilitator: User, away):
    case = a_case(program, facilitator, "UU")
    away(case.enrollment)
    sweep(program)
    assert opened(case) == []


def test_a_session_that_was_cancelled_or_of_another_program(program: Program, facilitator: User):
    a_case(program, facilitator, "U")
    GroupSession.objects.update(status="cancelled")
    sweep(program)
    other = build.a_program()
    a_case(other, build.a_colleague(other, Role.FACILITATOR), "U")
    sweep(program)
    assert not Outreach.objects.exists()


def test_a_guest_who_was_expected_on_a_seat(program: Program, facilitator: User):
    case = a_case(program, facilitator, "P", days=1)
    guest = build.an_enrollment(program)
    build.a_make_up_seat(case.sessions[0], guest)
    build.a_record(case.sessions[0], guest.participant, absence="no_call")
    walked_in = build.an_enrollment(program)
    build.a_record(case.sessions[0], walked_in.participant, absence="no_call")
    sweep(program)
    assert Outreach.objects.get().enrollment == guest


# --- whose it is ------------------------------------------------------------------------------


def test_the_first_leader_of_now(program: Program, facilitator: User, clinician: User):
    case = a_case(program, facilitator, "U")
    Facilitation.objects.filter(user=facilitator).update(is_former=True)
    substitute = build.a_colleague(program, Role.FACILITATOR, name="Sub")
    build.a_facilitation(case.sessions[0], substitute)
    build.a_facilitation(case.sessions[0], clinician)
    sweep(program)
    assert Outreach.objects.get().owned_by == substitute


def test_somebody_of_the_program_where_the_leader_is_gone(
    program: Program, facilitator: User, clinician: User, director: User
):
    a_case(program, facilitator, "U")
    StaffAssignment.objects.filter(user=facilitator).update(ended_at=timezone.now())
    sweep(program)
    assert Outreach.objects.get().owned_by == clinician


def test_a_director_where_there_is_no_clinician(
    program: Program, facilitator: User, director: User
):
    a_case(program, facilitator, "U")
    User.objects.filter(pk=facilitator.pk).update(is_active=False)
    sweep(program)
    assert Outreach.objects.get().owned_by == director


def test_with_nobody_to_own_it_it_waits(program: Program, facilitator: User):
    case = a_case(program, facilitator, "U")
    StaffAssignment.objects.update(ended_at=timezone.now())
    sweep(program)
    assert opened(case) == []


# --- what was explained -----------------------------------------------------------------------


@pytest.mark.parametrize("letter", ["E", "P", "-"])
def test_an_explained_absence_closes_by_itself(program: Program, facilitator: User, letter: str):
    case = a_case(program, facilitator, "U")
    sweep(program)
    case.mark(0, letter)
    later = AFTER_ALL + timedelta(minutes=10)
    sweep(program, later)
    row = Outreach.objects.get()
    assert (row.closed_at, row.closed_by, row.outcome) == (later, None, "explained")
    assert AuditEvent.objects.get(verb="outreach.explained").subject_id == row.public_id
    assert StaffNotice.objects.get().reason == "not_needed"


def test_where_somebody_has_tried_it_stays_open(program: Program, facilitator: User):
    case = a_case(program, facilitator, "U")
    sweep(program)
    an_attempt(Outreach.objects.get(), tried_at=AFTER_ALL, entered_at=AFTER_ALL)
    case.mark(0, "E")
    sweep(program)
    assert opened(case) == [("first_absence", 0)]


def test_the_next_first_absence_is_taken_up_in_its_place(program: Program, facilitator: User):
    case = a_case(program, facilitator, "U-", days=2)
    sweep(program)
    case.marks("EU")
    later = AFTER_ALL + timedelta(hours=1)
    sweep(program, later)
    row = Outreach.objects.get()
    assert opened(case) == [("first_absence", 1)]
    assert (row.opened_at, row.closed_at, row.outcome) == (later, None, "")
    assert AuditEvent.objects.filter(verb="outreach.reopened").count() == 1
    assert StaffNotice.objects.get().status == "planned"


def test_marked_back_it_is_open_again(program: Program, facilitator: User):
    case = a_case(program, facilitator, "UU")
    sweep(program)
    case.mark(1, "P")
    sweep(program)
    assert opened(case) == [("first_absence", 0)]
    case.mark(1, "N")
    sweep(program)
    assert opened(case) == [("first_absence", 0), ("two_in_a_row", 1)]
    assert Outreach.objects.count() == 2


# --- all programs, and what it costs ----------------------------------------------------------


def test_the_task_looks_at_every_program(program: Program, facilitator: User):
    now = timezone.now()
    session = build.a_session(
        build.a_group(program), (now - timedelta(days=2)).date(), facilitators=[facilitator]
    )
    enrollment = build.an_enrollment(program, admitted_on="2020-01-01")
    build.a_membership(session.group, enrollment)
    build.a_record(session, enrollment.participant, absence="unexcused")
    open_outreach_now()
    assert Outreach.objects.get().enrollment == enrollment
    tasks = [each["task"] for each in app.conf.beat_schedule.values()]
    assert "attendance.open_outreach" in tasks


def test_nothing_opens_when_the_audit_fails(program: Program, facilitator: User, audit_fails):
    a_case(program, facilitator, "U")
    with pytest.raises(IntegrityError), transaction.atomic():
        open_outreach(now=AFTER_ALL, by=None)
    assert not Outreach.objects.exists()
    assert not StaffNotice.objects.exists()


def statements(program: Program) -> int:
    with CaptureQueriesContext(connection) as queries:
        sweep(program)
    return len(queries)


def test_the_same_statements_for_one_and_for_many(program: Program, facilitator: User):
    a_case(program, facilitator, "PUU")
    sweep(program)
    one = statements(program)
    for _each in range(4):
        a_case(program, facilitator, "PUUPU")
    sweep(program)
    assert statements(program) == one <= 16
