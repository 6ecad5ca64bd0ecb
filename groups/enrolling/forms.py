"""What an enrollment asks for, and the search for somebody already on record."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from groups.enrolling.actions import CannotEnroll, Plan
from groups.enrolling.date_boxes import DateBoxesField
from groups.models import TherapyGroup
from programs.models import Admission, Channel, Language, Participant, Program

USUAL_WEEKS = 10
YES, NO = "yes", "no"
NEW_PERSON = (
    "first_name",
    "last_name",
    "preferred_name",
    "birth_date",
    "phone",
    "email",
    "language",
    "chart_number",
)


class FindForm(forms.Form):
    """Looks for somebody already on record."""

    q = forms.CharField(
        label=_("Name, chart number or birth date"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
        error_messages={"required": _("Type a name, a chart number or a birth date")},
    )


def _answer(label: Any, required: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": required},
    )


class EnrollForm(forms.Form):
    """Who, when, which groups, and how they may be reached."""

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
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"),
        queryset=TherapyGroup.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Choose groups of this program"),
            "invalid_pk_value": _("Choose groups of this program"),
        },
    )
    email_consent = _answer(
        _("Do they agree to reminders by email?"), _("Say whether they agree to reminders by email")
    )
    sms_consent = _answer(
        _("Do they agree to reminders by text?"), _("Say whether they agree to reminders by text")
    )
    proposed_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        program: Program,
        known: Participant | None,
        today: date,
        chart_number: str = "",
    ) -> None:
        super().__init__(data, initial=_initial(today, known, chart_number))
        self.program, self.known, self.today = program, known, today
        self.fields["groups"].queryset = TherapyGroup.objects.filter(program=program)  # type: ignore[attr-defined]
        if known:
            for name in NEW_PERSON:
                del self.fields[name]

    def clean_birth_date(self) -> date:
        born = self.cleaned_data["birth_date"]
        if not date(1900, 1, 1) <= born < self.today:
            raise forms.ValidationError(gettext("Enter a birth date in the past"))
        return born

    def clean_admitted_on(self) -> date:
        day = self.cleaned_data["admitted_on"]
        if abs(day - self.today) > timedelta(days=366):
            raise forms.ValidationError(gettext("Enter a first day within a year of today"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        first, last = cleaned.get("admitted_on"), cleaned.get("planned_discharge_on")
        if first and last and not first <= last <= first + timedelta(days=366):
            self.add_error(
                "planned_discharge_on",
                gettext("The planned last day is after the first day, within a year"),
            )
        reached = self.known or self
        if cleaned.get("email_consent") == YES and not _contact(reached, "email"):
            self.add_error("email_consent", gettext("No email is on record to send reminders to"))
        if cleaned.get("sms_consent") == YES and not _contact(reached, "phone"):
            self.add_error("sms_consent", gettext("No phone is on record to send texts to"))
        return cleaned

    def add_refusal(self, refused: CannotEnroll) -> None:
        """Put the action's words at the fields they are about."""
        for field, words in refused.words.items():
            self.add_error(field if field in self.fields else None, [str(word) for word in words])

    def forget_errors(self) -> None:
        """Keep what was typed and say nothing about it yet: it is not being sent."""
        self._errors = ErrorDict()

    def chosen(self) -> QuerySet[TherapyGroup]:
        """The groups ticked so far."""
        return self._value("groups") or TherapyGroup.objects.none()

    def first_on(self) -> date:
        """The first day as far as it can be read, else the suggested one."""
        return self._value("admitted_on") or self.initial["admitted_on"]

    def last_on(self) -> date:
        """The planned last day, as far as it can be read."""
        last = self._value("planned_discharge_on") or self.initial["planned_discharge_on"]
        return max(last, self.first_on())

    def ordered_minutes(self) -> int | None:
        """The hours ordered, in minutes."""
        ordered = self._value("ordered_hours")
        return round(ordered * 60) if ordered else None

    def answers(self) -> dict[Channel, bool]:
        """What was answered to each way of being reached, so far."""
        given = {
            Channel.EMAIL: self._value("email_consent"),
            Channel.SMS: self._value("sms_consent"),
        }
        return {channel: answer == YES for channel, answer in given.items() if answer}

    def _value(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_bound else self.initial.get(name)

    def plan(self) -> Plan:
        """The enrollment to be made."""
        new = {name: self.cleaned_data[name] for name in NEW_PERSON if name in self.cleaned_data}
        return Plan(
            public_id=self.cleaned_data["proposed_id"],
            program=self.program,
            participant=self.known or Participant(**new),
            admitted_on=self.cleaned_data["admitted_on"],
            admission=self.cleaned_data["admission"],
            planned_discharge_on=self.cleaned_data["planned_discharge_on"],
            ordered_minutes=self.ordered_minutes(),
            groups=list(self.chosen()),
            consents=self.answers(),
        )


def _contact(source: Participant | EnrollForm, name: str) -> Any:
    if isinstance(source, Participant):
        return getattr(source, name)
    # One that cannot be read has words of its own already.
    return source.cleaned_data.get(name) or name in source.errors


def _initial(today: date, known: Participant | None, chart_number: str) -> dict[str, Any]:
    """What is suggested: next Monday, ten weeks, and consents that are on record."""
    first_on = today + timedelta(days=-today.weekday() % 7)
    on_record = (
        {each.channel for each in known.consents.all() if not each.withdrawn_at}
        if (known)
        else set()
    )
    return {
        "admitted_on": first_on,
        "planned_discharge_on": first_on + timedelta(weeks=USUAL_WEEKS, days=-3),
        "language": Language.ENGLISH,
        "admission": Admission.DIRECT,
        "chart_number": chart_number,
        "email_consent": YES if Channel.EMAIL in on_record else None,
        "sms_consent": YES if Channel.SMS in on_record else None,
        "proposed_id": uuid.uuid4(),
    }
