"""What the list of what is owed is asked for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.owed.rule import OwedKind
from groups.forms import AddressForm

MINE = "mine"
LONGEST_ID = 36


class OwedForm(AddressForm):
    """The list's address, read; what is not understood filters nothing, and is named."""

    whose = forms.CharField(
        required=False,
        max_length=LONGEST_ID,
        error_messages={"max_length": _("There is nobody of that name on this list.")},
    )
    kind = forms.ChoiceField(
        required=False,
        choices=OwedKind.choices,
        error_messages={"invalid_choice": _("Nothing of that kind is ever owed.")},
    )

    def chosen(self, name: str) -> str:
        """Return what was picked, as it stands in the address; blank where nothing was."""
        return str(self.cleaned_data.get(name) or "")
