"""When a program's rules begin: one that has begun stays, and they change one at a time."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from accounts.keeping import NotKept
from programs.models import AlertRule, HoursRule, Program, RecordRule, ScheduleRule

AnyRule = TypeVar("AnyRule", ScheduleRule, RecordRule, HoursRule, AlertRule)


def one_at_a_time(program: Program) -> None:
    """Wait for whoever else changes the program's rules, and then see what they did."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)


def yet_to_begin(rule: AnyRule, today: date) -> AnyRule:
    """Return the rule as it is stored now, if it may still be changed. Raises NotKept."""
    one_at_a_time(rule.program)
    stored = type(rule).objects.filter(pk=rule.pk).first()
    if stored is None:
        words = _("Somebody has deleted this rule in the meantime.")
        raise NotKept({NON_FIELD_ERRORS: [words]})
    if stored.effective_from <= today:
        words = _("A rule that has begun stays as it is. Add one from a later date.")
        raise NotKept({NON_FIELD_ERRORS: [words]})
    return stored


def not_in_the_past(rule: AnyRule, today: date) -> None:
    """Let the rule begin today or later. Raises NotKept."""
    if rule.effective_from < today:
        raise NotKept({"effective_from": [_("A rule begins today or later.")]})
