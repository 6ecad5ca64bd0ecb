"""Finds the message that a link was made for, where it is one of ours and for this use."""

from __future__ import annotations

from reminders.answering.asked import ASKING
from reminders.links import ANSWER, read_token
from reminders.models import Reminder


def open_link(token: str, use: str) -> Reminder | None:
    """Return the message, with its participant and site; None where there is nothing to open."""
    public_id = read_token(token, use)
    if public_id is None:
        return None
    found = Reminder.objects.filter(public_id=public_id)
    if use == ANSWER:
        found = found.filter(kind__in=ASKING)
    return found.select_related("participant__merged_into", "program__site").first()
