"""What is asked of who begins a library: which of ours."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum.starter.shelf import NAMES, Starter, starter


class StarterForm(forms.Form):
    """The libraries that are ticked; `seen` tells which preview the person has before them."""

    tracks = forms.MultipleChoiceField(
        label=_("Libraries"),
        choices=[(name, name) for name in NAMES],
        error_messages={
            "required": _("Choose at least one library"),
            "invalid_choice": _("Choose libraries from the list"),
        },
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def starters(self) -> list[Starter]:
        """The libraries that were chosen, in the order of the page."""
        return [starter(name) for name in NAMES if name in self.cleaned_data["tracks"]]
