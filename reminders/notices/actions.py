"""What happens to a notice: sent once, or withdrawn where its reader has left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from programs.models import StaffAssignment
from reminders.mail import MailLine, OutcomeUnknown
from reminders.models import Failure, NoticeKind, ReminderStatus, StaffNotice
from reminders.notices.links import link_of
from reminders.notices.wording import notice_letter
from reminders.wording import Letter

log = structlog.get_logger(__name__)

# After that it is no news: the list of what is owed has it. It also keeps a mail server that is
# back after days from sending everything at once.
KEEPS = timedelta(days=3)


@dataclass(frozen=True)
class Claimed:
    """A notice that this worker, and no other, is to send."""

    notice: StaffNotice
    letter: Letter


def send_notice(*, notice_id: int, now: datetime, by: User | None, line: MailLine) -> None:
    """Send one due notice at most once: claim it, commit, send, record the outcome.

    That its reader still works in the program is looked at again with the claim. Where the mail
    server does not answer nothing is claimed, and the next sweep tries again until the notice is
    old. A worker that dies after its claim leaves the notice claimed: staff see that its outcome
    is unknown, and nobody sends it again.
    """
    is_open = line.is_open()
    # Committed before a word goes out; inside another transaction it would not be.
    with transaction.atomic(durable=True):
        claimed = _claim(notice_id, now, by, is_open)
    if claimed is None:
        return
    notice = claimed.notice
    try:
        failure = line.send(claimed.letter, to=notice.user.email, message_id=str(notice.public_id))
    except OutcomeUnknown as unknown:
        log.warning("notice_outcome_unknown", notice=str(notice.public_id), why=str(unknown))
        return
    with transaction.atomic():
        _record(notice, failure, now, by)


def _claim(notice_id: int, now: datetime, by: User | None, is_open: bool) -> Claimed | None:
    """Return the notice if it is ours to send; settle it where it is not to be sent at all."""
    due = StaffNotice.objects.due(now).select_for_update(skip_locked=True, of=("self",))
    notice = due.select_related("user", "program__site").filter(pk=notice_id).first()
    if notice is None:
        return None
    if not _works_there(notice):
        _settle(notice, ReminderStatus.WITHDRAWN, by)
    elif notice.due_at + KEEPS < now:
        _settle(notice, ReminderStatus.FAILED, by, failure=Failure.TOO_LATE)
    elif is_open:
        notice.status, notice.claimed_at = ReminderStatus.CLAIMED, now
        notice.save(update_fields=["status", "claimed_at"])
        site = notice.program.site
        kind = NoticeKind(notice.kind)
        return Claimed(notice, notice_letter(kind, url=link_of(notice), site=site))
    return None


def _works_there(notice: StaffNotice) -> bool:
    found = StaffAssignment.objects.current().filter(
        user=notice.user_id, user__is_active=True, program=notice.program_id
    )
    return found.exists()


def _record(notice: StaffNotice, failure: Failure | None, now: datetime, by: User | None) -> None:
    if failure is None:
        _settle(notice, ReminderStatus.SENT, by, sent_at=now)
    else:
        _settle(notice, ReminderStatus.FAILED, by, failure=failure)


def _settle(
    notice: StaffNotice, to: ReminderStatus, by: User | None, **fields: datetime | Failure
) -> None:
    """Move the notice on from where it was read, with its line on the trail."""
    same = StaffNotice.objects.filter(pk=notice.pk, status=notice.status)
    if not same.update(status=to, **fields):
        return
    detail: dict[str, Any] = {"kind": notice.kind}
    if "failure" in fields:
        detail["failure"] = str(fields["failure"])
    program_id = notice.program.public_id
    write_audit(f"notice.{to}", by=by, subject=notice, program_id=program_id, **detail)
    log.info("notice_settled", notice=str(notice.public_id), status=str(to))
