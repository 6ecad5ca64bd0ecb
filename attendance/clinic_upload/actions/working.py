"""What a worker does with an upload: the check, which is a rehearsal, and the import.

Each may be done twice and holds once: the row is claimed by a guarded update, and moved on only
from where the claim has put it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from attendance.clinic_folder import Counts, FolderRefused, import_clinic_folder
from attendance.clinic_folder.steps import STEPS
from attendance.clinic_upload.directing import programs_directed_by
from attendance.clinic_upload.folders import folder_of, language_of, remove_folder
from attendance.clinic_upload.kept_problems import as_kept, as_problem
from attendance.clinic_upload.moving import claim, move
from attendance.clinic_upload.progress import told_beside
from attendance.models import ClinicUpload
from attendance.models.upload import UploadStatus


class _Overtaken(Exception):
    """Another worker has brought the upload to its end meanwhile."""


def check_upload(*, upload_id: int, now: datetime, by: User | None) -> None:
    """Rehearse the import, and keep what it would do or what is wrong. At least once.

    `by` is nobody: it is done in the sender's name, as the sender's rights are now.
    """
    upload = claim(upload_id, UploadStatus.CHECKING, now)
    if upload is None:
        return

    def check() -> None:
        counts = _bring(upload, now, is_rehearsal=True)
        with transaction.atomic():
            facts = _facts(counts)
            if move(upload.pk, UploadStatus.READY, came_from=[UploadStatus.CHECKING], **facts):
                _tell("clinic.upload_checked", upload, tables=counts.as_detail(), problems=0)

    _in_words(upload, UploadStatus.CHECKING, check, now)


def import_upload(*, upload_id: int, now: datetime, by: User | None) -> None:
    """Import what its sender has approved, all or nothing, and remove the files.

    The row is moved on in the import's own transaction, so that it is imported exactly once.
    """
    upload = claim(upload_id, UploadStatus.APPLYING, now)
    if upload is None:
        return

    def bring() -> None:
        with transaction.atomic():
            facts = _facts(_bring(upload, now), finished_at=now)
            if not move(upload.pk, UploadStatus.APPLIED, **facts):
                raise _Overtaken
            transaction.on_commit(partial(remove_folder, upload.stored_name))

    _in_words(upload, UploadStatus.APPLYING, bring, now)


def _bring(upload: ClinicUpload, now: datetime, *, is_rehearsal: bool = False) -> Counts:
    with told_beside(upload) as begin:
        return import_clinic_folder(
            folder=folder_of(upload.stored_name),
            now=now,
            by=upload.uploaded_by,
            begin=begin,
            directs=programs_directed_by(upload.uploaded_by),
            is_rehearsal=is_rehearsal,
        )


def _facts(counts: Counts, **more: Any) -> dict[str, Any]:
    tables = {table: dict(each) for table, each in counts.tables.items()}
    return {"counts": tables, "step": len(STEPS), "steps": len(STEPS), **more}


def _in_words(
    upload: ClinicUpload, work: UploadStatus, do: Callable[[], None], now: datetime
) -> None:
    """Do the work in the sender's language; what stops it is said on the sender's page."""
    with translation.override(language_of(upload.stored_name)):
        try:
            do()
        except FolderRefused as refused:
            _refuse(upload, work, refused, now)
        except _Overtaken:
            return
        except OperationalError:
            # The database is away: the row stays claimed, and is taken up again.
            raise
        except Exception:
            # A mistake of ours: it is in the log, and nobody waits for ever.
            words = _("This could not be brought to an end, and nothing was imported. Try again.")
            _refuse(upload, work, FolderRefused([as_problem(words)]), now)
            raise


@transaction.atomic
def _refuse(
    upload: ClinicUpload, work: UploadStatus, refused: FolderRefused, now: datetime
) -> None:
    facts = {
        "problems": as_kept(refused.problems),
        "problem_count": refused.count,
        "counts": {},
        "finished_at": now,
    }
    if move(upload.pk, UploadStatus.WRONG, came_from=[work], **facts):
        is_check = work is UploadStatus.CHECKING
        verb = "clinic.upload_checked" if is_check else "clinic.import_refused"
        _tell(verb, upload, problems=refused.count)
        transaction.on_commit(partial(remove_folder, upload.stored_name))


def _tell(verb: str, upload: ClinicUpload, **detail: Any) -> None:
    write_audit(verb, by=upload.uploaded_by, subject=upload, **detail)
