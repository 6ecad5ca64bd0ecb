"""What is asked about who a participant is, and how they are reached."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from accounts.keeping import NotKept
from programs.models import Language, Participant
from programs.profile.actions import FACTS

FIRST_YEAR = 1900
USUAL_ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix"),
    *("America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico"),
)


def _text(
    label: Any, most: int, required: Any = None, hint: Any = "", **box: Any
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required is not None,
        help_text=hint,
        widget=forms.TextInput({"autocomplete": "off", **box}),
        error_messages={"required": required or ""},
    )


def _phone(label: Any) -> PhoneNumberField:
    return PhoneNumberField(
        label=label,
        required=False,
        region="US",
        max_length=40,
        widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
        error_messages={"invalid": _("Enter a phone number like (402) 555-0100")},
    )


class ProfileForm(forms.Form):
    """All facts of a person, in sections; what was shown is sent along, so that only what
    somebody changed is written.
    """

    # Proposed while one types; every zone there is will do.
    usual_zones = USUAL_ZONES

    first_name = _text(_("First name"), 80, _("Enter a first name"))
    last_name = _text(_("Last name"), 80, _("Enter a last name"))
    preferred_name = _text(_("Preferred name"), 80, hint=_("What they want to be called"))
    pronouns = _text(_("Pronouns"), 40, hint=_("For example she/her"))
    birth_date = forms.DateField(
        label=_("Birth date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a birth date like 1990-03-09")},
    )
    chart_number = _text(_("Chart number"), 40, _("Enter a chart number"))
    phone = _phone(_("Phone"))
    other_phone = _phone(_("Other phone"))
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        max_length=254,
        widget=forms.TextInput({"type": "email", "autocomplete": "off"}),
        error_messages={"invalid": _("Enter an email like name@example.org")},
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=Language.choices,
        error_messages={"invalid_choice": _("Choose one of the languages listed")},
    )
    timezone = _text(
        _("Time zone"), 60, hint=_("Only if it is not the site’s: America/Denver"), list="zones"
    )
    emergency_name = _text(_("Emergency contact"), 120)
    emergency_relationship = _text(_("Relationship"), 80, hint=_("For example sister"))
    emergency_phone = _phone(_("Emergency phone"))
    safe_contact = forms.CharField(
        label=_("What may be said to whom"),
        required=False,
        max_length=2_000,
        help_text=_("May a message be left? Who may pick up? What must not be mentioned?"),
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, person: Participant, today: date) -> None:
        super().__init__(data, initial=model_to_dict(person, fields=FACTS))
        self.today = today
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean_birth_date(self) -> date | None:
        born = self.cleaned_data["birth_date"]
        if born and born > self.today:
            raise forms.ValidationError(
                gettext("A birth date lies in the past. Enter the day on which they were born.")
            )
        if born and born.year < FIRST_YEAR:
            raise forms.ValidationError(gettext("Enter a birth date after 1900"))
        return born

    def clean_timezone(self) -> str:
        zone = self.cleaned_data["timezone"]
        if zone and zone not in available_timezones():
            raise forms.ValidationError(
                gettext("There is no time zone of this name. Write it as America/Chicago.")
            )
        return zone

    def what_was_shown(self) -> list[str]:
        """Return hidden fields with what stood in each when the page was opened."""
        return [field.as_hidden(only_initial=True) for field in self]

    def changes(self) -> dict[str, Any]:
        """Return what somebody changed since the page was opened."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def add_refusal(self, refused: NotKept) -> None:
        """Put the action's words at the fields they are about."""
        for field, words in refused.words.items():
            self.add_error(field if field in self.fields else None, [str(word) for word in words])
