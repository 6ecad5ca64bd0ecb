"""The outbox's section of notices to staff: who is told of what kind of thing, and the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from programs.models import Program
from programs.weeks import instant, local_date
from reminders.looks import LOOKS, UNKNOWN, UNKNOWN_LABEL, Look
from reminders.models import Failure, NoticeKind, ReminderStatus, StaffNotice

A_DAY = timedelta(days=1)
# What one can read; whatever needs a look stands further up.
MOST = 40


@dataclass(frozen=True)
class NoticeLine:
    """One notice: to whom, of what kind, when, and what became of it."""

    name: str
    kind: str
    note: str
    moment: datetime
    label: str
    look: Look


@dataclass(frozen=True)
class NoticeSection:
    """Notices of yesterday and today, and whatever still waits."""

    lines: tuple[NoticeLine, ...]
    trouble: int
    left_out: int


def notice_section(*, program: Program, now: datetime) -> NoticeSection:
    """Return the program's notices, those that need a look first; one query."""
    since = instant(local_date(now, program.zone) - A_DAY, time(), program.zone)
    found = (
        StaffNotice.objects.filter(
            Q(due_at__gte=since) | Q(claimed_at__gte=since) | Q(status=ReminderStatus.PLANNED),
            program=program,
        )
        .select_related("user")
        .order_by("-due_at", "pk")
    )
    lines = sorted((_line(each, now) for each in found), key=lambda line: line.look.order)
    return NoticeSection(
        lines=tuple(lines[:MOST]),
        trouble=sum(line.look.order <= UNKNOWN.order for line in lines),
        left_out=max(0, len(lines) - MOST),
    )


def _line(notice: StaffNotice, now: datetime) -> NoticeLine:
    status = ReminderStatus(notice.status)
    is_unknown = notice.is_outcome_unknown(now)
    return NoticeLine(
        name=notice.user.display_name,
        kind=str(NoticeKind(notice.kind).label),
        note=_note(notice, is_unknown=is_unknown),
        moment=notice.sent_at or notice.claimed_at or notice.due_at,
        label=str(UNKNOWN_LABEL if is_unknown else status.label),
        look=UNKNOWN if is_unknown else LOOKS[status],
    )


def _note(notice: StaffNotice, *, is_unknown: bool) -> str:
    if is_unknown:
        return _("Sending began and was cut off. It may have arrived; it is not sent again.")
    if notice.failure:
        return str(Failure(notice.failure).label)
    if notice.status == ReminderStatus.WITHDRAWN:
        return _("Done before it went out, or no longer theirs")
    return ""
