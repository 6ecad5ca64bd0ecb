"""The clock's doorway to uploads, outreach and notices. A message says only: look now."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from attendance.clinic_upload.actions.sweeping import sweep_uploads
from attendance.clinic_upload.actions.working import check_upload, import_upload
from attendance.clinic_upload.moving import due
from attendance.models.upload import UploadStatus
from attendance.outreach.actions.sweeping import open_outreach
from attendance.owed.actions import plan_notices
from programs.agreements.unclaimed import remove_unclaimed

# A folder made to take for ever ends here, in words, and leaves the worker to others.
LONGEST_SECONDS = 30 * 60
LIMITS = {"soft_time_limit": LONGEST_SECONDS, "time_limit": LONGEST_SECONDS + 60}


@shared_task(name="attendance.check_uploads", **LIMITS)
def check_uploads() -> None:
    """Check the clinic folders that wait for it, one after the other."""
    waiting = due(UploadStatus.CHECKING, timezone.now()).values_list("pk", flat=True)
    for pk in list(waiting):
        check_upload(upload_id=pk, now=timezone.now(), by=None)


@shared_task(name="attendance.import_uploads", **LIMITS)
def import_uploads() -> None:
    """Import the clinic folders that are approved, one after the other."""
    approved = due(UploadStatus.APPLYING, timezone.now()).values_list("pk", flat=True)
    for pk in list(approved):
        import_upload(upload_id=pk, now=timezone.now(), by=None)


@shared_task(name="attendance.sweep_uploads")
def sweep_old_uploads() -> None:
    """Clear away uploads that nobody decided on, and files that no row tells of."""
    sweep_uploads(now=timezone.now(), by=None)
    remove_unclaimed(timezone.now())


@shared_task(name="attendance.open_outreach")
def open_outreach_now() -> None:
    """Open outreach where somebody was missed, and close what is explained."""
    open_outreach(now=timezone.now(), by=None)


@shared_task(name="attendance.plan_notices")
def plan_notices_now() -> None:
    """Plan the notices to staff about what they owe."""
    plan_notices(now=timezone.now(), by=None)
