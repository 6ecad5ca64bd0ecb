"""What is sent to book seats: sessions for one person, or the pairs of a whole proposal."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from groups.forms import WeekForm

PAIR, NEXT = ":", ","
# More than a program's week holds; whoever sends more did not send this page.
MOST_SEATS = 1000


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as wrong:
        raise ValidationError(_("Choose a session from the list.")) from wrong


class BookForm(WeekForm):
    """One button sends the sessions it stands for, several of them separated by commas."""

    session = forms.CharField(
        error_messages={"required": _("Choose a session from the list.")}, max_length=MOST_SEATS
    )
    makes_up = forms.UUIDField(
        required=False,
        error_messages={"invalid": _("Choose the missed session from the list.")},
    )

    def clean_session(self) -> list[uuid.UUID]:
        """Return the sessions, each once."""
        return list(dict.fromkeys(map(_id, self.cleaned_data["session"].split(NEXT))))


class ProposalForm(WeekForm):
    """The pairs of a proposal as the page showed it."""

    def __init__(self, data: QueryDict, *, pairs: list[str]) -> None:
        super().__init__(data)
        self.sent = pairs

    def pairs(self) -> list[tuple[uuid.UUID, uuid.UUID]]:
        """Return who takes which seat: an enrollment and a session each."""
        return list(dict.fromkeys(self._pairs()))

    def _pairs(self) -> Iterator[tuple[uuid.UUID, uuid.UUID]]:
        for text in self.sent[:MOST_SEATS]:
            enrollment, _colon, session = text.partition(PAIR)
            yield _id(enrollment), _id(session)

    def clean(self) -> dict[str, object]:
        """Refuse what is no proposal."""
        cleaned = super().clean() or {}
        if not self.pairs():
            raise ValidationError(_("There was no seat to book. Look at the proposal again."))
        return cleaned
