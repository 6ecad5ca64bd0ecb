"""What a session still owes when it is over: the rule, over plain values.

One thing at a time: attendance is recorded, then signed; then the notes are signed, and last they
are co-signed where the signer's credential asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from attendance.notes.signing import due_at
from programs.weeks import instant

A_DAY = timedelta(days=1)


class OwedKind(models.TextChoices):
    """What waits, in the order in which it is done."""

    RECORD = "record", _("Attendance to record")
    SIGN = "sign", _("Attendance to sign")
    NOTES = "notes", _("Notes to sign")
    COSIGN = "cosign", _("Notes to co-sign")


@dataclass(frozen=True)
class Facts:
    """What is on record of one session that is held.

    `unmarked` are those of the `expected` who have no record, of interest until attendance is
    signed; `recorded` are all who have one.
    """

    held_on: date
    ends_at: datetime
    is_closed: bool
    expected: int
    unmarked: int
    recorded: int
    signed_at: datetime | None
    notes_due_hours: int
    notes_signed_at: datetime | None = None
    needs_cosignature: bool = False
    is_cosigned: bool = False


@dataclass(frozen=True)
class Debt:
    """What is owed next, and until when; a co-signature is due on no day."""

    kind: OwedKind
    due_at: datetime | None
    is_overdue: bool


def what_is_owed(facts: Facts, *, zone: ZoneInfo, now: datetime) -> Debt | None:
    """Return what the session owes at this moment; None where nothing waits."""
    kind = _next_act(facts) if facts.ends_at <= now else None
    if kind is None:
        return None
    due_at = _due_at(kind, facts, zone)
    return Debt(kind, due_at, is_overdue=due_at is not None and due_at <= now)


def _next_act(facts: Facts) -> OwedKind | None:
    if facts.notes_signed_at is not None:
        is_waiting = facts.needs_cosignature and not facts.is_cosigned
        return OwedKind.COSIGN if is_waiting else None
    if facts.is_closed or not (facts.expected or facts.recorded):
        return None
    if facts.signed_at is not None:
        return OwedKind.NOTES
    return OwedKind.RECORD if facts.unmarked else OwedKind.SIGN


def _due_at(kind: OwedKind, facts: Facts, zone: ZoneInfo) -> datetime | None:
    """Attendance is due when its local day ends, notes so many hours after the session's end."""
    if kind is OwedKind.COSIGN:
        return None
    if kind is OwedKind.NOTES:
        return due_at(facts.ends_at, facts.notes_due_hours)
    return instant(facts.held_on + A_DAY, time(), zone)
