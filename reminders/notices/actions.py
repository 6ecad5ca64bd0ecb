"""What happens to a notice: sent once, or withdrawn where its reader has left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from programs.models import StaffAssignment
from reminders.mail import MailLine
from reminders.models import NoticeKind, StaffNotice
from reminders.notices.links import link_of
from reminders.notices.wording import notice_letter
from reminders.sending import TOO_LATE, WITHDRAWN, Outcome, claim, move_on, send_claimed
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
    outcome = send_claimed(notice, claimed.letter, to=notice.user.email, now=now, line=line)
    if outcome is None:
        return
    with transaction.atomic():
        _settle(notice, outcome, by)


def _claim(notice_id: int, now: datetime, by: User | None, is_open: bool) -> Claimed | None:
    """Return the notice if it is ours to send; settle it where it is not to be sent at all."""
    due = StaffNotice.objects.due(now).select_for_update(skip_locked=True, of=("self",))
    notice = due.select_related("user", "program__site").filter(pk=notice_id).first()
    if notice is None:
        return None
    if not _works_there(notice):
        _settle(notice, WITHDRAWN, by)
    elif notice.due_at + KEEPS < now:
        _settle(notice, TOO_LATE, by)
    elif is_open:
        claim(notice, now)
        site = notice.program.site
        kind, url = NoticeKind(notice.kind), link_of(notice)
        return Claimed(notice, notice_letter(kind, url=url, site=site, counts=notice.counts))
    return None


def _works_there(notice: StaffNotice) -> bool:
    found = StaffAssignment.objects.current().filter(
        user=notice.user_id, user__is_active=True, program=notice.program_id
    )
    return found.exists()


def _settle(notice: StaffNotice, outcome: Outcome, by: User | None) -> None:
    """Move the notice on from where it was read, with its line on the trail."""
    if not move_on(notice, outcome):
        return
    write_audit(
        f"notice.{outcome.status}",
        by=by,
        subject=notice,
        program_id=notice.program.public_id,
        kind=notice.kind,
        **outcome.detail,
    )
    log.info("notice_settled", notice=str(notice.public_id), status=str(outcome.status))
