"""Co-facilitators of one session: added and taken out, refused, undone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent, User
from groups.leading.actions import add_leader, take_out_leader
from groups.models import (
    ClashKind,
    Facilitation,
    GroupSession,
    ScheduleChange,
    ScheduleException,
)
from groups.schedule.actions import substitute, undo_change
from groups.schedule.edit import CannotSchedule
from programs.models import Program, Role
from tests import build, build_staff
from tests.build import MONDAY, NOW

pytestmark = pytest.mark.django_db

TOMORROW = MONDAY + timedelta(days=3)


@pytest.fixture
def session(program: Program, facilitator: User) -> GroupSession:
    """A session of tomorrow, led by the facilitator."""
    return build.a_session(build.a_group(program), TOMORROW, facilitators=[facilitator])


@pytest.fixture
def colleague(program: Program) -> User:
    return build.a_colleague(program, Role.FACILITATOR, name="Ines Haddad")


def leading(session: GroupSession) -> set[str]:
    found = Facilitation.objects.filter(session=session, is_former=False)
    return set(found.values_list("user__name", flat=True))


def test_somebody_leads_it_too(session, colleague, clinician):
    change = add_leader(session=session, leader=colleague, now=NOW, by=clinician)
    assert leading(session) == {"Fay Marlow", "Ines Haddad"}
    assert (change.kind, change.made_by, change.made_at) == ("substituted", clinician, NOW)
    event = AuditEvent.objects.get(verb="session.leader_added")
    assert (event.by, event.subject_id) == (clinician, session.public_id)
    assert event.program_id == session.group.program.public_id
    assert event.detail == {"user": str(colleague.public_id)}


def test_it_can_be_undone(session, colleague, clinician):
    change = add_leader(session=session, leader=colleague, now=NOW, by=clinician)
    undo_change(change=change, now=NOW, by=clinician)
    assert leading(session) == {"Fay Marlow"}


def test_who_is_taken_out_stays_on_record(session, colleague, facilitator, clinician):
    add_leader(session=session, leader=colleague, now=NOW, by=clinician)
    change = take_out_leader(session=session, leader=facilitator, now=NOW, by=clinician)
    assert leading(session) == {"Ines Haddad"}
    assert Facilitation.objects.get(session=session, user=facilitator).is_former
    event = AuditEvent.objects.get(verb="session.leader_taken_out")
    assert event.detail == {"user": str(facilitator.public_id)}
    undo_change(change=change, now=NOW, by=clinician)
    assert leading(session) == {"Fay Marlow", "Ines Haddad"}


def test_who_led_before_can_be_added_again(session, colleague, facilitator, clinician):
    add_leader(session=session, leader=colleague, now=NOW, by=clinician)
    take_out_leader(session=session, leader=facilitator, now=NOW, by=clinician)
    add_leader(session=session, leader=facilitator, now=NOW, by=clinician)
    assert leading(session) == {"Fay Marlow", "Ines Haddad"}
    assert Facilitation.objects.filter(session=session).count() == 2


def refused(action, **fields) -> CannotSchedule:
    """Return why the action refuses; nothing may have changed."""
    before = list(Facilitation.objects.order_by("pk").values())
    with pytest.raises(CannotSchedule) as caught:
        action(**fields)
    assert list(Facilitation.objects.order_by("pk").values()) == before
    assert not ScheduleChange.objects.exists()
    assert not AuditEvent.objects.exists()
    return caught.value


def test_who_leads_another_session_then_is_refused(session, colleague, clinician):
    build.a_session(None, TOMORROW, "11:00", "13:00", facilitators=[colleague])
    why = refused(add_leader, session=session, leader=colleague, now=NOW, by=clinician)
    assert [each.kind for each in why.clashes] == [ClashKind.FACILITATOR]
    assert not why.needs_reason


def test_a_warning_wants_a_reason_and_lands_on_the_list(session, colleague, clinician):
    build_staff.a_staff_leave(colleague, TOMORROW, TOMORROW)
    fields = {"session": session, "leader": colleague, "now": NOW, "by": clinician}
    why = refused(add_leader, **fields)
    assert [each.kind for each in why.clashes] == [ClashKind.STAFF_AWAY]
    assert why.needs_reason
    add_leader(**fields, override="She comes in for it")
    exception = ScheduleException.objects.get()
    assert (exception.kind, exception.user) == (ClashKind.STAFF_AWAY, colleague)
    assert exception.reason == "She comes in for it"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("there", {"leader": ["This person leads the session already."]}),
        ("stranger", {"leader": ["Ines Haddad does not lead groups in Evening IOP."]}),
        ("over", {"leader": ["This session is over."]}),
        ("cancelled", {"__all__": ["This session is cancelled."]}),
        (
            "recorded",
            {"__all__": ["Attendance is recorded in this session: it stays as it is."]},
        ),
    ],
)
def test_who_cannot_be_added(session, colleague, clinician, facilitator, state, words):
    leader, now = colleague, NOW
    if state == "there":
        leader = facilitator
    elif state == "stranger":
        colleague.assignments.update(role=Role.BILLING)
    elif state == "over":
        now = session.ends_at
    elif state == "cancelled":
        GroupSession.objects.filter(pk=session.pk).update(status="cancelled")
    else:
        build.a_record(session, build.a_participant())
    why = refused(add_leader, session=session, leader=leader, now=now, by=clinician)
    assert why.words == words


def test_the_last_one_is_not_taken_out(session, facilitator, clinician):
    why = refused(take_out_leader, session=session, leader=facilitator, now=NOW, by=clinician)
    assert why.words == {"leader": ["Nobody else leads it. Choose a substitute instead."]}


def test_who_does_not_lead_it_is_not_taken_out(session, colleague, clinician):
    why = refused(take_out_leader, session=session, leader=colleague, now=NOW, by=clinician)
    assert why.words == {"leader": ["This person does not lead the session."]}


def test_a_substitute_keeps_whom_they_stand_in_for_and_why(
    session, colleague, facilitator, clinician
):
    substitute(
        session=session,
        instead_of=facilitator.pk,
        leader=colleague.pk,
        reason="Ill",
        now=NOW,
        by=clinician,
    )
    row = Facilitation.objects.get(session=session, user=colleague)
    former = Facilitation.objects.get(session=session, user=facilitator)
    assert (row.instead_of, row.reason, row.is_former) == (former, "Ill", False)
    assert former.is_former


def test_nothing_changes_when_the_trail_cannot_be_written(
    session, colleague, facilitator, clinician, audit_fails
):
    second = build.a_colleague(session.group.program, Role.FACILITATOR, name="Second")
    build.a_facilitation(session, second)
    for action, leader in ((add_leader, colleague), (take_out_leader, facilitator)):
        with pytest.raises((IntegrityError, CannotSchedule)):
            action(session=session, leader=leader, now=NOW, by=clinician)
    assert leading(session) == {"Fay Marlow", "Second"}
    assert not ScheduleChange.objects.exists()
