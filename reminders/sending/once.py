"""How a message goes out at most once: claimed and committed, sent, and moved on by what came.

A worker that dies after its claim leaves the message claimed. Nobody sends it again; after a
quarter of an hour it shows that its outcome is unknown. What cannot be had: somebody who takes
their consent back between the claim and the server's answer, a few seconds at most, gets that
one message still.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import structlog
from django.db.models import QuerySet

from accounts.audit import audit_event
from accounts.models import AuditEvent, User
from reminders.channels.line import Line, OutcomeUnknown, Parcel, Refused, TryLater
from reminders.models import Reason, Reminder, ReminderStatus
from reminders.sending.backoff import next_try
from reminders.sending.verdicts import Elsewhere, Later, Outcome, Ready, Verdict
from reminders.sending.writing import Message, write, write_if_claimed

log = structlog.get_logger(__name__)

# What a row raises that makes no sense; the database's and the worker's own errors are none.
NO_SENSE = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


class Post(Protocol):
    """What messages to participants and notices to staff differ in."""

    name: str

    def due(self, channel: str, now: datetime) -> QuerySet[Any]: ...

    def take(self, channel: str, now: datetime, leaving: Collection[int]) -> Any: ...

    def expires_at(self, row: Any) -> datetime: ...

    def about(self, row: Any) -> dict[str, Any]: ...

    def read_again(self, row: Any, now: datetime) -> Verdict: ...


@dataclass(frozen=True)
class Claimed:
    """A message that this worker, and no other, is to send."""

    row: Message
    parcel: Parcel


class MakesNoSense(Exception):
    """A row that cannot be read again: it stays as it is, and others go before it."""

    def __init__(self, name: str, key: int) -> None:
        super().__init__(f"{name} {key}")
        self.name, self.key = name, key


def claim_next(
    post: Post, channel: str, *, now: datetime, by: User | None, leaving: Collection[int]
) -> Claimed | Outcome | Later | Elsewhere | None:
    """Take the oldest that is due and return it if it is to be sent; None where there is none.

    Where it is not to be sent it is moved on, and what became of it returned. Call it in a
    transaction of its own, and send after the commit. Raises MakesNoSense.
    """
    row = post.take(channel, now, leaving)
    if row is None:
        return None
    try:
        verdict = post.read_again(row, now)
    except NO_SENSE as error:
        log.exception("message_makes_no_sense", message=str(row.public_id))
        raise MakesNoSense(post.name, row.pk) from error
    if isinstance(verdict, Ready):
        _change(row, status=ReminderStatus.CLAIMED, claimed_at=now, reason="", **verdict.kept)
        return Claimed(row, verdict.parcel)
    _move_on(post, row, verdict, by)
    return verdict


def _move_on(
    post: Post, row: Message, verdict: Outcome | Later | Elsewhere, by: User | None
) -> None:
    if isinstance(verdict, Outcome):
        _change(row, **verdict.fields)
        _record(post, row, verdict, by)
    elif isinstance(verdict, Later):
        _change(row, try_at=verdict.try_at)
    else:
        _change(row, channel=verdict.channel)
        log.info("message_goes_elsewhere", message=str(row.public_id), channel=row.channel)


def _change(row: Message, **fields: Any) -> None:
    """Write to a row that is locked."""
    for name, value in fields.items():
        setattr(row, name, value)
    write(row, fields)


def hand_over(claimed: Claimed, line: Line) -> Outcome | TryLater:
    """Send what was claimed and committed, and return what came of it."""
    try:
        ref = line.send(claimed.parcel)
    except TryLater as later:
        return later
    except Refused as refused:
        return Outcome(ReminderStatus.FAILED, refused.reason)
    except OutcomeUnknown as unknown:
        return Outcome(ReminderStatus.UNKNOWN, unknown.reason)
    return Outcome(ReminderStatus.SENT, ref=ref)


def settle(
    post: Post, claimed: Claimed, came: Outcome | TryLater, *, now: datetime, by: User | None
) -> bool:
    """Record what came of a claim; return whether that settles it. In a transaction of its own.

    A claim that somebody else has settled in the meantime, as unknown, stays as it is.
    """
    row = claimed.row
    if isinstance(came, TryLater):
        return _put_back(post, claimed, came.reason, now, by)
    if came.status == ReminderStatus.SENT:
        came = replace(came, sent_at=max(now, row.claimed_at or now))
    if not write_if_claimed(row, came.fields):
        return False
    _record(post, row, came, by)
    return True


def _put_back(post: Post, claimed: Claimed, reason: Reason, now: datetime, by: User | None) -> bool:
    """Plan again what was not taken; or let it expire, where its time would be over by then."""
    row = claimed.row
    attempts = row.attempts + 1
    try_at = next_try(now, attempts=attempts, key=row.pk)
    fields: dict[str, Any] = {"claimed_at": None, "attempts": attempts, "reason": reason}
    if isinstance(row, Reminder):
        fields |= {"subject": "", "body": ""}
    if try_at < post.expires_at(row):
        fields |= {"status": ReminderStatus.PLANNED, "try_at": try_at}
        moved = write_if_claimed(row, fields)
        log.info("message_put_back", message=str(row.public_id), attempts=attempts, moved=moved)
        return False
    outcome = Outcome(ReminderStatus.EXPIRED, reason)
    if not write_if_claimed(row, fields | outcome.fields):
        return False
    _record(post, row, outcome, by)
    return True


def _record(post: Post, row: Message, outcome: Outcome, by: User | None) -> None:
    line = audit_line(post, row, outcome, by)
    line.save(force_insert=True)
    log.info("message_settled", message=str(row.public_id), status=str(outcome.status))


def audit_line(post: Post, row: Message, outcome: Outcome, by: User | None) -> AuditEvent:
    """Return the line of the trail about what became of a message, not written yet."""
    about = {"subject": row, **post.about(row), **outcome.detail}
    return audit_event(f"{post.name}.{outcome.status}", by=by, **about)
