"""A date in three boxes, month, day and year: quicker to type than a calendar is to click."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DateBoxes(forms.MultiWidget):
    """Three number boxes; an error summary leads to the first."""

    template_name = "components/date_boxes.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([_box(2), _box(2), _box(4)], attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give each box its label."""
        context = super().get_context(name, value, attrs)
        labels = (_("Month"), _("Day"), _("Year"))
        for box, label in zip(context["widget"]["subwidgets"], labels, strict=True):
            box["label"] = label
        return context

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.month, value.day, value.year] if value else [None, None, None]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


def _box(digits: int) -> forms.TextInput:
    css = "form-control y" if digits > 2 else "form-control"
    return forms.TextInput(
        {
            "inputmode": "numeric",
            "maxlength": digits,
            "autocomplete": "off",
            "class": css,
        }
    )


class DateBoxesField(forms.MultiValueField):
    """A real date, or words about what is wrong with it."""

    widget = DateBoxes
    default_error_messages = {
        "incomplete": _("Fill in month, day and year"),
        "not_a_date": _("Enter a real date"),
    }

    def __init__(self, **kwargs: Any) -> None:
        number = {"invalid": _("Enter a real date")}
        parts = [forms.IntegerField(error_messages=number) for _part in range(3)]
        super().__init__(parts, require_all_fields=True, **kwargs)

    def clean(self, value: Any) -> Any:
        """Say "incomplete", not "required", where some boxes are filled and others are not."""
        filled = [part for part in value or () if part not in (None, "")]
        if filled and len(filled) < len(self.fields):
            raise forms.ValidationError(self.error_messages["incomplete"], code="incomplete")
        return super().clean(value)

    def compress(self, parts: list[int]) -> date | None:
        if not parts:
            return None
        month, day, year = parts
        try:
            return date(year, month, day)
        except (ValueError, OverflowError) as problem:
            raise forms.ValidationError(
                self.error_messages["not_a_date"], code="not_a_date"
            ) from problem
