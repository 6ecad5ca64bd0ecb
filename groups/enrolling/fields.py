"""The fields of an enrollment: the person, the stay, groups, answers, reasons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from groups.enrolling.date_boxes import DateBoxesField
from groups.enrolling.suggested import NO, WAYS, YES
from groups.models import TherapyGroup
from programs.models import Admission, CameFrom, Language, ReferralSource


def _answer(label: Any, required: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": required},
    )


def _groups(label: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        label=label,
        queryset=TherapyGroup.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Choose groups of this program"),
            "invalid_pk_value": _("Choose groups of this program"),
        },
    )


def _why(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EnrollFields(forms.Form):
    """Everything that is asked, in the order of the page."""

    first_name = forms.CharField(
        label=_("First name"), max_length=80, error_messages={"required": _("Enter a first name")}
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=80, error_messages={"required": _("Enter a last name")}
    )
    preferred_name = forms.CharField(label=_("Preferred name"), max_length=80, required=False)
    birth_date = DateBoxesField(
        label=_("Birth date"), error_messages={"required": _("Enter a birth date")}
    )
    phone = PhoneNumberField(
        label=_("Phone"),
        required=False,
        region="US",
        error_messages={"invalid": _("Enter a phone number like (402) 555-0100")},
    )
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        error_messages={"invalid": _("Enter an email like name@example.org")},
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    chart_number = forms.CharField(
        label=_("Chart number"),
        max_length=40,
        error_messages={"required": _("Enter a chart number")},
    )
    admitted_on = DateBoxesField(
        label=_("First day"), error_messages={"required": _("Enter the first day")}
    )
    planned_discharge_on = DateBoxesField(
        label=_("Planned last day"), error_messages={"required": _("Enter the planned last day")}
    )
    admission = forms.ChoiceField(label=_("Comes in"), choices=Admission.choices)
    came_from = forms.ChoiceField(label=_("Comes from"), choices=CameFrom.choices, required=False)
    ordered_hours = forms.DecimalField(
        label=_("Ordered hours a week"),
        required=False,
        min_value=1,
        max_value=60,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "invalid": _("Enter hours like 9 or 10.5"),
            "min_value": _("Ordered hours are at least 1"),
            "max_value": _("Ordered hours are at most 60"),
        },
    )
    ordered_days = forms.IntegerField(
        label=_("Ordered days a week"),
        required=False,
        min_value=1,
        max_value=7,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Enter days like 3"),
            "min_value": _("Ordered days are 1 to 7"),
            "max_value": _("Ordered days are 1 to 7"),
        },
    )
    groups = _groups(_("Groups"))
    waits = _groups(_("Waiting lists"))
    email_consent = _answer(
        _("Do they agree to reminders by email?"), _("Say whether they agree to reminders by email")
    )
    sms_consent = _answer(
        _("Do they agree to reminders by text?"), _("Say whether they agree to reminders by text")
    )
    taken_how = forms.ChoiceField(
        label=_("How they said so"), choices=[(way.value, way.label) for way in WAYS]
    )
    agreement = forms.BooleanField(
        label=_("Program agreement signed on paper today"), required=False
    )
    override = _why(_("Why all the same"), _("It goes to the director’s list of exceptions."))
    over_seats = _why(
        _("Why enroll over the number of seats"), _("It is kept with the enrollment.")
    )
    source = forms.ChoiceField(
        label=_("Who referred them"), choices=ReferralSource.choices, required=False
    )
    proposed_id = forms.UUIDField(widget=forms.HiddenInput)
