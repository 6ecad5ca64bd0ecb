"""What changes about a program's rules of weekly hours: those that have not begun, and checks."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from groups.clinic_settings.beginning import not_in_the_past, one_at_a_time, yet_to_begin
from hours.ruling.facts import FACTS, fingerprint
from programs.models import HoursRule


@transaction.atomic
def add_hours_rule(*, rule: HoursRule, today: date, by: User | None) -> HoursRule:
    """Add a rule that begins today or later. Raises NotKept."""
    one_at_a_time(rule.program)
    not_in_the_past(rule, today)
    keep(rule, otherwise="effective_from")
    _audit("hours_rule.added", rule, by)
    return rule


@transaction.atomic
def change_hours_rule(*, rule: HoursRule, wanted: HoursRule, today: date, by: User | None) -> None:
    """Make a rule that has not begun say what `wanted` says. Raises NotKept.

    A rule that says something else than what was checked waits to be checked again.
    """
    stored = yet_to_begin(rule, today)
    before = fingerprint(stored)
    for name in FACTS:
        setattr(stored, name, getattr(wanted, name))
    if fingerprint(stored) != before:
        stored.verified_by = stored.verified_on = None
    not_in_the_past(stored, today)
    keep(stored, otherwise="effective_from")
    _audit("hours_rule.changed", stored, by)


@transaction.atomic
def delete_hours_rule(*, rule: HoursRule, today: date, by: User | None) -> None:
    """Take back a rule that has not begun. Raises NotKept."""
    stored = yet_to_begin(rule, today)
    _audit("hours_rule.deleted", stored, by)
    stored.delete()


@transaction.atomic
def verify_hours_rule(*, rule: HoursRule, seen: str, today: date, by: User) -> None:
    """Keep that somebody checked the rule against its citation. Raises NotKept.

    `seen` is the fingerprint of what they read: who checks words that have changed since has not
    checked the rule.
    """
    one_at_a_time(rule.program)
    stored = HoursRule.objects.filter(pk=rule.pk).first()
    if stored is None:
        raise NotKept({NON_FIELD_ERRORS: [_("Somebody has deleted this rule in the meantime.")]})
    if fingerprint(stored) != seen:
        words = _("Somebody has changed this rule in the meantime. Read it again, and check that.")
        raise NotKept({NON_FIELD_ERRORS: [words]})
    if not stored.citation:
        words = _("This rule names no citation, so there is nothing to check it against.")
        raise NotKept({NON_FIELD_ERRORS: [words]})
    stored.verified_by, stored.verified_on = by, today
    stored.save(update_fields=["verified_by", "verified_on"])
    _audit("hours_rule.verified", stored, by)


def _audit(verb: str, rule: HoursRule, by: User | None) -> None:
    write_audit(
        verb,
        by=by,
        subject=rule,
        program_id=rule.program.public_id,
        effective_from=rule.effective_from.isoformat(),
        min_minutes_per_week=rule.min_minutes_per_week,
        max_minutes_per_week=rule.max_minutes_per_week,
        min_days_per_week=rule.min_days_per_week,
        min_minutes_per_day=rule.min_minutes_per_day,
        count=rule.count,
    )
