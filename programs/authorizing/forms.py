"""What is asked about an authorization."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.authorizing.actions import AuthorizationFacts
from programs.models import Authorization, AuthorizationStatus, Enrollment, Unit
from programs.plan.boxes import DateBox, RecordForm, line_of_text, some_text, whole_number
from programs.plan.wording import day_words

MOST_UNITS = 99_999
# What the next authorization of an episode mostly has in common with the one before.
LASTING = ("payer", "member_id", "unit", "days_per_week")


class AuthorizationForm(RecordForm):
    """An authorization; dates outside the episode have to be meant."""

    payer = line_of_text(_("Payer"), most=120, required=_("Enter the payer"))
    member_id = line_of_text(_("Member ID"), most=60, hint=_("It is stored encrypted."))
    status = forms.ChoiceField(label=_("Status"), choices=AuthorizationStatus.choices)
    number = line_of_text(
        _("Authorization number"), most=60, hint=_("An approval has one; leave blank until then.")
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices)
    requested_units = whole_number(_("Units asked for"), least=1, most=MOST_UNITS)
    approved_units = whole_number(_("Units approved"), least=0, most=MOST_UNITS)
    first_on = DateBox(label=_("First day"), error_messages={"required": _("Enter the first day")})
    last_on = DateBox(label=_("Last day"), error_messages={"required": _("Enter the last day")})
    days_per_week = whole_number(_("Days a week"), least=1, most=7)
    next_review_on = DateBox(
        label=_("Next review"),
        required=False,
        help_text=_("Before the last day, so that the next authorization is there in time."),
    )
    note = some_text(_("Note"), most=2_000, hint=_("It is stored encrypted."))
    anyway = forms.BooleanField(label=_("Keep it anyway"), required=False)

    def __init__(
        self, data: Any = None, *, enrollment: Enrollment, row: Authorization | None = None
    ) -> None:
        super().__init__(data, initial=_facts(row) if row else _suggested(enrollment))
        self.enrollment, self.row = enrollment, row
        # Shown once the dates ask for it.
        self.is_outside = False

    def clean(self) -> dict[str, Any]:
        words = self._outside()
        self.is_outside = bool(words)
        if words and not self.cleaned_data.get("anyway"):
            self.add_error("anyway", words)
        return self.cleaned_data

    def facts(self) -> AuthorizationFacts:
        """What is to be kept."""
        named = AuthorizationFacts.__dataclass_fields__
        return AuthorizationFacts(**{name: self.cleaned_data[name] for name in named})

    def _outside(self) -> str:
        """Return words where the first day is outside the episode, and was not kept so before."""
        first_on = self.cleaned_data.get("first_on")
        if first_on is None or (self.row and self.row.first_on == first_on):
            return ""
        admitted_on, discharged_on = self.enrollment.admitted_on, self.enrollment.discharged_on
        if first_on < admitted_on:
            words = gettext(
                "The first day is before the admission on %(day)s. Change it, or tick “Keep it"
                " anyway”."
            )
            return words % {"day": day_words(admitted_on)}
        if discharged_on and first_on > discharged_on:
            words = gettext(
                "The first day is after the discharge on %(day)s. Change it, or tick “Keep it"
                " anyway”."
            )
            return words % {"day": day_words(discharged_on)}
        return ""


def _facts(row: Authorization) -> dict[str, Any]:
    return {name: getattr(row, name) for name in AuthorizationFacts.__dataclass_fields__}


def _suggested(enrollment: Enrollment) -> dict[str, Any]:
    """Return what a new one would say: as the latest one, from the day after it."""
    before = enrollment.authorizations.order_by("last_on").last()
    if before is None:
        return {"first_on": enrollment.admitted_on}
    next_on: date = before.last_on + timedelta(days=1)
    return {"first_on": next_on, **{name: getattr(before, name) for name in LASTING}}
