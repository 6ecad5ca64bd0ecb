"""What is asked about a site, a room, and a schedule rule."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from accounts.keeping import NotKept
from groups.clinic_settings.actions import LIMITS, Credentials, RoomFacts, SiteFacts
from groups.clinic_settings.hours_box import HoursField
from groups.enrolling.date_boxes import DateBoxesField
from programs.models import GroupKind, Program, RequiredCredential, Room, ScheduleRule, Site

LAST_YEAR = 2099
USUAL_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
)
IN_ORDER = (
    ("min_days_per_week", "max_days_per_week"),
    ("min_minutes_per_day", "max_minutes_per_day"),
)
LONGEST_CREDENTIAL = RequiredCredential._meta.get_field("credential").max_length or 0


class SettingsForm(forms.Form):
    """A form of one thing that a director settles."""

    def add_refusal(self, refused: NotKept) -> None:
        """Put the action's words at the fields they are about."""
        for field, words in refused.words.items():
            self.add_error(field if field in self.fields else None, [str(word) for word in words])


def whole_number(
    label: Any, *, most: int, least: int = 1, required: Any = None, hint: Any = "", usual: str = ""
) -> forms.IntegerField:
    """Return a box for a whole number; `required` are the words where it is left blank."""
    return forms.IntegerField(
        label=label,
        required=required is not None,
        min_value=least,
        max_value=most,
        help_text=hint,
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "off", "placeholder": usual}
        ),
        error_messages={
            "required": required or "",
            "invalid": _("Enter a whole number"),
            "min_value": _("Enter %(limit_value)s or more"),
            "max_value": _("Enter %(limit_value)s or less"),
        },
    )


def in_this_century(day: date) -> date:
    """Return the first day of a rule. Raises ValidationError where it is a slip of the pen."""
    if day.year > LAST_YEAR:
        raise forms.ValidationError(gettext("Enter a date before 2100"))
    return day


def _hours(label: Any, usual: str) -> HoursField:
    box = {"inputmode": "text", "autocomplete": "off", "placeholder": usual}
    return HoursField(label=label, required=False, max_length=10, widget=forms.TextInput(box))


class SiteForm(SettingsForm):
    """The time zone and state of a site, and who its messages are from."""

    # Proposed while one types; every zone there is will do.
    usual_zones = USUAL_ZONES

    timezone = forms.CharField(
        label=_("Time zone"),
        max_length=60,
        help_text=_("A city that shares the site’s clock, such as America/Chicago."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "list": "zones"}),
        error_messages={"required": _("Enter a time zone like America/Chicago")},
    )
    state = forms.CharField(
        label=_("State"),
        max_length=2,
        required=False,
        help_text=_("Two letters, such as IL. Its public holidays are proposed as closures."),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"max_length": _("Enter two letters, such as IL")},
    )
    reminder_sender = forms.CharField(
        label=_("Sender of messages"),
        max_length=60,
        required=False,
        help_text=_("It says nothing of what you do, such as The appointment desk."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    callback_phone = PhoneNumberField(
        label=_("Call-back phone"),
        required=False,
        region="US",
        help_text=_("Where somebody picks up. Reminders name it."),
        error_messages={"invalid": _("Enter a phone number like (402) 555-0100")},
    )

    def __init__(self, data: Any = None, *, site: Site) -> None:
        super().__init__(data, initial=model_to_dict(site, list(self.base_fields)))

    def clean_state(self) -> str:
        return self.cleaned_data["state"].upper()

    def facts(self) -> SiteFacts:
        """What is to be kept."""
        return SiteFacts(**self.cleaned_data)


class RoomForm(SettingsForm):
    """A room: its name, how many it seats, the time between two sessions."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Enter the room’s name")},
    )
    capacity = whole_number(
        _("People it seats"),
        most=999,
        required=_("Enter how many people it seats"),
    )
    turnover_minutes = whole_number(
        _("Minutes between sessions"),
        least=0,
        most=240,
        required=_("Enter the minutes, or 0"),
        hint=_("To air and tidy the room. Sessions closer than that are warned about."),
    )

    def __init__(self, data: Any = None, *, room: Room | None = None) -> None:
        initial = model_to_dict(room, list(self.base_fields)) if room else {"turnover_minutes": 0}
        super().__init__(data, initial=initial)

    def facts(self) -> RoomFacts:
        """What is to be kept."""
        return RoomFacts(**self.cleaned_data)


class RuleForm(SettingsForm):
    """A schedule rule; what is left blank is not limited."""

    effective_from = DateBoxesField(
        label=_("In effect from"), error_messages={"required": _("Enter the first day")}
    )
    min_days_per_week = whole_number(_("Days a week, at least"), most=7, usual="3")
    max_days_per_week = whole_number(_("Days a week, at most"), most=7, usual="5")
    min_minutes_per_day = _hours(_("Hours a day, at least"), "2")
    max_minutes_per_day = _hours(_("Hours a day, at most"), "3")
    max_gap_days = whole_number(
        _("Days from one offered day to the next, at most"),
        most=366,
        hint=_("From Monday to Thursday are 3."),
    )
    max_per_facilitator = whole_number(_("Participants per facilitator, at most"), most=999)
    citation = forms.CharField(
        label=_("Citation"),
        max_length=300,
        required=False,
        help_text=_("Where the rule comes from."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(
        self, data: Any = None, *, rule: ScheduleRule | None, effective_from: date
    ) -> None:
        initial = model_to_dict(rule) if rule else {}
        listed = rule.credentials.order_by("pk") if rule else ()
        for kind in GroupKind:
            name = _box(kind)
            initial[name] = ", ".join(each.credential for each in listed if each.kind == kind)
        super().__init__(data, initial={**initial, "effective_from": effective_from})
        self.fields |= {_box(kind): _credentials(kind) for kind in GroupKind}

    @property
    def credential_boxes(self) -> list[forms.BoundField]:
        """The boxes of the kinds of group, in their order."""
        return [self[_box(kind)] for kind in GroupKind]

    def clean_effective_from(self) -> date:
        return in_this_century(self.cleaned_data["effective_from"])

    def clean(self) -> dict[str, Any]:
        for least, most in IN_ORDER:
            low, high = self.cleaned_data.get(least), self.cleaned_data.get(most)
            if low is not None and high is not None and high < low:
                self.add_error(most, gettext("At most is not under at least"))
        return self.cleaned_data

    def rule(self, program: Program) -> ScheduleRule:
        """The rule as it is to be."""
        named = ("effective_from", "citation", *LIMITS)
        return ScheduleRule(program=program, **{name: self.cleaned_data[name] for name in named})

    def credentials(self) -> Credentials:
        """Which credentials each kind of group asks for, in the order typed."""
        return {kind.value: self.cleaned_data[_box(kind)] for kind in GroupKind}


class CredentialsField(forms.CharField):
    """Credentials with commas between them; cleans to a list, nothing twice."""

    def clean(self, value: Any) -> list[str]:
        listed: dict[str, str] = {}
        for part in super().clean(value).split(","):
            if each := " ".join(part.split()):
                listed.setdefault(each.casefold(), each)
        if any(len(each) > LONGEST_CREDENTIAL for each in listed.values()):
            words = gettext("A credential has at most %(most)s letters; put commas between them")
            raise forms.ValidationError(words % {"most": LONGEST_CREDENTIAL})
        return list(listed.values())


def _box(kind: GroupKind) -> str:
    return f"credentials_{kind.value}"


def _credentials(kind: GroupKind) -> CredentialsField:
    return CredentialsField(
        label=kind.label,
        required=False,
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
