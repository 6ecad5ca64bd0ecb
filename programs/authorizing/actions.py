"""What changes about authorizations. Each locks the episode, so that changes follow one another."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from programs.constraint_words import keep_at
from programs.models import Authorization, Enrollment


@dataclass(frozen=True)
class AuthorizationFacts:
    """What may be said about an authorization."""

    payer: str
    member_id: str
    number: str
    unit: str
    status: str
    requested_units: int | None
    approved_units: int | None
    first_on: date
    last_on: date
    days_per_week: int | None
    next_review_on: date | None
    note: str


@transaction.atomic
def add_authorization(
    *, enrollment: Enrollment, facts: AuthorizationFacts, now: datetime, by: User | None
) -> Authorization:
    """Put an authorization on record. Raises NotKept."""
    stored = _lock(enrollment)
    row = Authorization(enrollment=stored, entered_at=now, entered_by=by, **asdict(facts))
    keep_at(row, _places(row))
    _audit("authorization.added", row, by)
    return row


@transaction.atomic
def change_authorization(
    *, authorization: Authorization, facts: AuthorizationFacts, by: User | None
) -> None:
    """Keep the facts; writes nothing where none differs. Raises NotKept.

    Row history keeps what it said before.
    """
    enrollment = _lock(authorization.enrollment)
    row = Authorization.objects.get(pk=authorization.pk)
    row.enrollment = enrollment
    wanted = asdict(facts)
    changed = sorted(name for name, value in wanted.items() if getattr(row, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(row, name, wanted[name])
    keep_at(row, _places(row))
    _audit("authorization.changed", row, by, fields=changed)


def _places(row: Authorization) -> dict[str, str]:
    """Return the field at which each constraint can be put right."""
    return {
        "authorization_has_payer": "payer",
        "authorization_ends_after_start": "last_on",
        "authorization_approved_has_units": "approved_units" if row.number else "number",
        "authorization_days_of_a_week": "days_per_week",
        "authorization_reviewed_before_end": "next_review_on",
        "authorization_one_at_a_time": "first_on",
    }


def _lock(enrollment: Enrollment) -> Enrollment:
    """Return the episode as it is stored now, once it is ours to change."""
    locked = Enrollment.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("participant", "program").get(pk=enrollment.pk)


def _audit(verb: str, row: Authorization, by: User | None, **detail: Any) -> None:
    write_audit(
        verb,
        by=by,
        subject=row,
        participant_id=row.enrollment.participant.public_id,
        program_id=row.enrollment.program.public_id,
        unit=row.unit,
        status=row.status,
        approved_units=row.approved_units,
        first_on=row.first_on.isoformat(),
        last_on=row.last_on.isoformat(),
        **detail,
    )
