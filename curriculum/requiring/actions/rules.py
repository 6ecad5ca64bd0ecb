"""Curriculum rules added, changed and taken back: only those that have not begun."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from curriculum.models import CurriculumRule
from programs.models import Program

NUMBERS = (
    "received_percent",
    "min_core_percent",
    "has_all_topics",
    "min_weeks",
    "min_hours",
    "min_weeks_met_percent",
    "min_plan_percent",
    "min_homework_percent",
)
FACTS = ("effective_from", *NUMBERS, "citation")


@transaction.atomic
def add_curriculum_rule(*, rule: CurriculumRule, today: date, by: User | None) -> CurriculumRule:
    """Add a rule that begins today or later. Raises NotKept."""
    _one_at_a_time(rule.program)
    _not_in_the_past(rule, today)
    keep(rule, otherwise="effective_from")
    _audit("curriculum_rule.added", rule, by)
    return rule


@transaction.atomic
def change_curriculum_rule(
    *, rule: CurriculumRule, wanted: CurriculumRule, today: date, by: User | None
) -> None:
    """Make a rule that has not begun say what `wanted` says. Raises NotKept."""
    stored = _yet_to_begin(rule, today)
    for name in FACTS:
        setattr(stored, name, getattr(wanted, name))
    _not_in_the_past(stored, today)
    keep(stored, otherwise="effective_from")
    _audit("curriculum_rule.changed", stored, by)


@transaction.atomic
def delete_curriculum_rule(*, rule: CurriculumRule, today: date, by: User | None) -> None:
    """Take back a rule that has not begun. Raises NotKept."""
    stored = _yet_to_begin(rule, today)
    _audit("curriculum_rule.deleted", stored, by)
    stored.delete()


def _one_at_a_time(program: Program) -> None:
    """Wait for whoever else changes the program's rules, and then see what they did."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)


def _yet_to_begin(rule: CurriculumRule, today: date) -> CurriculumRule:
    """Return the rule as it is stored now, if it may still be changed. Raises NotKept."""
    _one_at_a_time(rule.program)
    stored = CurriculumRule.objects.filter(pk=rule.pk).first()
    if stored is None:
        words = _("Somebody has deleted this rule in the meantime.")
        raise NotKept({NON_FIELD_ERRORS: [words]})
    if stored.effective_from <= today:
        words = _("A rule that has begun stays as it is. Add one from a later date.")
        raise NotKept({NON_FIELD_ERRORS: [words]})
    return stored


def _not_in_the_past(rule: CurriculumRule, today: date) -> None:
    """Let the rule begin today or later. Raises NotKept."""
    if rule.effective_from < today:
        raise NotKept({"effective_from": [_("A rule begins today or later.")]})


def _audit(verb: str, rule: CurriculumRule, by: User | None) -> None:
    write_audit(
        verb,
        by=by,
        subject=rule,
        program_id=rule.program.public_id,
        effective_from=rule.effective_from.isoformat(),
        **{name: getattr(rule, name) for name in NUMBERS},
    )
