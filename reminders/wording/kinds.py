"""Which words a reminder is told in: a change is a new time, or that nothing takes place."""

from __future__ import annotations

from reminders.models import Reminder, ReminderKind, TextKind


def text_kind(reminder: Reminder) -> TextKind:
    """Return what the reminder says. Raises ValueError for a response, which has its own words."""
    if reminder.kind == ReminderKind.CHANGE:
        start = reminder.told.get(reminder.for_on.isoformat())
        return TextKind.CHANGED if start else TextKind.CALLED_OFF
    return TextKind(reminder.kind)
