"""What is asked about keeping records: years from a date on, and why a record is held."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.agreements.form_parts import RecordForm, date_field, text_field
from programs.models import Program, RetentionRule
from programs.models.retention import MOST_YEARS

LONGEST_REASON = 2_000


def _years(label: Any, *, least: int, hint: Any) -> forms.IntegerField:
    words = _("Enter whole years, such as 10")
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=MOST_YEARS,
        help_text=hint,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
    )


class RuleForm(RecordForm):
    """A retention rule from a date on."""

    effective_from = date_field(_("In effect from"), asked=_("Enter the first day"))
    adult_years = _years(
        _("Years after discharge"),
        least=1,
        hint=_("States ask 5 to 11, Medicare managed care 10."),
    )
    minor_years = _years(
        _("Years after a minor comes of age"),
        least=0,
        hint=_("Counted from the 18th birthday; the later of the two holds."),
    )
    citation = text_field(_("Citation"), most=300, asked=None, hint=_("Where the rule comes from."))

    def rule(self, program: Program) -> RetentionRule:
        """Return the rule that was asked for, not saved yet."""
        return RetentionRule(program=program, **self.cleaned_data)


class ReasonForm(RecordForm):
    """Why a record is held, or no longer."""

    reason = text_field(
        _("Why"),
        most=LONGEST_REASON,
        asked=_("Say why"),
        hint=_("A lawsuit, an investigation, a request: who asked, and when."),
        rows=3,
    )


def opened_form(data: Any, *, rule: RetentionRule, today: date) -> RuleForm:
    """Return the form, filled in as the rule that holds now, from today on."""
    return RuleForm(
        data,
        initial={
            "effective_from": today,
            "adult_years": rule.adult_years,
            "minor_years": rule.minor_years,
            "citation": rule.citation,
        },
    )
