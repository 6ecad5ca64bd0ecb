"""What forms about a record ask with: dates, hours, whole numbers, and refusals at their fields."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.keeping import NotKept

FIRST_YEAR, LAST_YEAR = 2000, 2099


class RecordForm(forms.Form):
    """A form about one person's record."""

    def add_refusal(self, refused: NotKept) -> None:
        """Put the action's words at the fields they are about."""
        for field, words in refused.words.items():
            self.add_error(field if field in self.fields else None, [str(word) for word in words])


class DateBox(forms.DateField):
    """A date of this century; other years are slips of the finger."""

    default_error_messages = {
        "invalid": _("Enter a real date, like 11/23/2026"),
        "another_century": _("Enter a date between 2000 and 2099"),
    }

    def __init__(self, **kwargs: Any) -> None:
        box = forms.DateInput({"type": "date", "autocomplete": "off"}, format="%Y-%m-%d")
        formats = ["%Y-%m-%d", "%m/%d/%Y"]
        super().__init__(**{"widget": box, "input_formats": formats, **kwargs})

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            words = self.error_messages["another_century"]
            raise forms.ValidationError(words, code="another_century")
        return day


class HoursBox(forms.DecimalField):
    """Hours a week, such as 9 or 10.5; cleans to minutes."""

    default_error_messages = {
        "invalid": _("Enter hours like 9 or 10.5"),
        "min_value": _("Ordered hours are at least 1"),
        "max_value": _("Ordered hours are at most 60"),
        "max_decimal_places": _("Enter hours like 9 or 10.5"),
        "max_digits": _("Enter hours like 9 or 10.5"),
        "max_whole_digits": _("Ordered hours are at most 60"),
    }

    def __init__(self, **kwargs: Any) -> None:
        box = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        limits = {"min_value": 1, "max_value": 60, "decimal_places": 2}
        super().__init__(**{"widget": box, **limits, **kwargs})

    def clean(self, value: Any) -> int | None:
        hours = super().clean(value)
        return None if hours is None else round(hours * 60)


def whole_number(
    label: Any, *, least: int, most: int, required: Any = None, hint: Any = ""
) -> forms.IntegerField:
    """Return a box for a whole number; `required` are the words where it must not be blank."""
    return forms.IntegerField(
        label=label,
        required=required is not None,
        min_value=least,
        max_value=most,
        help_text=hint,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": required or "",
            "invalid": _("Enter a whole number"),
            "min_value": _("Enter %(limit_value)s or more"),
            "max_value": _("Enter %(limit_value)s or less"),
        },
    )


def line_of_text(label: Any, *, most: int, required: Any = None, hint: Any = "") -> forms.CharField:
    """Return a box for one line; `required` are the words where it must not be blank."""
    return forms.CharField(
        label=label,
        required=required is not None,
        max_length=most,
        help_text=hint,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": required or ""},
    )


def some_text(label: Any, *, most: int, required: Any = None, hint: Any = "") -> forms.CharField:
    """Return a box for a few lines; `required` are the words where it must not be blank."""
    return forms.CharField(
        label=label,
        required=required is not None,
        max_length=most,
        help_text=hint,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": required or ""},
    )


def day_not_ahead(day: date, today: date) -> date:
    """Return the day if it is not still to come; else refuse it in words."""
    if day > today:
        raise forms.ValidationError(_("Enter today or an earlier day"))
    return day
