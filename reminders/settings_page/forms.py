"""What is asked about the rule of reminders, and about the words of one message."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups.clinic_settings.forms import SettingsForm, whole_number
from groups.clinic_settings.hours_box import HoursField
from programs.models import Program, Weekday
from reminders.models import MessageTemplate, ReminderRule
from reminders.models.rule import MINUTES_BEFORE, MOST_A_DAY, MOST_A_WEEK
from reminders.settings_page.message import Message
from reminders.wording.usual import Words

LONGEST_BODY = MessageTemplate._meta.get_field("body").max_length or 0
LONGEST_SUBJECT = MessageTemplate._meta.get_field("subject").max_length or 0


def _time(label: Any, missing: Any, *, hint: Any = "") -> forms.TimeField:
    """Return a box for a time of day, else `missing` is said; with a hint it may be blank."""
    return forms.TimeField(
        label=label,
        required=not hint,
        help_text=hint,
        input_formats=["%H:%M", "%H:%M:%S", "%I:%M %p"],
        widget=forms.TimeInput({"type": "time", "autocomplete": "off"}, format="%H:%M"),
        error_messages={"required": missing, "invalid": missing},
    )


def _count(label: Any, bounds: tuple[int, int], wanted: Any) -> forms.IntegerField:
    """Return a box for a number of messages; `wanted` is said whatever is wrong with it."""
    box = whole_number(label, least=bounds[0], most=bounds[1], required=wanted)
    box.error_messages.update(dict.fromkeys(("invalid", "min_value", "max_value"), wanted))
    return box


class RuleForm(SettingsForm):
    """When reminders go out, when nothing does, and how many may."""

    evening_at = _time(
        _("The day before, at"),
        _("Enter a time for the day before, like 6:00 PM"),
        hint=_("Blank: no message the day before."),
    )
    minutes_before = HoursField(
        label=_("Hours before the first appointment"),
        required=False,
        max_length=10,
        help_text=_("Such as 2 or 1:30, from 0:15 to 12. Blank: no message shortly before."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    weekly_on = forms.TypedChoiceField(
        label=_("The week ahead, on"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("No day")), *Weekday.choices],
        help_text=_("Only to those who asked for it."),
        error_messages={"invalid_choice": _("Choose a day from the list")},
    )
    weekly_at = _time(
        _("The week ahead, at"), _("Enter when the week ahead goes out, like 5:00 PM")
    )
    quiet_from = _time(_("Quiet from"), _("Enter when quiet hours begin, like 9:00 PM"))
    quiet_until = _time(_("Quiet until"), _("Enter when quiet hours end, like 8:00 AM"))
    most_a_day = _count(_("Messages a day, at most"), MOST_A_DAY, _("Enter 1 to 10 messages a day"))
    most_a_week = _count(
        _("Messages a week, at most"), MOST_A_WEEK, _("Enter 1 to 50 messages a week")
    )

    def __init__(self, data: Any = None, *, rule: ReminderRule) -> None:
        super().__init__(data, initial=model_to_dict(rule, list(self.base_fields)))

    def clean_minutes_before(self) -> int | None:
        minutes = self.cleaned_data["minutes_before"]
        least, most = MINUTES_BEFORE
        if minutes is not None and not least <= minutes <= most:
            raise forms.ValidationError(gettext("Enter 0:15 to 12 hours, or leave it blank"))
        return minutes

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("quiet_from") and said.get("quiet_from") == said.get("quiet_until"):
            self.add_error("quiet_until", gettext("Enter another time than that of “Quiet from”"))
        if said.get("most_a_week", said.get("most_a_day", 0)) < said.get("most_a_day", 0):
            self.add_error("most_a_week", gettext("At most a week is not under at most a day"))
        return said

    def rule(self, program: Program) -> ReminderRule:
        """The rule as it is to be, unsaved."""
        return ReminderRule(program=program, **self.cleaned_data)


class WordsForm(SettingsForm):
    """The subject and text of one message; a text message has no subject."""

    subject = forms.CharField(
        label=_("Subject"),
        max_length=LONGEST_SUBJECT,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": _("Enter a subject"),
            "max_length": _("Enter %(limit_value)s letters or fewer; these are %(show_value)s"),
        },
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea({"rows": 8}),
        error_messages={
            "required": _("Enter the text of the message"),
            "max_length": _("Enter %(limit_value)s letters or fewer; these are %(show_value)s"),
        },
    )

    def __init__(self, data: Any = None, *, message: Message, words: Words) -> None:
        super().__init__(data, initial={"subject": words.subject, "body": words.body})
        if message.is_text:
            del self.fields["subject"]
            self.fields["body"].widget.attrs["rows"] = 5
        # What is written is of its own language, for whoever has it read aloud or corrected.
        for field in self.fields.values():
            field.widget.attrs["lang"] = message.language

    def clean_body(self) -> str:
        """Let lines end as they do everywhere but in a browser's form."""
        return "\n".join(self.cleaned_data["body"].splitlines())

    def words(self) -> Words:
        """The words as they are to be."""
        return Words(self.cleaned_data["body"], self.cleaned_data.get("subject", ""))
