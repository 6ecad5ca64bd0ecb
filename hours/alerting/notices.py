"""The notice to whom an alert was given: that there is one, and nothing about whom."""

from __future__ import annotations

from datetime import datetime

from hours.models import Alert
from reminders.models import NoticeKind, StaffNotice
from reminders.notices.telling import tell, tell_again


def tell_holder(alert: Alert, *, now: datetime) -> None:
    """Plan a notice to whose it is; one taken back before it went out is planned again."""
    told = {"user": alert.user, "kind": NoticeKind.ALERT, "about": alert.public_id}
    notice = StaffNotice(program=alert.enrollment.program, due_at=now, **told)
    tell([notice], now=now)
    tell_again(StaffNotice.objects.filter(**told), now=now)


def withdraw_notices(alert: Alert) -> None:
    """Take back what has not gone out yet, to whomever."""
    told = StaffNotice.objects.planned().filter(kind=NoticeKind.ALERT, about=alert.public_id)
    told.withdraw()
