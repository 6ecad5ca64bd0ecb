"""Clears away what nobody decided on, and what a crash has left."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from attendance.clinic_upload.folders import remove_folder, remove_forgotten
from attendance.clinic_upload.kept_problems import as_kept, as_problem
from attendance.clinic_upload.limits import KEPT_FOR, SILENT_FOR, TRIED_FOR
from attendance.clinic_upload.moving import OVER, WORKING, give_back, move
from attendance.models import ClinicUpload
from attendance.models.upload import UploadStatus


def sweep_uploads(*, now: datetime, by: User | None) -> None:
    """Drop uploads of a week ago, give up checks that no worker survives, remove loose files."""
    undecided = ClinicUpload.objects.exclude(status__in=OVER)
    for upload in undecided.filter(uploaded_at__lt=now - KEPT_FOR):
        with transaction.atomic():
            _drop(upload, now, by)
    stuck = ClinicUpload.objects.filter(
        status=UploadStatus.CHECKING,
        claimed_at__lt=now - SILENT_FOR,
        uploaded_at__lt=now - TRIED_FOR,
    )
    for upload in stuck:
        with transaction.atomic():
            _give_up(upload, now, by)
    remove_forgotten(set(undecided.values_list("stored_name", flat=True)), now)


def _drop(upload: ClinicUpload, now: datetime, by: User | None) -> None:
    for work in WORKING:
        give_back(upload.pk, work, now)
    if move(upload.pk, UploadStatus.DROPPED, problems="", finished_at=now):
        write_audit("clinic.upload_dropped", by=by, subject=upload)
        transaction.on_commit(partial(remove_folder, upload.stored_name))


def _give_up(upload: ClinicUpload, now: datetime, by: User | None) -> None:
    words = as_problem(_("The check did not come to an end. Send the folder again, in parts."))
    facts = {"problems": as_kept([words]), "problem_count": 1, "finished_at": now}
    if move(upload.pk, UploadStatus.WRONG, came_from=[UploadStatus.CHECKING], **facts):
        write_audit("clinic.upload_checked", by=by, subject=upload, problems=1)
        transaction.on_commit(partial(remove_folder, upload.stored_name))
