"""What is asked about an alert rule."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.clinic_settings.forms import SettingsForm, in_this_century, whole_number
from groups.enrolling.date_boxes import DateBoxesField
from programs.models import AlertRule, Program

MOST_HOURS, MOST_CLOSE_DAYS, MOST_DAYS, MOST_UNITS = 168, 14, 60, 100
DAYS_OR_NONE = _("Enter the days, or 0")


class AlertRuleForm(SettingsForm):
    """An alert rule: how late, how little, how near; from a date on."""

    effective_from = DateBoxesField(
        label=_("In effect from"), error_messages={"required": _("Enter the first day")}
    )
    citation = forms.CharField(
        label=_("Citation"),
        max_length=300,
        required=False,
        help_text=_("Where the rule comes from."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    unrecorded_hours = whole_number(
        _("Hours until a missing record is an alert"),
        most=MOST_HOURS,
        required=_("Enter the hours, such as 24"),
        hint=_("Counted from the end of the session."),
    )
    close_days = whole_number(
        _("Days until a week is closed"),
        least=0,
        most=MOST_CLOSE_DAYS,
        required=DAYS_OR_NONE,
        hint=_("Counted from its end. What is corrected later stands beside what was concluded."),
    )
    units_left = whole_number(
        _("Units left of an authorization"),
        least=0,
        most=MOST_UNITS,
        required=_("Enter the units, or 0"),
        hint=_("So many or fewer are an alert."),
    )
    days_left = whole_number(
        _("Days until an authorization ends"), least=0, most=MOST_DAYS, required=DAYS_OR_NONE
    )
    review_days = whole_number(
        _("Days until a utilization review"), least=0, most=MOST_DAYS, required=DAYS_OR_NONE
    )
    recertification_days = whole_number(
        _("Days until recertification"), least=0, most=MOST_DAYS, required=DAYS_OR_NONE
    )

    def __init__(
        self, data: Any = None, *, program: Program, said: AlertRule, effective_from: date
    ) -> None:
        initial = {name: getattr(said, name) for name in self.base_fields}
        super().__init__(data, initial={**initial, "effective_from": effective_from})
        self.program = program

    def clean_effective_from(self) -> date:
        return in_this_century(self.cleaned_data["effective_from"])

    def rule(self) -> AlertRule:
        """The rule as it is to be."""
        return AlertRule(program=self.program, **self.cleaned_data)
