"""What may be asked of the calendar: a week, and which kind, room or facilitator."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from programs.models import GroupKind

FIRST_DATE, LAST_DATE = date(2000, 1, 1), date(2100, 1, 1)


class WeekForm(forms.Form):
    """An address with a week in it, read. What cannot be read is named, and left out."""

    week = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=[
            MinValueValidator(FIRST_DATE, _("Weeks begin in 2000 here.")),
            MaxValueValidator(LAST_DATE, _("Weeks end in 2100 here.")),
        ],
        error_messages={"invalid": _("This is not a date; write it as 2026-11-23.")},
    )

    def day(self, *, today: date) -> date:
        """A date of the week asked for; today where none was."""
        return self.cleaned_data.get("week") or today

    def problems(self) -> list[str]:
        """What could not be read, in words."""
        return [str(error) for errors in self.errors.values() for error in errors]


class CalendarForm(WeekForm):
    """The calendar's address, read."""

    kind = forms.ChoiceField(
        required=False,
        choices=GroupKind.choices,
        error_messages={"invalid_choice": _("There is no kind of group of that name.")},
    )
    room = forms.UUIDField(
        required=False, error_messages={"invalid": _("This room does not exist.")}
    )
    who = forms.UUIDField(
        required=False, error_messages={"invalid": _("This facilitator does not exist.")}
    )

    def chosen(self, name: str) -> str:
        """Return what was picked in a filter, as it stands in the address."""
        return str(self.cleaned_data.get(name) or "")
