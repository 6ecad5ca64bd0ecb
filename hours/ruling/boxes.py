"""Boxes for the hours of a week, typed as `9`, `9.5` or `9:30` and kept as minutes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.clinic_settings.hours_box import HoursField, TypedHoursField
from programs.weeks import DAYS

A_WEEK = DAYS * 24 * 60
TYPED = {"inputmode": "text", "autocomplete": "off"}


class WeekHoursField(TypedHoursField):
    """Hours of a week. Two digits of hours fit, which are fewer than a week has."""

    default_error_messages = {
        "invalid": _("Enter hours like 9, 9.5 or 9:30"),
    }


def week_hours(label: Any, *, required: Any = None, hint: Any = "") -> WeekHoursField:
    """Return a box for hours of a week; `required` are the words where it is left blank."""
    return WeekHoursField(
        label=label,
        required=required is not None,
        max_length=10,
        help_text=hint,
        widget=forms.TextInput(TYPED),
        error_messages={"required": required or ""},
    )


def day_hours(label: Any, *, required: Any, hint: Any = "") -> HoursField:
    """Return a box for hours of a day, which have to be said."""
    return HoursField(
        label=label,
        max_length=10,
        help_text=hint,
        widget=forms.TextInput(TYPED),
        error_messages={"required": required},
    )
