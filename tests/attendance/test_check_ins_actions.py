"""Check-ins put on record: versions, who is told of a yes, each refusal, what is on the trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from accounts.models import AuditEvent, User
from attendance.check_ins.actions import NewerCheckIn, NotOnSheet, ReadOnlySheet
from attendance.check_ins.answers import QUESTIONS, answers_of
from attendance.models import CheckIn, SafetyAlert
from attendance.sheet.session import Phase
from groups.models import GroupSession, SessionStatus
from programs.models import Participant, Program, Role
from reminders.models import StaffNotice
from tests import build
from tests.attendance.check_ins import save
from tests.attendance.sheet import AT_TEN, a_member
from tests.build import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(program: Program, facilitator: User) -> GroupSession:
    return build.a_session(build.a_group(program), facilitators=[facilitator])


@pytest.fixture
def person(session: GroupSession) -> Participant:
    return a_member(session)


def told() -> set[User]:
    return {notice.user for notice in StaffNotice.objects.select_related("user")}


def test_a_check_in_is_saved(session, person, facilitator, program):
    given_answers: dict[str, Any] = {
        "mood": 4,
        "craving": 0,
        "used_since": "no",
        "setback": "An argument <b>",
        "went_well": "Called her sponsor",
        "skill": "Riding it out",
        "homework": "partly",
        "safety": "no",
    }
    save(session, person, facilitator, **given_answers)
    row = CheckIn.objects.get()
    assert answers_of(row).as_fields() == given_answers
    assert (row.session, row.participant, row.version) == (session, person, 1)
    assert (row.entered_by, row.taken_at, row.is_by_participant) == (facilitator, AT_TEN, False)
    event = AuditEvent.objects.get(verb="check_in.saved")
    assert (event.by, event.participant_id) == (facilitator, person.public_id)
    assert (event.program_id, event.subject_id) == (program.public_id, row.public_id)
    assert event.detail == {
        "session": str(session.public_id),
        "version": 1,
        "fields": list(QUESTIONS),
        "is_by_participant": False,
    }
    assert not SafetyAlert.objects.exists()
    assert not StaffNotice.objects.exists()


def test_each_change_counts_and_says_what_it_was(session, person, facilitator, clinician):
    first = save(session, person, facilitator, mood=4, setback="Argued")
    later = AT_TEN + timedelta(minutes=5)
    second = save(session, person, clinician, 1, now=later, mood=5, setback="Argued")
    assert (second.pk, second.public_id, second.version) == (first.pk, first.public_id, 2)
    row = CheckIn.objects.get()
    assert (row.mood, row.version, row.entered_by, row.taken_at) == (5, 2, clinician, later)
    assert row.public_id == first.public_id
    events = AuditEvent.objects.filter(verb="check_in.saved").order_by("pk")
    assert [event.detail["fields"] for event in events] == [["mood", "setback"], ["mood"]]


@pytest.mark.parametrize("version", [None, 1, 7])
def test_the_same_again_changes_nothing(session, person, facilitator, version):
    save(session, person, facilitator, mood=4)
    again = save(session, person, facilitator, version, now=NOW, mood=4)
    assert (again.version, again.taken_at) == (1, AT_TEN)
    assert AuditEvent.objects.filter(verb="check_in.saved").count() == 1


@pytest.mark.parametrize("version", [None, 1, 3])
def test_other_answers_from_an_older_form_are_refused(session, person, facilitator, version):
    save(session, person, facilitator, mood=4)
    stored = save(session, person, facilitator, 1, mood=5)
    with pytest.raises(NewerCheckIn) as refused:
        save(session, person, facilitator, version, mood=6)
    assert refused.value.stored == stored
    assert CheckIn.objects.get().mood == 5


def test_a_blank_one_may_be_kept(session, person, facilitator):
    assert answers_of(save(session, person, facilitator, on_kiosk=True)).is_blank


def test_nothing_is_saved_where_the_trail_cannot_be_written(
    session, person, facilitator, audit_fails
):
    with pytest.raises(DatabaseError):
        save(session, person, facilitator, safety="yes")
    assert not CheckIn.objects.exists()
    assert not SafetyAlert.objects.exists()
    assert not StaffNotice.objects.exists()


@pytest.mark.parametrize(
    ("changes", "phase"),
    [
        ({"status": SessionStatus.CANCELLED, "cancelled_reason": "Snow"}, Phase.CANCELLED),
        ({"closed_at": NOW}, Phase.CLOSED),
    ],
)
def test_a_session_that_is_not_open(session, person, facilitator, changes, phase):
    GroupSession.objects.filter(pk=session.pk).update(**changes)
    with pytest.raises(ReadOnlySheet) as refused:
        save(session, person, facilitator, mood=4)
    assert refused.value.phase is phase
    assert not CheckIn.objects.exists()


def test_a_signed_session(session, person, facilitator):
    save(session, person, facilitator, mood=4)
    build.a_sign_off(session)
    with pytest.raises(ReadOnlySheet) as refused:
        save(session, person, facilitator, 1, mood=5)
    assert refused.value.phase is Phase.SIGNED
    assert CheckIn.objects.get().mood == 4


def test_a_session_far_ahead(session, person, facilitator):
    opens = session.starts_at - timedelta(hours=12)
    with pytest.raises(ReadOnlySheet):
        save(session, person, facilitator, now=opens - timedelta(seconds=1), mood=4)
    assert save(session, person, facilitator, now=opens, mood=4).mood == 4


def test_whoever_is_not_on_the_sheet(session, person, facilitator, program):
    elsewhere = build.an_enrollment(program).participant
    with pytest.raises(NotOnSheet):
        save(session, elsewhere, facilitator, mood=4)
    build.a_record(session, elsewhere)
    assert save(session, elsewhere, facilitator, mood=4).participant == elsewhere


def test_a_yes_raises_one_alert_and_tells_the_others(
    session, person, facilitator, clinician, director, administrator, stranger, program
):
    second, colleague = (build.a_colleague(program, Role.FACILITATOR) for _ in range(2))
    build.a_facilitation(session, second)
    build.a_facilitation(session, colleague, is_former=True)
    gone = build.a_colleague(program, Role.CLINICIAN, is_active=False)
    row = save(session, person, facilitator, safety="yes")
    alert = SafetyAlert.objects.get()
    assert (alert.check_in, alert.raised_at, alert.acknowledged_at) == (row, AT_TEN, None)
    assert told() == {clinician, second}
    assert not {gone, colleague, director, facilitator} & told()
    for notice in StaffNotice.objects.all():
        said = (notice.kind, notice.about, notice.due_at, notice.program, notice.status)
        assert said == ("safety", alert.public_id, AT_TEN, program, "planned")
    event = AuditEvent.objects.get(verb="safety_alert.raised")
    assert (event.subject_id, event.participant_id) == (alert.public_id, person.public_id)
    assert event.detail == {"session": str(session.public_id), "told": 2}


def test_on_the_kiosk_nobody_has_seen_it_so_everybody_is_told(
    session, person, facilitator, clinician
):
    row = save(session, person, facilitator, on_kiosk=True, safety="yes")
    assert row.is_by_participant
    assert told() == {facilitator, clinician}


def test_where_the_only_clinician_asked_the_director_is_told(session, person, clinician, director):
    save(session, person, clinician, safety="yes")
    assert told() >= {director}
    assert clinician not in told()


def test_without_a_clinician_the_director_is_told(session, person, facilitator, director):
    save(session, person, facilitator, safety="yes")
    assert told() == {director}


def test_a_yes_changed_later_keeps_its_alert_and_comes_once(
    session, person, facilitator, clinician
):
    save(session, person, facilitator, safety="yes")
    save(session, person, facilitator, 1, safety="no")
    assert SafetyAlert.objects.get().check_in.safety == "no"
    save(session, person, facilitator, 2, safety="yes", mood=2)
    save(session, person, facilitator, 3, safety="yes", mood=1)
    assert SafetyAlert.objects.count() == StaffNotice.objects.count() == 1
