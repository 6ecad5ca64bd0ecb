"""What is signed stays: records, stretches, the session's own times, and the signature."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, transaction

from attendance.models import AttendanceRecord, Presence, SignOff
from groups.models import GroupSession
from tests import build
from tests.build import MONDAY, NOW, moment
from tests.build_records import a_check_in, a_safety_alert
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> AttendanceRecord:
    """A record with one stretch, in a session that nobody has signed yet."""
    return build.a_record(build.a_session(), build.a_participant(), "09:00-12:00")


def other_records(record: AttendanceRecord) -> AttendanceRecord:
    return build.a_record(record.session, build.a_participant())


def changed_absence(record: AttendanceRecord) -> None:
    AttendanceRecord.objects.filter(pk=record.pk).update(absence="excused")


def changed_way(record: AttendanceRecord) -> None:
    AttendanceRecord.objects.filter(pk=record.pk).update(is_by_video=True)


def another_writer(record: AttendanceRecord) -> None:
    AttendanceRecord.objects.filter(pk=record.pk).update(recorded_by=build.a_user())


def another_stretch(record: AttendanceRecord) -> None:
    build.a_presence(record, "12:00-12:00")


def changed_stretch(record: AttendanceRecord) -> None:
    record.presences.update(left_at=moment(MONDAY, "11:00"))


def removed_stretch(record: AttendanceRecord) -> None:
    record.presences.all().delete()


def stretch_moved_away(record: AttendanceRecord) -> None:
    elsewhere = build.a_record(build.a_session(starts="13:00", ends="14:00"), record.participant)
    record.presences.update(record=elsewhere)


def stretch_moved_here(record: AttendanceRecord) -> None:
    afternoon = build.a_session(starts="13:00", ends="14:00")
    elsewhere = build.a_record(afternoon, record.participant, "13:00-14:00")
    elsewhere.presences.update(record=record)


def session_moved(record: AttendanceRecord) -> None:
    GroupSession.objects.filter(pk=record.session_id).update(ends_at=moment(MONDAY, "12:30"))


def breaks_changed(record: AttendanceRecord) -> None:
    during = [(moment(MONDAY, "10:00"), moment(MONDAY, "10:15"))]
    GroupSession.objects.filter(pk=record.session_id).update(breaks=during)


def session_cancelled(record: AttendanceRecord) -> None:
    GroupSession.objects.filter(pk=record.session_id).update(status="cancelled")


def session_of_another_group(record: AttendanceRecord) -> None:
    GroupSession.objects.filter(pk=record.session_id).update(group=build.a_group())


CHANGES = [
    ("signed_record_stays", other_records),
    ("signed_record_stays", changed_absence),
    ("signed_record_stays", changed_way),
    ("signed_record_stays", another_writer),
    ("signed_presence_stays", another_stretch),
    ("signed_presence_stays", changed_stretch),
    ("signed_presence_stays", removed_stretch),
    ("signed_presence_stays", stretch_moved_away),
    ("signed_presence_stays", stretch_moved_here),
    ("signed_session_stays", session_moved),
    ("signed_session_stays", breaks_changed),
    ("signed_session_stays", session_cancelled),
    ("signed_session_stays", session_of_another_group),
]


@pytest.mark.parametrize(("trigger", "change"), CHANGES)
def test_unsigned_it_may_change(record: AttendanceRecord, trigger: str, change: Callable):
    build.a_sign_off(build.a_session())
    change(record)


@pytest.mark.parametrize(("trigger", "change"), CHANGES)
def test_signed_it_stays(record: AttendanceRecord, trigger: str, change: Callable):
    build.a_sign_off(record.session)
    with refused(trigger):
        change(record)
    assert Presence.objects.get(record=record).left_at == moment(MONDAY, "12:00")


def test_a_signed_session_may_change_its_room(record: AttendanceRecord):
    build.a_sign_off(record.session)
    GroupSession.objects.filter(pk=record.session_id).update(room=build.a_room())


def test_a_session_is_signed_once(record: AttendanceRecord):
    build.a_sign_off(record.session)
    with refused("attendance_signoff_session_id_key"):
        build.a_sign_off(record.session)


def test_a_signature_stays(record: AttendanceRecord):
    build.a_sign_off(record.session)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        SignOff.objects.update(signed_at=NOW)
    assert SignOff.objects.get().signed_at == record.session.ends_at


def test_it_is_signed_after_its_safety_answers(record: AttendanceRecord):
    alert = a_safety_alert(a_check_in(record.session, record.participant, safety="yes"))
    with refused("signed_after_safety_answers"):
        build.a_sign_off(record.session)
    build.a_sign_off(build.a_session())
    alert.acknowledged_at, alert.acknowledged_by = NOW, build.a_user()
    alert.what_was_done = "Stayed with them until their sister came."
    alert.save()
    build.a_sign_off(record.session)
