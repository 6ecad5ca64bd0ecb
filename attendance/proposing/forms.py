"""What is sent to use a proposed plan: which session teaches which lesson."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

TEACH_NEXT = ":"
# More than a calendar holds; whoever sends more did not send this page.
MOST_SENT = 500


class PlanForm(forms.Form):
    """The proposed plan with the plan it was made from."""

    seen = forms.CharField(
        max_length=120,
        error_messages={"required": _("Look at the proposal again before you use it.")},
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.sent = data.getlist("teach")

    def pairs(self) -> dict[uuid.UUID, uuid.UUID]:
        """Return which session teaches which lesson, by their public ids."""
        return dict(self._pairs())

    def _pairs(self) -> Iterator[tuple[uuid.UUID, uuid.UUID]]:
        for text in self.sent[:MOST_SENT]:
            session, _colon, lesson = text.partition(TEACH_NEXT)
            try:
                yield uuid.UUID(session), uuid.UUID(lesson)
            except ValueError as wrong:
                raise _unreadable() from wrong

    def clean(self) -> dict[str, object]:
        """Refuse what is no plan."""
        cleaned = super().clean() or {}
        if not self.pairs():
            raise _unreadable()
        return cleaned

    def problems(self) -> list[str]:
        """Return what is wrong, in words."""
        return [str(word) for words in self.errors.values() for word in words]


def _unreadable() -> ValidationError:
    return ValidationError(_("That plan could not be read. Use the one below."))
