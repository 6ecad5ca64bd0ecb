"""What may be asked of the trail: days, a kind of line, somebody; and the note of a sign-off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from programs.trail.reading import Span
from programs.trail.words import Kind

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
# A quarter: what is looked through at once stays a page that one can read.
MOST_DAYS = 92


def _a_date(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput({"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        validators=[
            MinValueValidator(FIRST, _("Choose a day after 1999.")),
            MaxValueValidator(LAST, _("Choose a day before 2100.")),
        ],
        error_messages={"invalid": _("This is not a date; write it as 2026-11-23.")},
    )


class DaysForm(forms.Form):
    """The address of a page with days in it; what cannot be read is named, and left out."""

    first_on = _a_date(_("From"))
    last_on = _a_date(_("To"))

    def clean(self) -> dict[str, Any]:
        """Refuse days that run backwards, or are more than can be shown."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            raise ValidationError(_("The last day is before the first one: turn them round."))
        if first and last and last - first >= timedelta(days=MOST_DAYS):
            raise ValidationError(
                _("These are more than %(most)s days; choose a shorter time.") % {"most": MOST_DAYS}
            )
        return cleaned

    def problems(self) -> list[str]:
        """What could not be read, in words, each once."""
        found = (str(error) for errors in self.errors.values() for error in errors)
        return list(dict.fromkeys(found))

    def span(self, usual: Span) -> Span:
        """Return the days asked for; where one or both are not, the usual ones."""
        if self.errors:
            return usual
        first, last = self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")
        if first and not last:
            last = max(first, min(usual.last_on, first + timedelta(days=MOST_DAYS - 1)))
        if last and not first:
            first = min(last, max(usual.first_on, last - timedelta(days=MOST_DAYS - 1)))
        return Span(first or usual.first_on, last or usual.last_on, usual.zone)


class LinesForm(DaysForm):
    """Which lines of one person are shown: of which days, and of which kind."""

    kind = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[("", _("Everything")), *Kind.choices],
        widget=forms.Select({"class": "form-select"}),
        error_messages={"invalid_choice": _("There is no kind of line of that name.")},
    )

    def chosen_kind(self) -> Kind | None:
        """Return the kind asked for."""
        found = self.cleaned_data.get("kind") if hasattr(self, "cleaned_data") else ""
        return Kind(found) if found else None

    def chosen_span(self, zone: ZoneInfo) -> Span | None:
        """Return the days asked for, open ends as far as dates go; None where none was."""
        if {"first_on", "last_on", "__all__"} & set(self.errors):
            return None
        first, last = self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")
        return Span(first or FIRST, last or LAST, zone) if first or last else None

    def clean(self) -> dict[str, Any]:
        """Refuse days that run backwards; any number of them may be asked for."""
        cleaned = forms.Form.clean(self) or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            raise ValidationError(_("The last day is before the first one: turn them round."))
        return cleaned

    def query(self, before: str = "") -> str:
        """Return what was asked for as it stands in an address."""
        asked = {name: self.data.get(name, "") for name in self.fields if name not in self.errors}
        kept = {name: value for name, value in (asked | {"before": before}).items() if value}
        return f"?{urlencode(kept)}" if kept else ""


class SearchForm(forms.Form):
    """Looks for a participant or a colleague; posted, so that no name is in an address."""

    q = forms.CharField(
        label=_("A participant or a colleague"),
        max_length=100,
        error_messages={
            "required": _("Enter a part of a name"),
            "max_length": _("A search has at most 100 letters"),
        },
    )


class SignOffForm(forms.Form):
    """The note of a sign-off."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What stood out, and what you did about it."),
        error_messages={"max_length": _("A note has at most 1000 letters")},
    )
