"""What may be asked of a page that shows one week."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

FIRST_DATE, LAST_DATE = date(2000, 1, 1), date(2100, 1, 1)


def a_date() -> forms.DateField:
    """Return a field for a date in an address, such as 2026-11-23."""
    return forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=[
            MinValueValidator(FIRST_DATE, _("Weeks begin in 2000 here.")),
            MaxValueValidator(LAST_DATE, _("Weeks end in 2100 here.")),
        ],
        error_messages={"invalid": _("This is not a date; write it as 2026-11-23.")},
    )


class AddressForm(forms.Form):
    """An address, read. What cannot be read is named, and left out."""

    def problems(self) -> list[str]:
        """What could not be read, in words; each once, however many parts it is said of."""
        found = (str(error) for errors in self.errors.values() for error in errors)
        return list(dict.fromkeys(found))


class WeekForm(AddressForm):
    """An address with a week in it."""

    week = a_date()

    def day(self, *, today: date) -> date:
        """A date of the week asked for; today where none was."""
        return self.cleaned_data.get("week") or today
