"""Messages that are due: reminders to participants, notices to staff."""

from reminders.models.notice import NoticeKind, StaffNotice
from reminders.models.reminder import UNKNOWN_AFTER, Failure, Reminder, ReminderStatus

__all__ = [
    "UNKNOWN_AFTER",
    "Failure",
    "NoticeKind",
    "Reminder",
    "ReminderStatus",
    "StaffNotice",
]
