"""What may be asked of the list of authorizations: a unit, a payer, and what is to be done."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.forms import AddressForm
from groups.week_switch import query
from programs.models import Unit


class State(models.TextChoices):
    """What is to be looked at."""

    NONE = "none", _("None in force")
    SOON = "soon", _("Ends within 7 days")
    REVIEW = "review", _("Review due")
    OVER = "over", _("More days than allowed")


class FuelForm(AddressForm):
    """The address of the page, read. What cannot be read is named, and left out."""

    unit = forms.ChoiceField(
        required=False,
        choices=Unit.choices,
        error_messages={"invalid_choice": _("Units are days, hours, and quarters of an hour.")},
    )
    payer = forms.CharField(
        required=False,
        max_length=120,
        error_messages={"max_length": _("A payer’s name has at most 120 letters.")},
    )
    state = forms.ChoiceField(
        required=False,
        choices=State.choices,
        error_messages={"invalid_choice": _("Choose one of the counts at the top.")},
    )

    def chosen(self, name: str) -> str:
        """What was picked in a filter, as it stands in the address."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    def address(self, **instead: str) -> str:
        """Return the query of what was picked, some of it replaced; `?` where nothing is."""
        picked = {name: self.chosen(name) for name in self.fields} | instead
        return query(**picked)
