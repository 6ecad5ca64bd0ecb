"""How many send at once: one per channel, and more where more is due than one soon gets through."""

from __future__ import annotations

from datetime import datetime

from reminders.models import Reminder, StaffNotice

# One sender gets through that many within a minute even where the other end takes its time.
EACH = 100
# Beside the first. Carriers slow down who comes with many lines at once.
MOST_BESIDE = 3


def senders_beside(due: int) -> int:
    """Return how many more senders than one so many due messages are worth."""
    return min(MOST_BESIDE, max(0, (due - 1) // EACH))


def due_on(channel: str, now: datetime) -> int:
    """Return how many messages are due on the channel; past what all senders are worth, about."""
    enough = EACH * (MOST_BESIDE + 1)
    found = (
        model._default_manager.due(now).filter(channel=channel).order_by()[:enough].count()
        for model in (Reminder, StaffNotice)
    )
    return sum(found)
