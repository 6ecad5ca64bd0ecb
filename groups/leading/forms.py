"""What is asked to put a license, a leave or hours on record, and to choose who leads a session."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.keeping import NotKept
from accounts.models import License, User
from groups.enrolling.date_boxes import DateBoxesField
from groups.forms import FIRST_DATE, LAST_DATE
from programs.models import Availability, StaffLeave, Weekday

WITHIN = (
    MinValueValidator(FIRST_DATE, _("Enter a date from 2000 on")),
    MaxValueValidator(LAST_DATE, _("Enter a date before 2100")),
)


def _date(label: Any, *, required: Any = None, hint: Any = "") -> DateBoxesField:
    return DateBoxesField(
        label=label,
        required=required is not None,
        help_text=hint,
        validators=WITHIN,
        error_messages={"required": required or ""},
    )


def _clock(label: Any, required: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": required, "invalid": _("Enter a time like 9:00")},
    )


class RecordForm(forms.Form):
    """A form of one row about one colleague."""

    def add_refusal(self, refused: NotKept) -> None:
        """Put the action's words at the fields they are about."""
        for field, words in refused.words.items():
            self.add_error(field if field in self.fields else None, [str(word) for word in words])


class LicenseForm(RecordForm):
    """A license as it stands in the board's register."""

    prefix = "license"
    credential = forms.CharField(
        label=_("Credential"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("As the board abbreviates it, such as LCSW."),
        error_messages={"required": _("Enter the credential")},
    )
    number = forms.CharField(
        label=_("License number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    first_on = _date(_("Valid from"))
    expires_on = _date(_("Last day valid"), hint=_("Blank where it does not expire."))

    def license(self, user: User) -> License:
        """The row to be put on record."""
        return License(user=user, **self.cleaned_data)


class LeaveForm(RecordForm):
    """Days on which somebody does not work."""

    prefix = "leave"
    first_on = _date(_("First day"), required=_("Enter the first day"))
    last_on = _date(_("Last day"), hint=_("Blank where it is not known yet."))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Only directors read it."),
    )

    def leave(self, user: User) -> StaffLeave:
        """The row to be put on record."""
        return StaffLeave(user=user, **self.cleaned_data)

    def dates(self) -> tuple[date, date | None] | None:
        """The days asked about as far as they can be read, first and last."""
        first, last = self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")
        if first is None or "last_on" in self.errors or (last and last < first):
            return None
        return first, last


class AvailabilityForm(RecordForm):
    """Hours of one weekday in which somebody can lead."""

    prefix = "hours"
    weekday = forms.TypedChoiceField(
        label=_("Weekday"),
        choices=[("", _("Choose a day")), *Weekday.choices],
        coerce=int,
        error_messages={
            "required": _("Choose a weekday"),
            "invalid_choice": _("Choose a weekday"),
        },
    )
    starts = _clock(_("From"), _("Enter from when"))
    ends = _clock(_("Until"), _("Enter until when"))
    first_on = _date(_("First day"), required=_("Enter the first day"))
    last_on = _date(_("Last day"), hint=_("Blank where it goes on."))

    def suggest(self, today: date) -> None:
        """Have them begin today, unless something else was sent."""
        self.initial["first_on"] = today

    def hours(self, user: User) -> Availability:
        """The row to be put on record."""
        return Availability(user=user, **self.cleaned_data)
