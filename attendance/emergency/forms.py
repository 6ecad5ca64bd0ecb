"""What is asked before a record is opened in an emergency, and the note of its review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.enrolling.date_boxes import DateBoxesField

# Fewer letters say nothing to who reviews it.
SHORTEST = 10
LONGEST = 500


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Why you need it"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What has happened, in a sentence. The director reads it."),
        error_messages={
            "required": _("Say why you need it"),
            "min_length": _("Say why in at least 10 letters"),
            "max_length": _("A reason has at most 500 letters"),
        },
    )


def _name(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Enter the whole last name")},
        **more,
    )


class ReasonForm(forms.Form):
    """Why the record is opened: spaces alone are no reason."""

    reason = _reason()


class FindForm(forms.Form):
    """Who it is, exactly, and why."""

    last_name = _name(_("Last name"), help_text=_("Whole, as it is on record."))
    birth_date = DateBoxesField(
        label=_("Birth date"), error_messages={"required": _("Enter the birth date")}
    )
    first_name = _name(
        _("First name"), required=False, help_text=_("Only where two people share the rest.")
    )
    reason = _reason()


class ReviewForm(forms.Form):
    """A director's review; the note is for the next director."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Whether it was right, and what follows from it."),
        error_messages={"max_length": _("A note has at most 500 letters")},
    )
