"""The notice to whom an alert was given: that there is one, and nothing about whom."""

from __future__ import annotations

from datetime import datetime

from hours.models import Alert
from reminders.models import NoticeKind, ReminderStatus, StaffNotice


def tell_holder(alert: Alert, *, now: datetime) -> None:
    """Plan a notice to whose it is; one taken back before it went out is planned again."""
    told = {"user": alert.user, "kind": NoticeKind.ALERT, "about": alert.public_id}
    notice = StaffNotice(program=alert.enrollment.program, due_at=now, **told)
    StaffNotice.objects.bulk_create([notice], ignore_conflicts=True)
    withdrawn = StaffNotice.objects.filter(status=ReminderStatus.WITHDRAWN, **told)
    withdrawn.update(status=ReminderStatus.PLANNED, due_at=now)


def withdraw_notices(alert: Alert) -> None:
    """Take back what has not gone out yet, to whomever."""
    told = StaffNotice.objects.planned().filter(kind=NoticeKind.ALERT, about=alert.public_id)
    told.update(status=ReminderStatus.WITHDRAWN)
