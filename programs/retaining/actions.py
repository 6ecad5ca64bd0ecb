"""What changes about how long records are kept: the rule from a date on, and legal holds."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from programs.models import LegalHold, Participant, Program, RetentionRule


@transaction.atomic
def add_retention_rule(*, rule: RetentionRule, today: date, by: User | None) -> RetentionRule:
    """Let the rule hold from its date on, today at the earliest. Raises NotKept."""
    if rule.effective_from < today:
        raise NotKept(
            {"effective_from": [_("A rule begins today or later; what was kept stays as it was.")]}
        )
    keep(rule, otherwise="effective_from")
    write_audit(
        "retention_rule.added",
        by=by,
        subject=rule,
        program_id=rule.program.public_id,
        effective_from=rule.effective_from.isoformat(),
        adult_years=rule.adult_years,
        minor_years=rule.minor_years,
    )
    return rule


@transaction.atomic
def place_hold(
    *, person: Participant, program: Program, reason: str, today: date, by: User
) -> LegalHold:
    """Have the person's record kept, whatever the rule says. Raises NotKept."""
    hold = LegalHold(participant=person, reason=reason, placed_on=today, placed_by=by)
    keep(hold, otherwise="reason")
    write_audit(
        "legal_hold.placed",
        by=by,
        subject=hold,
        participant_id=person.public_id,
        program_id=program.public_id,
    )
    return hold


@transaction.atomic
def lift_hold(
    *, hold: LegalHold, program: Program, reason: str, today: date, by: User
) -> LegalHold:
    """End the hold; the row stays, with who and why. Raises NotKept where it is lifted already."""
    hold = LegalHold.objects.select_for_update(no_key=True, of=("self",)).get(pk=hold.pk)
    if hold.lifted_on:
        raise NotKept({"reason": [_("Somebody has lifted this hold already.")]})
    hold.lifted_on, hold.lifted_by, hold.lifted_reason = today, by, reason
    keep(hold, otherwise="reason")
    write_audit(
        "legal_hold.lifted",
        by=by,
        subject=hold,
        participant_id=hold.participant.public_id,
        program_id=program.public_id,
    )
    return hold
