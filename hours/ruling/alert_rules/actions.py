"""What changes about a program's alert rules: only those that have not begun."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.audit import write_audit
from accounts.keeping import keep
from accounts.models import User
from groups.clinic_settings.beginning import not_in_the_past, one_at_a_time, yet_to_begin
from programs.models import AlertRule

NUMBERS = (
    "unrecorded_hours",
    "close_days",
    "units_left",
    "days_left",
    "review_days",
    "recertification_days",
)


@transaction.atomic
def add_alert_rule(*, rule: AlertRule, today: date, by: User | None) -> AlertRule:
    """Add a rule that begins today or later. Raises NotKept."""
    one_at_a_time(rule.program)
    not_in_the_past(rule, today)
    keep(rule, otherwise="effective_from")
    _audit("alert_rule.added", rule, by)
    return rule


@transaction.atomic
def change_alert_rule(*, rule: AlertRule, wanted: AlertRule, today: date, by: User | None) -> None:
    """Make a rule that has not begun say what `wanted` says. Raises NotKept."""
    stored = yet_to_begin(rule, today)
    for name in ("effective_from", "citation", *NUMBERS):
        setattr(stored, name, getattr(wanted, name))
    not_in_the_past(stored, today)
    keep(stored, otherwise="effective_from")
    _audit("alert_rule.changed", stored, by)


@transaction.atomic
def delete_alert_rule(*, rule: AlertRule, today: date, by: User | None) -> None:
    """Take back a rule that has not begun. Raises NotKept."""
    stored = yet_to_begin(rule, today)
    _audit("alert_rule.deleted", stored, by)
    stored.delete()


def _audit(verb: str, rule: AlertRule, by: User | None) -> None:
    write_audit(
        verb,
        by=by,
        subject=rule,
        program_id=rule.program.public_id,
        effective_from=rule.effective_from.isoformat(),
        **{name: getattr(rule, name) for name in NUMBERS},
    )
