"""The notice to whoever owns an outreach: that somebody waits, and nothing about whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from attendance.models import Outreach
from programs.models import Program
from reminders.models import ReminderStatus, StaffNotice
from reminders.models.notice import NoticeKind


def tell_owners(rows: Collection[Outreach], *, program: Program, now: datetime) -> None:
    """Plan a notice to the owner of each; one taken back before it went out is planned again."""
    StaffNotice.objects.bulk_create(
        [
            StaffNotice(
                user_id=row.owned_by_id,
                program=program,
                kind=NoticeKind.OUTREACH,
                about=row.public_id,
                due_at=now,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
    for row in rows:
        withdrawn = StaffNotice.objects.filter(
            about=row.public_id,
            kind=NoticeKind.OUTREACH,
            user=row.owned_by_id,
            status=ReminderStatus.WITHDRAWN,
        )
        withdrawn.update(status=ReminderStatus.PLANNED, due_at=now)


def withdraw_notices(rows: Collection[Outreach]) -> None:
    """Take back what has not gone out yet, to whomever."""
    if rows:
        StaffNotice.objects.planned().filter(
            kind=NoticeKind.OUTREACH, about__in=[row.public_id for row in rows]
        ).update(status=ReminderStatus.WITHDRAWN)
