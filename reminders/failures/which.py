"""Which messages did not go out though they should have: what somebody may have to call about.

One that was withdrawn because nobody is expected, or has not agreed, is none of them; nor is a
response, which was of use only while somebody held their phone.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q

from programs.models import Program
from programs.weeks import instant, local_date
from reminders.models import Reason, Reminder, ReminderKind, ReminderStatus
from reminders.models.reminder import ReminderQuerySet

# Kept from going out by something that somebody can mend.
BARRED = (Reason.NO_ADDRESS, Reason.TOO_MANY, Reason.REVEALS)
# After two weeks nobody follows one up any more.
SHOWN_FOR = timedelta(days=14)


def did_not_go_out() -> Q:
    """Return the condition that a message did not go out, or that nobody knows."""
    return (
        Q(status__in=[ReminderStatus.FAILED, ReminderStatus.EXPIRED])
        | Q(status=ReminderStatus.UNKNOWN, delivered_at=None)
        | Q(status=ReminderStatus.SKIPPED, reason__in=BARRED)
    )


def is_failure(reminder: Reminder) -> bool:
    """Whether this one did not go out: the same of a loaded row."""
    if reminder.status == ReminderStatus.SKIPPED:
        return reminder.reason in BARRED
    if reminder.status == ReminderStatus.UNKNOWN:
        return reminder.delivered_at is None
    return reminder.status in (ReminderStatus.FAILED, ReminderStatus.EXPIRED)


def first_shown(program: Program, now: datetime) -> date:
    """Return the first local date of which failures are still shown."""
    return local_date(now, program.zone) - SHOWN_FOR


def failures_of(program: Program, now: datetime) -> ReminderQuerySet:
    """Return the program's messages of the last two weeks that did not go out."""
    since = instant(first_shown(program, now), time(), program.zone)
    failed = Reminder.objects.filter(did_not_go_out(), program=program, due_at__gte=since)
    return failed.exclude(kind=ReminderKind.RESPONSE)
