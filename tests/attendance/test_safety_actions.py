"""What was done about a safety answer, written down once."""

from __future__ import annotations

import pytest
from django.db import DatabaseError

from accounts.models import AuditEvent, User
from attendance.check_ins.actions import AlreadyAcknowledged, acknowledge_alert
from attendance.models import SafetyAlert
from reminders.models import StaffNotice
from tests import build
from tests.build import NOW
from tests.build_records import a_check_in, a_safety_alert, a_staff_notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(program) -> SafetyAlert:
    session = build.a_session(build.a_group(program))
    return a_safety_alert(a_check_in(session, safety="yes"))


def act(alert: SafetyAlert, by: User, words: str = "Stayed with her.") -> SafetyAlert:
    return acknowledge_alert(alert=alert, what_was_done=words, by=by, now=NOW)


def test_it_is_written_down(alert, clinician, program):
    assert act(alert, clinician).what_was_done == "Stayed with her."
    row = SafetyAlert.objects.get()
    assert (row.acknowledged_by, row.acknowledged_at) == (clinician, NOW)
    assert row.what_was_done == "Stayed with her."
    event = AuditEvent.objects.get(verb="safety_alert.acknowledged")
    assert (event.by, event.subject_id) == (clinician, alert.public_id)
    assert event.participant_id == alert.check_in.participant.public_id
    assert event.program_id == program.public_id
    assert "Stayed" not in str(event.detail)
    build.a_sign_off(alert.check_in.session)


def test_only_once_and_the_second_learns_who_was_first(alert, clinician, director):
    act(alert, clinician)
    with pytest.raises(AlreadyAcknowledged) as refused:
        act(alert, director, "Something else.")
    assert refused.value.alert.acknowledged_by == clinician
    assert SafetyAlert.objects.get().what_was_done == "Stayed with her."
    assert AuditEvent.objects.filter(verb="safety_alert.acknowledged").count() == 1


def test_notices_that_have_not_gone_out_stay_home(alert, clinician, program):
    about = {"kind": "safety", "about": alert.public_id}
    planned = a_staff_notice(program, **about)
    claimed = a_staff_notice(program, **about, status="claimed", claimed_at=NOW)
    others = [
        a_staff_notice(program, kind="safety"),
        a_staff_notice(program, kind="sign", about=alert.public_id),
    ]
    act(alert, clinician)
    status = dict(StaffNotice.objects.values_list("pk", "status"))
    assert status == {
        planned.pk: "skipped",
        claimed.pk: "claimed",
        **dict.fromkeys((each.pk for each in others), "planned"),
    }
    detail = AuditEvent.objects.get(verb="safety_alert.acknowledged").detail
    assert detail["notices_withdrawn"] == 1


def test_nothing_is_changed_where_the_trail_cannot_be_written(alert, clinician, audit_fails):
    with pytest.raises(DatabaseError):
        act(alert, clinician)
    assert SafetyAlert.objects.get().acknowledged_at is None
