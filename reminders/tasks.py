"""The clock's doorway to reminders and notices. Messages carry nothing: what is due is rows."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from reminders import actions
from reminders.mail import MailLine
from reminders.models import Reminder, StaffNotice
from reminders.notices.actions import send_notice


@shared_task(name="reminders.plan_reminders")
def plan_reminders() -> None:
    """Plan the reminders of tomorrow."""
    actions.plan_reminders(now=timezone.now(), by=None)


@shared_task(name="reminders.send_due_reminders")
def send_due_reminders() -> None:
    """Send what is due, one after the other."""
    due = Reminder.objects.due(timezone.now()).values_list("pk", flat=True)
    with MailLine() as line:
        for pk in list(due):
            actions.send_reminder(reminder_id=pk, now=timezone.now(), by=None, line=line)


@shared_task(name="reminders.send_due_notices")
def send_due_notices() -> None:
    """Send the notices to staff that are due, one after the other."""
    due = StaffNotice.objects.due(timezone.now()).values_list("pk", flat=True)
    with MailLine() as line:
        for pk in list(due):
            send_notice(notice_id=pk, now=timezone.now(), by=None, line=line)
