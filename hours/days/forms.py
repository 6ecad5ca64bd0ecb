"""What may be asked of the days: from when to when, of whom, and which of them."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.forms import AddressForm, a_date
from programs.models import Program

# A quarter of a year, which is what an auditor asks for at once.
MOST_DAYS = 92


class Which(models.TextChoices):
    QUALIFYING = "qualifying", _("Only days that qualify")
    NOT = "not", _("Only days that do not")


class DaysForm(AddressForm):
    """The address of the page, read. What cannot be read is named, and the running week shown."""

    first_on = a_date()
    last_on = a_date()
    person = forms.UUIDField(
        required=False, error_messages={"invalid": _("Choose a person from the list.")}
    )
    which = forms.ChoiceField(
        required=False,
        choices=Which.choices,
        error_messages={"invalid_choice": _("There are days that qualify, and days that do not.")},
    )

    def clean(self) -> dict[str, object]:
        """Refuse a range that ends before it begins, and one that is too long."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            raise ValidationError(_("The last day is before the first one: turn them round."))
        if first and last and last - first >= timedelta(days=MOST_DAYS):
            raise ValidationError(
                _("These are more than %(most)s days; choose a shorter range.")
                % {"most": MOST_DAYS}
            )
        return cleaned

    def range(self, program: Program, *, today: date) -> tuple[date, date]:
        """The first and the last date asked for.

        Where one is missing, the other's week bounds them; the running week where neither can be
        read.
        """
        self.is_valid()
        is_readable = not {"first_on", "last_on", "__all__"} & set(self.errors)
        first = self.cleaned_data.get("first_on") if is_readable else None
        last = self.cleaned_data.get("last_on") if is_readable else None
        week = program.week_of(first or last or today)
        return first or week.first_on, last or week.last_on

    def chosen(self, name: str) -> str:
        """What was picked in a filter, as it stands in the address."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    def address(self, first_on: date, last_on: date) -> str:
        """Return the query of the same filters for a range."""
        asked = {"first_on": first_on.isoformat(), "last_on": last_on.isoformat()}
        asked |= {"person": self.chosen("person"), "which": self.chosen("which")}
        return "?" + urlencode({name: value for name, value in asked.items() if value})
