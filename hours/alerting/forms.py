"""What may be asked of the list, and what is asked about one alert and one's digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.forms import WeekForm
from groups.week_switch import query
from hours.alerting.looks import LOOKS
from hours.alerting.snoozing import MOST_DAYS, last_day
from hours.models import Digest
from programs.models import Weekday
from programs.plan.boxes import DateBox, RecordForm, line_of_text

LONGEST = 300


class Grouping(models.TextChoices):
    KIND = "kind", _("Kind")
    PERSON = "person", _("Person")


class Snoozed(models.TextChoices):
    HIDDEN = "no", _("Without what can wait")
    ONLY = "only", _("Only what can wait")


class ListForm(WeekForm):
    """The address of the list, read. What cannot be read is named, and left out."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *((kind.value, look.label) for kind, look in LOOKS.items())],
        error_messages={"invalid_choice": _("There is no alert of that kind.")},
    )
    snoozed = forms.ChoiceField(
        label=_("Snoozed"),
        required=False,
        choices=[("", _("Everything")), *Snoozed.choices],
        error_messages={"invalid_choice": _("Snoozed alerts are shown, left out, or alone.")},
    )
    by = forms.ChoiceField(
        label=_("Group by"),
        required=False,
        choices=Grouping.choices,
        error_messages={"invalid_choice": _("Alerts are grouped by kind or by person.")},
    )
    mine = forms.ChoiceField(
        required=False,
        choices=[("1", "1")],
        error_messages={"invalid_choice": _("Write mine=1 for your own alerts.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name in ("kind", "snoozed", "by"):
            self.fields[name].widget.attrs["class"] = "form-select"
        self.fields["week"].widget = forms.DateInput({"type": "date", "class": "form-control"})

    def chosen(self, name: str) -> str:
        """What was picked, as it stands in the address; nothing where it cannot be read."""
        self.is_valid()
        found = self.cleaned_data.get(name) or ""
        return found.isoformat() if isinstance(found, date) else str(found)

    def address(self, **change: str) -> str:
        """Return the query of the same list with something else picked."""
        return query(**({name: self.chosen(name) for name in self.fields} | change))


class GiveForm(RecordForm):
    """Who sees to it: somebody of the program, or nobody."""

    NOBODY = "nobody"

    def __init__(self, data: Any = None, *, staff: Sequence[User], holder: User | None) -> None:
        held = str(holder.public_id) if holder else ""
        super().__init__(data, initial={"to": held or self.NOBODY}, prefix="give")
        self.people = {str(each.public_id): each for each in staff}
        missing = gettext("Choose somebody of this program, or nobody")
        self.fields["to"] = forms.ChoiceField(
            label=gettext("Give it to"),
            choices=[
                (self.NOBODY, gettext("Nobody in particular")),
                *((key, each.display_name) for key, each in self.people.items()),
            ],
            error_messages={"required": missing, "invalid_choice": missing},
        )

    def to(self) -> User | None:
        """Who was chosen; None: nobody."""
        return self.people.get(self.cleaned_data["to"])


class SnoozeForm(RecordForm):
    """Until when it can wait, and why."""

    until = DateBox(label=_("Until"), error_messages={"required": _("Enter the day it comes back")})
    reason = line_of_text(
        _("Why it can wait"),
        most=LONGEST,
        required=_("Write in a few words why it can wait"),
        hint=_("Your colleagues read it here. It is not sent to anybody."),
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"until": today + timedelta(days=1)}, prefix="snooze")
        self.fields["until"].help_text = gettext(
            "At most %(days)s days; on that day it waits again."
        ) % {"days": MOST_DAYS}
        self.fields["until"].widget.attrs |= {
            "min": (today + timedelta(days=1)).isoformat(),
            "max": last_day(today).isoformat(),
        }


class DigestForm(RecordForm):
    """On which weekday somebody wants the week in numbers, and whether at its close."""

    weekday = forms.TypedChoiceField(
        label=_("Every week on"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("No weekday")), *Weekday.choices],
        error_messages={"invalid_choice": _("Choose a weekday, or none")},
    )
    is_at_close = forms.BooleanField(label=_("When a week is closed"), required=False)

    def __init__(self, data: Any = None, *, digest: Digest) -> None:
        super().__init__(
            data,
            initial={
                "weekday": "" if digest.weekday is None else digest.weekday,
                "is_at_close": digest.is_at_close,
            },
        )
