"""Why a note is not saved, not signed, or not added to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attendance.models import GroupNote, ParticipantNote
from attendance.notes.cautions import Caution

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class NewerNote(Exception):
    """Somebody else saved the note meanwhile: `stored` is what it says now."""

    def __init__(self, stored: GroupNote | ParticipantNote | None) -> None:
        super().__init__("newer")
        self.stored = stored


class AlreadySigned(Exception):
    """These notes are signed: they are only added to."""


class NotOpen(Exception):
    """The notes cannot be written now; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NotSigned(Exception):
    """These notes are not signed yet: one writes in them."""


class CannotSign(Exception):
    """The notes cannot be signed so; `cautions` are what a reason is asked for."""

    def __init__(self, words: StrOrPromise, cautions: Sequence[Caution] = ()) -> None:
        super().__init__(words)
        self.words = words
        self.cautions = tuple(cautions)
