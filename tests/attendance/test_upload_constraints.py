"""What the database refuses about uploads, and which step may follow which."""

from __future__ import annotations

import pytest

from accounts.models import User
from attendance.clinic_upload.moving import move
from attendance.models import ClinicUpload
from attendance.models.upload import UPLOAD_STEPS, UploadStatus
from tests.attendance.prairie import NOW
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


def an_upload(by: User, **facts) -> ClinicUpload:
    name = f"clinic-{ClinicUpload.objects.count()}"
    return ClinicUpload.objects.create(
        uploaded_by=by, uploaded_at=NOW, stored_name=name, size_bytes=1, **facts
    )


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("clinic_upload_status_known", {"status": "lost"}),
        ("clinic_upload_step_within_steps", {"step": 3, "steps": 2}),
        ("clinic_upload_wrong_is_not_applied", {"status": "ready", "problem_count": 1}),
        ("clinic_upload_wrong_is_not_applied", {"status": "to_apply", "problem_count": 1}),
        ("clinic_upload_wrong_is_not_applied", {"status": "applied", "problem_count": 1}),
    ],
)
def test_what_cannot_be(constraint: str, changes: dict, director: User):
    upload = an_upload(director)
    with refused(constraint):
        ClinicUpload.objects.filter(pk=upload.pk).update(**changes)
    if "step" not in changes:
        explains(upload, constraint, **changes)


def test_what_can_be(director: User):
    assert an_upload(director, step=2, steps=2).pk
    assert an_upload(director, status=UploadStatus.WRONG, problem_count=1).pk
    assert an_upload(director, status=UploadStatus.DROPPED, problem_count=1).pk


@pytest.mark.parametrize("status", UploadStatus)
def test_only_the_steps_of_the_table(status: UploadStatus, director: User):
    for to in UploadStatus:
        upload = an_upload(director, status=status)
        is_allowed = to in UPLOAD_STEPS[status]
        assert move(upload.pk, to) is is_allowed
        upload.refresh_from_db()
        assert upload.status == (to if is_allowed else status)
