"""What changes about a program's record rules: only those that have not begun."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from groups.clinic_settings.beginning import not_in_the_past, one_at_a_time, yet_to_begin
from groups.clinic_settings.record_rules.cosigners import may_cosign
from programs.models import RecordRule

FACTS = (
    "effective_from",
    "grace_minutes",
    "notes_due_hours",
    "outreach_due_hours",
    "cosigned_credentials",
    "cosigned_by",
    "citation",
)


@transaction.atomic
def add_record_rule(*, rule: RecordRule, today: date, by: User | None) -> RecordRule:
    """Add a rule that begins today or later. Raises NotKept."""
    one_at_a_time(rule.program)
    _check(rule, today)
    keep(rule, otherwise="effective_from")
    _audit("record_rule.added", rule, by)
    return rule


@transaction.atomic
def change_record_rule(
    *, rule: RecordRule, wanted: RecordRule, today: date, by: User | None
) -> None:
    """Make a rule that has not begun say what `wanted` says. Raises NotKept."""
    stored = yet_to_begin(rule, today)
    for name in FACTS:
        setattr(stored, name, getattr(wanted, name))
    _check(stored, today)
    keep(stored, otherwise="effective_from")
    _audit("record_rule.changed", stored, by)


@transaction.atomic
def delete_record_rule(*, rule: RecordRule, today: date, by: User | None) -> None:
    """Take back a rule that has not begun. Raises NotKept."""
    stored = yet_to_begin(rule, today)
    _audit("record_rule.deleted", stored, by)
    stored.delete()


def _check(rule: RecordRule, today: date) -> None:
    not_in_the_past(rule, today)
    if rule.cosigned_by and not may_cosign(rule.cosigned_by, rule.program):
        raise NotKept({"cosigned_by": [_("Choose somebody who may co-sign in this program.")]})


def _audit(verb: str, rule: RecordRule, by: User | None) -> None:
    write_audit(
        verb,
        by=by,
        subject=rule,
        program_id=rule.program.public_id,
        effective_from=rule.effective_from.isoformat(),
        grace_minutes=rule.grace_minutes,
        notes_due_hours=rule.notes_due_hours,
        outreach_due_hours=rule.outreach_due_hours,
        credentials=len(rule.cosigned_credentials),
        cosigned_by=str(rule.cosigned_by.public_id) if rule.cosigned_by else "",
    )
