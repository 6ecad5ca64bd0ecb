"""What a record may not say of somebody: a reason without an absence, an absence by video."""

from __future__ import annotations

from typing import Any

import pytest

from attendance.models import AttendanceRecord
from tests import build
from tests.build import NOW
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


def a_record(**fields: Any) -> AttendanceRecord:
    given = {"recorded_at": NOW, **fields}
    return AttendanceRecord.objects.create(
        session=build.a_session(), participant=build.a_participant(), **given
    )


NOTICE: list[dict[str, Any]] = [
    {"notice_at": NOW},
    {"reason": "The bus broke down."},
    {"notice_at": NOW, "reason": "The bus broke down."},
]


@pytest.mark.parametrize("said", NOTICE)
@pytest.mark.parametrize("absence", ["excused", "unexcused", "no_call"])
def test_an_absence_has_a_notice_and_a_reason(absence: str, said: dict[str, Any]):
    record = a_record(absence=absence, **said)
    record.validate_constraints()
    record.refresh_from_db()
    assert {name: getattr(record, name) for name in said} == said


@pytest.mark.parametrize("said", NOTICE)
def test_presence_has_neither(said: dict[str, Any]):
    record = a_record()
    with refused("attendance_record_reason_of_absence"):
        a_record(**said)
    with refused("attendance_record_reason_of_absence"):
        AttendanceRecord.objects.filter(pk=record.pk).update(**said)
    explains(record, "attendance_record_reason_of_absence", **said)


@pytest.mark.parametrize("said", [{}, {"is_by_video": True}, {"absence": "excused"}])
def test_somebody_there_may_be_so_by_video(said: dict[str, Any]):
    a_record(**said).validate_constraints()


@pytest.mark.parametrize("absence", ["excused", "unexcused", "no_call"])
def test_nobody_is_absent_by_video(absence: str):
    record = a_record(absence=absence)
    with refused("attendance_record_absent_not_by_video"):
        a_record(absence=absence, is_by_video=True)
    with refused("attendance_record_absent_not_by_video"):
        AttendanceRecord.objects.filter(pk=record.pk).update(is_by_video=True)
    explains(record, "attendance_record_absent_not_by_video", is_by_video=True)
