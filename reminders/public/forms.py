"""What the page behind a link asks: coming or not, and why not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reminders.models import AnswerReason, AnswerWord

CHOOSE = _("Choose one of the answers")


class WordForm(forms.Form):
    """Which of the two buttons was pressed."""

    word = forms.ChoiceField(
        label=_("Are you coming?"),
        choices=AnswerWord.choices,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def said(self) -> dict[str, Any]:
        """What is to be kept."""
        return {"word": self.cleaned_data["word"]}


class ReasonForm(forms.Form):
    """Why somebody cannot come."""

    reason = forms.ChoiceField(
        label=_("Why can you not come?"),
        choices=AnswerReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def said(self) -> dict[str, Any]:
        """What is to be kept: who gives a reason cannot come."""
        return {"word": AnswerWord.NOT_COMING, **self.cleaned_data}
