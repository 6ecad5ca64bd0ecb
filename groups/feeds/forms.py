"""Of what a calendar address is asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from groups.feeds.reading import programs_to_feed
from programs.access import Access
from programs.models import Program

OWN = "own"


class MakeFeedForm(forms.Form):
    """Asks for an address of one's own sessions, or of a program that one reads in whole."""

    # Behind the button of a row; the page offers those that may be asked for.
    of = forms.CharField(required=False)

    def __init__(self, data: Any = None, *, access: Access) -> None:
        super().__init__(data)
        self.programs = {str(each.public_id): each for each in programs_to_feed(access)}

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("of") not in (OWN, *self.programs):
            raise forms.ValidationError(_("Choose one of the calendars on this page"))
        return self.cleaned_data

    def program(self) -> Program | None:
        """Return the program asked for; None for one's own sessions."""
        return self.programs.get(self.cleaned_data["of"])
