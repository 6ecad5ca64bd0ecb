"""Breaks as pairs of times, from and to; a pair left blank is no break."""

from __future__ import annotations

from datetime import time
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.schedule.edit import TimeSpan

PAIRS = 2


class ClockInput(forms.TimeInput):
    """The browser's own control for a time of day."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class BreakBoxes(forms.MultiWidget):
    """Two boxes for each break; an error summary leads to the first."""

    template_name = "components/break_boxes.html"

    def __init__(self, pairs: int, attrs: dict[str, Any] | None = None) -> None:
        boxes = [ClockInput({"class": "form-control"}) for _box in range(2 * pairs)]
        super().__init__(boxes, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Put the boxes of one break together."""
        context = super().get_context(name, value, attrs)
        boxes = context["widget"]["subwidgets"]
        context["widget"]["pairs"] = list(zip(boxes[::2], boxes[1::2], strict=True))
        return context

    def decompress(self, value: None) -> list[time | None]:
        return [None] * len(self.widgets)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class BreaksField(forms.MultiValueField):
    """Breaks by start, or words about what is wrong with one."""

    default_error_messages = {
        "incomplete": _("Fill in when the break starts and when it ends"),
        "overlap": _("Breaks do not overlap"),
    }

    def __init__(self, *, pairs: int = PAIRS, **kwargs: Any) -> None:
        words = {"invalid": _("Enter the times of a break like 10:30")}
        parts = [forms.TimeField(required=False, error_messages=words) for _ in range(2 * pairs)]
        super().__init__(
            parts, require_all_fields=False, required=False, widget=BreakBoxes(pairs), **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        """Give stored breaks, which are pairs, to the boxes one by one; what was typed is so."""
        is_stored = bool(value) and all(isinstance(each, (list, tuple)) for each in value)
        return [clock for pair in value for clock in pair] if is_stored else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the breaks themselves, whichever boxes they stand in."""
        try:
            typed = self.clean(data or [])
        except forms.ValidationError:
            return True
        return list(typed) != [tuple(pair) for pair in initial or ()]

    def compress(self, parts: list[time | None]) -> tuple[TimeSpan, ...]:
        breaks: list[TimeSpan] = []
        for start, end in zip(parts[::2], parts[1::2], strict=True):
            if start is not None and end is not None:
                breaks.append((start, end))
            elif start != end:
                raise self._refused("incomplete")
        breaks.sort()
        if any(one[1] > other[0] for one, other in pairwise(breaks)):
            raise self._refused("overlap")
        return tuple(breaks)

    def _refused(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code)
