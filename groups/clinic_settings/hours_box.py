"""Hours as people type them, `2`, `2.5` or `2:30`, kept as minutes."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

WITH_COLON = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)
DECIMAL = re.compile(r"\d{1,2}(?:[.,]\d{1,4})?|[.,]\d{1,4}", re.ASCII)
A_DAY = 24 * 60


def minutes_in(text: str) -> int | None:
    """Return the minutes that the text stands for, None where it stands for none."""
    if clock := WITH_COLON.fullmatch(text):
        return int(clock[1]) * 60 + int(clock[2])
    if DECIMAL.fullmatch(text):
        return round(float(text.replace(",", ".")) * 60)
    return None


def as_typed(minutes: int) -> str:
    """Return the minutes as one would type them: `2`, or `2:30`."""
    whole, rest = divmod(minutes, 60)
    return f"{whole}:{rest:02}" if rest else str(whole)


class TypedHoursField(forms.CharField):
    """Hours as they are typed; cleans to minutes, None where blank."""

    def prepare_value(self, value: Any) -> Any:
        return as_typed(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        minutes = minutes_in(text)
        if minutes is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return minutes


class HoursField(TypedHoursField):
    """Hours of a day."""

    default_error_messages = {
        "invalid": _("Enter hours like 2, 2.5 or 2:30"),
        "within_a_day": _("A day has more than 0 and at most 24 hours"),
    }

    def clean(self, value: Any) -> int | None:
        minutes = super().clean(value)
        if minutes is not None and not 0 < minutes <= A_DAY:
            raise forms.ValidationError(self.error_messages["within_a_day"], code="within_a_day")
        return minutes
