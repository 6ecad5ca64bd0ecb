"""Boxes for longer texts, and for several entries of one line each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

MOST_ENTRIES = 30


class TextBox(forms.CharField):
    """A text of several lines, whose line breaks are the same whichever browser sent them."""

    def __init__(self, *, most: int, rows: int, **options: Any) -> None:
        usual = {"required": False, "max_length": most, "widget": forms.Textarea({"rows": rows})}
        super().__init__(**{**usual, **options})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class EntriesBox(TextBox):
    """Entries, one a line; blank lines and entries said twice are left out. Cleans to a tuple."""

    def __init__(self, *, longest: int, **options: Any) -> None:
        super().__init__(most=MOST_ENTRIES * (longest + 2), rows=5, **options)
        self.longest = longest

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in super().clean(value).split("\n"))
        entries = tuple(dict.fromkeys(line for line in lines if line))
        if len(entries) > MOST_ENTRIES:
            words = _("At most %(most)s lines; these are %(count)s")
            raise forms.ValidationError(words % {"most": MOST_ENTRIES, "count": len(entries)})
        for entry in entries:
            if len(entry) > self.longest:
                words = _("At most %(most)s characters a line; “%(start)s…” has %(count)s")
                facts = {"most": self.longest, "start": entry[:20], "count": len(entry)}
                raise forms.ValidationError(words % facts)
        return entries
