"""How a message goes out at most once: claimed, sent, and moved on by what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from reminders.mail import MailLine, OutcomeUnknown
from reminders.models import Failure, Reminder, ReminderStatus, StaffNotice
from reminders.wording import Letter

log = structlog.get_logger(__name__)

Message = Reminder | StaffNotice


@dataclass(frozen=True)
class Outcome:
    """What became of a message: `failure` where it failed, `sent_at` where it was sent."""

    status: ReminderStatus
    failure: Failure | None = None
    sent_at: datetime | None = None

    @property
    def detail(self) -> dict[str, Any]:
        """What the trail says of it beside the status."""
        return {"failure": str(self.failure)} if self.failure else {}


WITHDRAWN = Outcome(ReminderStatus.WITHDRAWN)
TOO_LATE = Outcome(ReminderStatus.FAILED, failure=Failure.TOO_LATE)


def claim(message: Message, now: datetime) -> None:
    """Take the message, whose row is locked, so that no other worker sends it."""
    message.status, message.claimed_at = ReminderStatus.CLAIMED, now
    message.save(update_fields=["status", "claimed_at"])


def send_claimed(
    message: Message, letter: Letter, *, to: str, now: datetime, line: MailLine
) -> Outcome | None:
    """Send what was claimed and committed; None where nobody knows whether it arrived."""
    public_id = str(message.public_id)
    try:
        failure = line.send(letter, to=to, message_id=public_id)
    except OutcomeUnknown as unknown:
        log.warning("message_outcome_unknown", message=public_id, why=str(unknown))
        return None
    if failure is None:
        return Outcome(ReminderStatus.SENT, sent_at=now)
    return Outcome(ReminderStatus.FAILED, failure=failure)


def move_on(message: Message, outcome: Outcome) -> bool:
    """Move the message on from where it was read; say whether it was still there."""
    said: dict[str, Any] = {"failure": outcome.failure, "sent_at": outcome.sent_at}
    facts = {name: value for name, value in said.items() if value is not None}
    same = type(message).objects.filter(pk=message.pk, status=message.status)
    return bool(same.update(status=outcome.status, **facts))
