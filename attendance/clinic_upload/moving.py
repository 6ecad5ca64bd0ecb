"""The queue of uploads: its rows, moved from status to status as UPLOAD_STEPS allows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from attendance.clinic_folder.steps import STEPS
from attendance.clinic_upload.limits import SILENT_FOR, TRIED_FOR
from attendance.models import ClinicUpload
from attendance.models.upload import UPLOAD_STEPS, UploadStatus

# What a worker does with an upload, and the status in which it waits for it.
WAITS_AS = {
    UploadStatus.CHECKING: UploadStatus.WAITING,
    UploadStatus.APPLYING: UploadStatus.TO_APPLY,
}
WORKING = tuple(WAITS_AS)
OVER = (UploadStatus.APPLIED, UploadStatus.DROPPED)


def may_become(to: UploadStatus) -> list[UploadStatus]:
    """Return the statuses from which one may come to this one."""
    return [status for status, following in UPLOAD_STEPS.items() if to in following]


def move(
    upload: int, to: UploadStatus, *, came_from: Iterable[UploadStatus] = (), **facts: Any
) -> bool:
    """Move the upload, if it is still where it may come from; say whether it was."""
    allowed = set(may_become(to)).intersection(came_from or may_become(to))
    found = ClinicUpload.objects.filter(pk=upload, status__in=allowed)
    return bool(found.update(status=to, **facts))


def due(work: UploadStatus, now: datetime) -> QuerySet[ClinicUpload]:
    """Return the uploads that wait for this work, or whose worker has died, the oldest first."""
    waiting = Q(status=WAITS_AS[work])
    # An upload whose check ends every worker that takes it up is left to the sweep.
    left = Q(status=work, claimed_at__lt=now - SILENT_FOR, uploaded_at__gt=now - TRIED_FOR)
    if work is UploadStatus.APPLYING:
        left = Q(status=work, claimed_at__lt=now - SILENT_FOR)
    return ClinicUpload.objects.filter(waiting | left).order_by("uploaded_at")


def claim(upload_id: int, work: UploadStatus, now: datetime) -> ClinicUpload | None:
    """Take the upload up for this work; None where another worker has it, or it is over."""
    give_back(upload_id, work, now)
    facts = {"claimed_at": now, "step": 0, "steps": len(STEPS)}
    if not move(upload_id, work, came_from=[WAITS_AS[work]], **facts):
        return None
    return ClinicUpload.objects.select_related("uploaded_by").get(pk=upload_id)


def give_back(upload_id: int, work: UploadStatus, now: datetime) -> None:
    """Let an upload wait again whose worker has died."""
    ClinicUpload.objects.filter(pk=upload_id, status=work, claimed_at__lt=now - SILENT_FOR).update(
        status=WAITS_AS[work]
    )
