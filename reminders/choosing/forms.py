"""What somebody is asked about notices: when and where for each kind, their hours, their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import time
from typing import Any

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField
from phonenumber_field.widgets import RegionalPhoneNumberWidget

from programs.models import Channel
from reminders.choosing.actions import Hours
from reminders.models import NoticeHours, NoticeKind, Timing
from reminders.notices.readers import Reader
from reminders.notices.timing import FIRST_MORNING, LAST_MORNING
from reminders.notices.usual import Choice, timings_of
from reminders.quiet import is_within
from reminders.reach import is_set_up

TIMES = ("morning_at", "quiet_from", "quiet_until")


def time_box(label: Any, missing: Any) -> forms.TimeField:
    """Return a box for a time of day; `missing` are the words where it is blank or none."""
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H:%M:%S", "%I:%M %p"],
        widget=forms.TimeInput({"type": "time", "autocomplete": "off"}, format="%H:%M"),
        error_messages={"required": missing, "invalid": missing},
    )


class ChoosingForm(forms.Form):
    """Everything on one page, saved at once."""

    mobile = PhoneNumberField(
        label=_("Mobile phone"),
        required=False,
        region="US",
        max_length=40,
        help_text=_("For text messages to you alone. Nobody else sees it."),
        widget=RegionalPhoneNumberWidget("US", {"autocomplete": "tel"}),
        error_messages={"invalid": _("Enter a mobile number like (402) 555-0100")},
    )
    morning_at = time_box(
        _("My morning begins at"), _("Enter the time of your morning notices, like 7:00 AM")
    )
    quiet_from = time_box(_("Quiet from"), _("Enter when your quiet hours begin, like 9:00 PM"))
    quiet_until = time_box(_("Quiet until"), _("Enter when your quiet hours end, like 6:00 AM"))

    def __init__(self, data: Any = None, *, kinds: Sequence[NoticeKind], reader: Reader) -> None:
        hours = reader.hours
        super().__init__(data, initial={name: getattr(hours, name) for name in ("mobile", *TIMES)})
        self.kinds, self.reader, self.can_text = kinds, reader, is_set_up(Channel.SMS)
        if not self.can_text:
            del self.fields["mobile"]
        for kind in kinds:
            self._ask_about(kind, reader.choice(kind))

    def _ask_about(self, kind: NoticeKind, choice: Choice) -> None:
        """Ask when and where; what is not answered stays as it was."""
        timings = timings_of(kind)
        if len(timings) > 1:
            self.fields[f"{kind}-timing"] = forms.ChoiceField(
                label=gettext("When"),
                required=False,
                choices=[(each.value, each.label) for each in timings],
                initial=choice.timing,
                error_messages={"invalid_choice": _("Choose one of the times in the list")},
            )
        if self.can_text:
            self.fields[f"{kind}-channel"] = forms.ChoiceField(
                label=gettext("Where"),
                required=False,
                choices=Channel.choices,
                initial=choice.channel,
                error_messages={"invalid_choice": _("Choose email or text message")},
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        by_text = any(
            choice.channel == Channel.SMS and choice.timing != Timing.NEVER
            for choice in self.choices().values()
        )
        if by_text and "mobile" in said and not said["mobile"]:
            self.add_error("mobile", gettext("Enter your mobile number, or choose email below"))
        self._check_quiet_hours(**{name: said.get(name) for name in TIMES})
        return said

    def _check_quiet_hours(
        self, morning_at: time | None, quiet_from: time | None, quiet_until: time | None
    ) -> None:
        if quiet_from is None or quiet_until is None:
            return
        if quiet_from == quiet_until:
            words = gettext("Quiet hours end at another time than they begin: change one of them")
            self.add_error("quiet_until", words)
        elif morning_at and is_within(morning_at, quiet_from, quiet_until):
            words = gettext("Your morning is in your quiet hours: enter %(time)s or later")
            self.add_error("morning_at", words % {"time": time_format(quiet_until)})

    def clean_morning_at(self) -> Any:
        morning = self.cleaned_data["morning_at"]
        if not FIRST_MORNING <= morning <= LAST_MORNING:
            bounds = {"first": time_format(FIRST_MORNING), "last": time_format(LAST_MORNING)}
            words = gettext("Enter a time between %(first)s and %(last)s") % bounds
            raise forms.ValidationError(words)
        return morning

    def choices(self) -> dict[NoticeKind, Choice]:
        """What is chosen for each kind; what was not asked stays as it was."""
        return {kind: self._choice(kind) for kind in self.kinds}

    def _choice(self, kind: NoticeKind) -> Choice:
        before, said = self.reader.choice(kind), self.cleaned_data
        return Choice(
            timing=Timing(said.get(f"{kind}-timing") or before.timing),
            channel=Channel(said.get(f"{kind}-channel") or before.channel),
        )

    def hours(self) -> Hours:
        """When it is morning and when quiet, and the number."""
        mobile = self.cleaned_data.get("mobile", self.reader.hours.mobile)
        times = {name: self.cleaned_data[name] for name in TIMES}
        return Hours(mobile=mobile.as_e164 if mobile else "", **times)

    def chosen(self) -> Reader:
        """The reader they would be if this were kept."""
        return Reader(
            NoticeHours(**asdict(self.hours())),
            {str(kind): choice for kind, choice in self.choices().items()},
        )
