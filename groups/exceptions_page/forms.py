"""What the list is asked for, and the note of a review."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models import HARD_CLASHES, ClashKind, ScheduleException


class State(models.TextChoices):
    OPEN = "open", _("Open")
    REVIEWED = "reviewed", _("Reviewed")


# The hard ones cannot be overridden.
KINDS = [(kind.value, kind.label) for kind in ClashKind if kind not in HARD_CLASHES]


class ListForm(forms.Form):
    """The list's address, read; what is not understood filters nothing, and is named."""

    state = forms.ChoiceField(
        label=_("Review"),
        required=False,
        choices=[("", _("Open and reviewed")), *State.choices],
        widget=forms.Select({"class": "form-select"}),
        error_messages={"invalid_choice": _("A review is open or reviewed.")},
    )
    kind = forms.ChoiceField(
        label=_("Warning"),
        required=False,
        choices=[("", _("All warnings")), *KINDS],
        widget=forms.Select({"class": "form-select"}),
        error_messages={"invalid_choice": _("There is no warning of that name.")},
    )

    def problems(self) -> list[str]:
        """What could not be read, in words."""
        return [str(error) for errors in self.errors.values() for error in errors]

    def chosen(self, name: str) -> str:
        """Return what was picked in a filter, as it stands in the address."""
        return str(self.cleaned_data.get(name) or "")

    def narrowed(
        self, found: models.QuerySet[ScheduleException]
    ) -> models.QuerySet[ScheduleException]:
        """Return those of the rows that were asked for."""
        if kind := self.chosen("kind"):
            found = found.filter(kind=kind)
        if state := self.chosen("state"):
            found = found.filter(reviewed_at__isnull=state == State.OPEN)
        return found

    def query(self, page: int = 1) -> str:
        """Return what was asked for as it stands in an address."""
        asked = {"state": self.chosen("state"), "kind": self.chosen("kind")}
        asked["page"] = str(page) if page > 1 else ""
        kept = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


class ReviewForm(forms.Form):
    """A review; the note is for the next director."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("What you make of it, if anything."),
        error_messages={"max_length": _("A note has at most 500 letters")},
    )
