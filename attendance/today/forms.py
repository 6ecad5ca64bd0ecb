"""What may be asked of Today: my own day, or the clinic's."""

from __future__ import annotations

from enum import StrEnum

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.forms import AddressForm


class WhoseDay(StrEnum):
    MINE = "mine"
    CLINIC = "clinic"


class TodayForm(AddressForm):
    """The address of Today, read. What cannot be read is named, and left out."""

    day_of = forms.ChoiceField(
        required=False,
        choices=[(WhoseDay.MINE, WhoseDay.MINE), (WhoseDay.CLINIC, WhoseDay.CLINIC)],
        error_messages={"invalid_choice": _("There is no such view of today.")},
    )

    def wanted(self) -> WhoseDay | None:
        """Whose day was asked for, if any."""
        asked = self.cleaned_data.get("day_of")
        return WhoseDay(asked) if asked else None
