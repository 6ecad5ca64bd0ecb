"""Takes in what the browser sent, and lets its sender decide about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from attendance.clinic_upload.arriving import put_away
from attendance.clinic_upload.directing import programs_directed_by
from attendance.clinic_upload.folders import remove_folder
from attendance.clinic_upload.limits import MOST_UNDECIDED, CannotUpload
from attendance.clinic_upload.moving import OVER, move
from attendance.models import ClinicUpload
from attendance.models.upload import UploadStatus


class CannotDecide(Exception):
    """The upload is no longer where it could be imported or dropped; says so."""


def receive_upload(*, files: Sequence[UploadedFile], now: datetime, by: User) -> ClinicUpload:
    """Keep the files, and have them checked. Raises CannotUpload; then nothing is kept."""
    _check_room(by)
    with put_away(files, programs_directed_by(by)) as folder, transaction.atomic():
        upload = ClinicUpload.objects.create(
            uploaded_by=by, uploaded_at=now, stored_name=folder.name, size_bytes=folder.size
        )
        write_audit("clinic.uploaded", by=by, subject=upload, bytes=folder.size)
    return upload


def _check_room(by: User) -> None:
    kept = ClinicUpload.objects.visible_to(by).exclude(status__in=[*OVER, UploadStatus.WRONG])
    if kept.count() >= MOST_UNDECIDED:
        words = _("%(most)d of your uploads wait to be imported or dropped. Decide on one first.")
        raise CannotUpload(words % {"most": MOST_UNDECIDED})


@transaction.atomic
def apply_upload(*, upload: ClinicUpload, by: User | None) -> None:
    """Have the upload imported. Asked twice, it is imported once. Raises CannotDecide."""
    if not move(upload.pk, UploadStatus.TO_APPLY, came_from=[UploadStatus.READY]):
        raise CannotDecide(_now_it_is(upload))
    write_audit("clinic.upload_approved", by=by, subject=upload)


@transaction.atomic
def drop_upload(*, upload: ClinicUpload, now: datetime, by: User | None) -> None:
    """Drop the upload and what was found wrong in it, and remove its files.

    Raises CannotDecide while it is being checked or imported, and afterwards.
    """
    if not move(upload.pk, UploadStatus.DROPPED, problems="", finished_at=now):
        raise CannotDecide(_now_it_is(upload))
    write_audit("clinic.upload_dropped", by=by, subject=upload)
    transaction.on_commit(partial(remove_folder, upload.stored_name))


def _now_it_is(upload: ClinicUpload) -> str:
    upload.refresh_from_db(fields=["status"])
    words = {
        UploadStatus.CHECKING: _("This is being checked just now. Wait for the result."),
        UploadStatus.TO_APPLY: _("This is about to be imported already."),
        UploadStatus.APPLYING: _("This is being imported just now: it is too late to drop it."),
        UploadStatus.APPLIED: _("This is imported already."),
        UploadStatus.DROPPED: _("This was dropped. Send the files again."),
        UploadStatus.WRONG: _("This has mistakes in it and cannot be imported."),
    }
    return words.get(UploadStatus(upload.status), _("This is still to be checked."))
