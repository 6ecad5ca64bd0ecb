"""Writes the audit trail, in the transaction of what it tells of."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from accounts.models import AuditEvent, User

# Where the present request came from; set by HistoryContext, empty in tasks and commands.
current_address: ContextVar[str | None] = ContextVar("current_address", default=None)
# What the present request has written; None in tasks and commands, where nobody asks.
lines_of_request: ContextVar[list[AuditEvent] | None] = ContextVar("lines_of_request", default=None)


def write_audit(verb: str, *, by: User | None, **what: Any) -> AuditEvent:
    """Record one line of the trail, said as `audit_event` says it, and return it.

    Call it inside the action's own transaction.
    """
    event = audit_event(verb, by=by, **what)
    event.save(force_insert=True)
    _note([event])
    return event


def write_audits(events: Iterable[AuditEvent]) -> None:
    """Record many lines in one statement, inside the action's own transaction."""
    _note(AuditEvent.objects.bulk_create(events))


def _note(events: Iterable[AuditEvent]) -> None:
    lines = lines_of_request.get()
    if lines is not None:
        lines.extend(events)


def audit_event(
    verb: str,
    *,
    by: User | None,
    subject: Any = None,
    participant_id: uuid.UUID | None = None,
    program_id: uuid.UUID | None = None,
    **detail: Any,
) -> AuditEvent:
    """Return the line that `by` (None: the system) did `verb` to `subject`, not written yet.

    `subject` is a row with a `public_id`, or None. `detail` holds counts, dates and public ids,
    never a name or free text.
    """
    return AuditEvent(
        verb=verb,
        by=by,
        subject_kind=subject._meta.model_name if subject is not None else "",
        subject_id=subject.public_id if subject is not None else None,
        participant_id=participant_id,
        program_id=program_id,
        detail=detail,
        address=current_address.get(),
    )
