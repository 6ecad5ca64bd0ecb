"""People work on an outreach: attempts are logged, it changes hands, and it closes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept
from accounts.models import User
from attendance.models import Outreach, OutreachAttempt, OutreachOutcome
from attendance.outreach.notices import tell_owners, withdraw_notices
from attendance.outreach.owners import staff_of
from attendance.outreach.wording import closed_words
from programs.constraint_words import keep_at


@transaction.atomic
def log_attempt(
    *,
    outreach: Outreach,
    tried_at: datetime,
    way: str,
    outcome: str,
    note: str,
    now: datetime,
    by: User,
) -> OutreachAttempt:
    """Put on record that somebody tried; it stays as it is written. Raises NotKept."""
    stored = _open_one(outreach)
    if tried_at > now:
        _refuse("tried_time", _("Enter a time that is not still to come"))
    attempt = OutreachAttempt(
        outreach=stored,
        tried_at=tried_at,
        way=way,
        outcome=outcome,
        note=note,
        entered_by=by,
        entered_at=now,
    )
    keep_at(attempt, {"outreach_attempt_not_ahead": "tried_time"})
    _audit("outreach.attempted", stored, by, way=way, outcome=outcome)
    return attempt


@transaction.atomic
def hand_over(*, outreach: Outreach, to: User, now: datetime, by: User) -> Outreach:
    """Give it to somebody else, who is told. Raises NotKept."""
    stored = _open_one(outreach)
    program = stored.enrollment.program
    if to == stored.owned_by:
        words = _("%(name)s has it already. Choose somebody else")
        _refuse("to", words % {"name": to.display_name})
    if to not in staff_of(program):
        _refuse("to", _("Choose somebody who works in this program"))
    stored.owned_by = to
    stored.save(update_fields=["owned_by"])
    withdraw_notices([stored])
    if to != by:
        tell_owners([stored], program=program, now=now)
    _audit("outreach.handed_over", stored, by, to=str(to.public_id))
    return stored


@transaction.atomic
def close_outreach(
    *, outreach: Outreach, outcome: str, note: str, now: datetime, by: User
) -> Outreach:
    """Close it with what came of it. Raises NotKept; who is second hears who was first."""
    stored = _open_one(outreach)
    if outcome == OutreachOutcome.NOT_REACHED and not stored.attempts.exists():
        _refuse("outcome", _("Log an attempt before you close this as not reached"))
    stored.closed_at, stored.closed_by = now, by
    stored.outcome, stored.note = outcome, note
    keep_at(stored, {"outreach_closed_with_outcome": "outcome"})
    withdraw_notices([stored])
    _audit("outreach.closed", stored, by, outcome=outcome)
    return stored


def _open_one(outreach: Outreach) -> Outreach:
    """Return the row as it is stored now, once it is ours to change. Raises NotKept if closed."""
    # Locked first, then read: whoever waited here sees whose it became meanwhile.
    Outreach.objects.select_for_update(no_key=True).get(pk=outreach.pk)
    stored = Outreach.objects.select_related(
        "enrollment__participant", "enrollment__program__site", "owned_by", "closed_by"
    ).get(pk=outreach.pk)
    if stored.closed_at:
        _refuse(NON_FIELD_ERRORS, closed_words(stored))
    return stored


def _refuse(field: str, words: str) -> None:
    raise NotKept({field: [words]})


def _audit(verb: str, outreach: Outreach, by: User, **detail: Any) -> None:
    write_audit(
        verb,
        by=by,
        subject=outreach,
        participant_id=outreach.enrollment.participant.public_id,
        program_id=outreach.enrollment.program.public_id,
        kind=outreach.kind,
        **detail,
    )
