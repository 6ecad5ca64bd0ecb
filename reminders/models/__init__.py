"""Messages that are due: reminders to participants, notices to staff; and what comes back."""

from reminders.models.answer import Answer, AnswerReason, AnswerWord, CameBy
from reminders.models.choice import NoticeChoice, NoticeHours, Timing
from reminders.models.message import (
    FAILURES,
    OUTCOMES,
    SKIPS,
    UNKNOWN_AFTER,
    Reason,
    ReminderStatus,
)
from reminders.models.notice import NoticeKind, StaffNotice, StaffNoticeQuerySet
from reminders.models.reminder import Reminder, ReminderKind, ResponseWords
from reminders.models.reply import FOR_PEOPLE, Meaning, Reply
from reminders.models.rule import ReminderRule
from reminders.models.sweep import Sweep
from reminders.models.template import MessageTemplate, TextKind

__all__ = [
    "FAILURES",
    "FOR_PEOPLE",
    "OUTCOMES",
    "SKIPS",
    "UNKNOWN_AFTER",
    "Answer",
    "AnswerReason",
    "AnswerWord",
    "CameBy",
    "Meaning",
    "MessageTemplate",
    "NoticeChoice",
    "NoticeHours",
    "NoticeKind",
    "Reason",
    "Reminder",
    "ReminderKind",
    "ReminderRule",
    "ReminderStatus",
    "Reply",
    "ResponseWords",
    "StaffNotice",
    "StaffNoticeQuerySet",
    "Sweep",
    "TextKind",
    "Timing",
]
