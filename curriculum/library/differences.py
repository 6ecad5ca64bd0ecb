"""What changed between two versions: field by field, with the words added and removed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word with the blanks behind it, or blanks alone; together they are the whole text.
_WORDS = re.compile(r"\S+\s*|\s+")
# Characters of a text from which on it is held against the other line by line.
VERY_LONG = 40_000


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Some text in a row that is in both versions, or only in the later or the earlier one."""

    change: Change
    text: str

    @property
    def is_added(self) -> bool:
        return self.change is Change.ADDED

    @property
    def is_removed(self) -> bool:
        return self.change is Change.REMOVED


def words_changed(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts as one row of pieces.

    Those that are the same and removed make up `before`, the same and added make up `after`.
    """
    if before == after:
        return (Piece(Change.SAME, after),) if after else ()
    is_by_line = max(len(before), len(after)) > VERY_LONG
    old, new = (
        text.splitlines(keepends=True) if is_by_line else _WORDS.findall(text)
        for text in (before, after)
    )
    return tuple(Piece(change, "".join(some)) for change, some in _runs(old, new))


def entries_changed(before: Sequence[str], after: Sequence[str]) -> tuple[Piece, ...]:
    """Return the entries of two lists as one row, an entry a piece."""
    return tuple(Piece(change, text) for change, some in _runs(before, after) for text in some)


def is_change(pieces: Iterable[Piece]) -> bool:
    """Whether anything was added or removed."""
    return any(each.change is not Change.SAME for each in pieces)


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Change, Sequence[str]]]:
    # Words that come often are no place to begin at: with them, a long text of few different
    # words would take minutes.
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(a=old, b=new).get_opcodes():
        if tag == "equal":
            yield Change.SAME, new[new_from:new_to]
            continue
        if old_to > old_from:
            yield Change.REMOVED, old[old_from:old_to]
        if new_to > new_from:
            yield Change.ADDED, new[new_from:new_to]
