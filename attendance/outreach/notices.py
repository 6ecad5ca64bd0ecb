"""The notice to whoever owns an outreach: that somebody waits, and nothing about whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from attendance.models import Outreach
from programs.models import Program
from reminders.models import NoticeKind, StaffNotice
from reminders.notices.telling import tell, tell_again


def tell_owners(rows: Collection[Outreach], *, program: Program, now: datetime) -> None:
    """Plan a notice to the owner of each; one taken back before it went out is planned again."""
    tell(
        (
            StaffNotice(
                user_id=row.owned_by_id,
                program=program,
                kind=NoticeKind.OUTREACH,
                about=row.public_id,
                due_at=now,
            )
            for row in rows
        ),
        now=now,
    )
    if rows:
        theirs = [Q(about=row.public_id, user=row.owned_by_id) for row in rows]
        told = StaffNotice.objects.filter(reduce(or_, theirs), kind=NoticeKind.OUTREACH)
        tell_again(told, now=now)


def withdraw_notices(rows: Collection[Outreach]) -> None:
    """Take back what has not gone out yet, to whomever."""
    if rows:
        StaffNotice.objects.planned().filter(
            kind=NoticeKind.OUTREACH, about__in=[row.public_id for row in rows]
        ).withdraw()
