"""What may be asked of the list of people: a name, and the order."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """Looks for a person; posted, so that no name stands in an address."""

    q = forms.CharField(
        label=_("Search"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def text(self) -> str:
        """What was typed; empty where nothing was, or nothing that can be read."""
        return self.cleaned_data.get("q", "") if self.is_valid() else ""
