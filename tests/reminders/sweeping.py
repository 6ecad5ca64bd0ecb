"""How tests send what is due: as the task does it each minute, at a given moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from reminders.models import Reminder, Reply
from reminders.sending.actions import send_due
from tests.build import MONDAY, moment
from tests.build_reminders import a_reminder
from tests.reminders.conftest import Expected

SUNDAY = MONDAY - timedelta(days=1)
NOON, SIX, NINE = (moment(SUNDAY, at) for at in ("12:00", "18:00", "21:00"))
A_MINUTE = timedelta(minutes=1)


def sweep(now: datetime = SIX, channel: str = "email") -> int:
    return send_due(channel=channel, clock=lambda: now, until=now + A_MINUTE)


def planned_for(expected: Expected, **fields) -> Reminder:
    """The reminder of the evening before their Monday, due at six and until nine."""
    given = {"due_at": SIX, "expires_at": NINE, **fields}
    return a_reminder(expected.participant, expected.enrollment.program, **given)


def a_response(reply: Reply, **fields) -> Reminder:
    """What is said back at once to somebody who wrote STOP."""
    assert reply.participant
    assert reply.program
    given = {
        "kind": "response",
        "response": "stopped",
        "response_to": reply,
        "channel": "sms",
        "due_at": SIX,
        "expires_at": NINE,
    }
    return a_reminder(reply.participant, reply.program, **{**given, **fields})


def status_of(row) -> tuple[str, str]:
    row.refresh_from_db()
    return row.status, row.reason
