"""What a first call asks for, the search for somebody on record, and why somebody is declined."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from programs.models import (
    Admission,
    CameFrom,
    DeclineReason,
    Language,
    Participant,
    ReferralSource,
)
from programs.models.enrollment import CARE_BEFORE

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

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
EARLIEST_BIRTH = date(1900, 1, 1)
A_YEAR = timedelta(days=366)


class FindForm(forms.Form):
    """Looks for somebody already on record."""

    q = forms.CharField(
        label=_("Name, chart number or birth date"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
        error_messages={"required": _("Type a name, a chart number or a birth date")},
    )


def care_before_choices() -> list[tuple[Any, Any]]:
    """Return the care somebody may come from, under how they come in."""
    groups = [
        (Admission(admission).label, [(care.value, care.label) for care in care_before])
        for admission, care_before in CARE_BEFORE.items()
        if care_before
    ]
    return [("", _("Not known, or none")), *groups]


def check_care_before(admission: str | None, came_from: str | None) -> None:
    """Refuse, in words, care that does not fit how somebody comes in."""
    if not came_from or admission not in CARE_BEFORE:
        return
    fitting = CARE_BEFORE[admission]
    if came_from in fitting:
        return
    if not fitting:
        words = gettext("Who comes in directly comes from no other care. Leave it open.")
    else:
        names = ", ".join(str(care.label) for care in fitting)
        words = gettext("That does not fit how they come in. Choose one of: %(names)s.")
        words %= {"names": names}
    raise forms.ValidationError(words)


def check_birth_date(born: date | None, today: date) -> None:
    """Refuse a birth date that is not in the past."""
    if born and not EARLIEST_BIRTH <= born < today:
        raise forms.ValidationError(gettext("Enter a birth date in the past"))


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a real date, such as 2026-11-23")},
    )


class CallForm(forms.Form):
    """Who calls or is called for, who referred them, and how and when they would come."""

    first_name = forms.CharField(
        label=_("First name"), max_length=80, error_messages={"required": _("Enter a first name")}
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=80, error_messages={"required": _("Enter a last name")}
    )
    preferred_name = forms.CharField(label=_("Preferred name"), max_length=80, required=False)
    birth_date = _day(_("Birth date"))
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    chart_number = forms.CharField(
        label=_("Chart number"),
        max_length=40,
        error_messages={"required": _("Enter a chart number")},
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
    source = forms.ChoiceField(
        label=_("Who referred them"),
        choices=[("", _("Choose")), *ReferralSource.choices],
        error_messages={"required": _("Say who referred them")},
    )
    source_name = forms.CharField(label=_("Their name and number"), max_length=200, required=False)
    admission = forms.ChoiceField(label=_("Comes in"), choices=Admission.choices)
    came_from = forms.ChoiceField(label=_("Comes from"), choices=CameFrom.choices, required=False)
    wanted_on = _day(_("Wants to start"))
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    proposed_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        known: Participant | None,
        today: date,
        chart_number: str = "",
    ) -> None:
        initial = {
            "language": Language.ENGLISH,
            "admission": Admission.DIRECT,
            "chart_number": chart_number,
            "proposed_id": uuid.uuid4(),
        }
        super().__init__(data, initial=initial)
        self.known, self.today = known, today
        self.fields["came_from"].choices = care_before_choices()  # type: ignore[attr-defined]
        if known:
            for name in NEW_PERSON:
                del self.fields[name]

    def clean_birth_date(self) -> date | None:
        born = self.cleaned_data["birth_date"]
        check_birth_date(born, self.today)
        return born

    def clean_wanted_on(self) -> date | None:
        day = self.cleaned_data["wanted_on"]
        if day and abs(day - self.today) > A_YEAR:
            raise forms.ValidationError(gettext("Enter a date within a year of today"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        try:
            check_care_before(cleaned.get("admission"), cleaned.get("came_from"))
        except forms.ValidationError as unfitting:
            self.add_error("came_from", unfitting)
        return cleaned

    def forget_errors(self) -> None:
        """Keep what was typed and say nothing about it yet: it is not being sent."""
        self.full_clean()
        self._errors = ErrorDict()

    def person(self) -> Participant:
        """Who it is about: somebody on record, or a new row that is not stored yet."""
        new = {name: self.cleaned_data[name] for name in NEW_PERSON if name in self.cleaned_data}
        return self.known or Participant(**new)

    def call(self) -> dict[str, Any]:
        """What the call says of the way here."""
        names = ("source", "source_name", "admission", "came_from", "wanted_on", "note")
        said = {name: self.cleaned_data[name] for name in names}
        return {"public_id": self.cleaned_data["proposed_id"], **said}

    def add_refusal(self, words: Mapping[str, Iterable[StrOrPromise]]) -> None:
        """Put an action's words at the fields they are about."""
        for field, said in words.items():
            self.add_error(field if field in self.fields else None, [str(each) for each in said])


class DeclineForm(forms.Form):
    """Why somebody is declined."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose")), *DeclineReason.choices],
        error_messages={"required": _("Choose a reason")},
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
