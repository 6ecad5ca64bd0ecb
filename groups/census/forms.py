"""What may be asked of the census: a day, and the order of its rows."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from groups.census.ordering import NAME, Order, order_choices, order_of
from groups.forms import FIRST_DATE, LAST_DATE, AddressForm


class CensusForm(AddressForm):
    """The address of a census. What cannot be read is named, and today is shown."""

    on = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d", "%m/%d/%Y"],
        validators=[
            MinValueValidator(FIRST_DATE, _("The census begins in 2000; choose a later day.")),
            MaxValueValidator(LAST_DATE, _("The census ends in 2100; choose an earlier day.")),
        ],
        error_messages={"invalid": _("This is not a date; write it as 2026-11-23.")},
    )
    order = forms.ChoiceField(
        required=False,
        choices=order_choices,
        error_messages={"invalid_choice": _("The list has no such order; it is by name.")},
    )

    def day(self, *, today: date) -> date:
        """The day asked for; today where none was, or none that can be read."""
        self.is_valid()
        return self.cleaned_data.get("on") or today

    def ordered(self) -> Order:
        """The order asked for; by name where none was."""
        self.is_valid()
        return order_of(self.cleaned_data.get("order") or NAME)
