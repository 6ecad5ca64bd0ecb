"""How like two notes are, in percent.

Similarity is that of insertions and deletions: twice the longest common subsequence over the sum
of both lengths (rapidfuzz `ratio`), rounded down. Case, accents and spaces do not count, nor the
writer's care to change the name: everybody's own names read the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from attendance.notes.folding import WORD, composed, evened, folded
from attendance.notes.naming import Named

# From here on two notes are nearly the same.
THRESHOLD = 90
# Shorter ones are alike by nature ("No answer, left a message.").
SHORTEST = 40


@dataclass(frozen=True)
class Compared:
    """A note's words, made ready to compare."""

    text: str

    @property
    def is_long_enough(self) -> bool:
        return len(self.text) >= SHORTEST


def compared(texts: Sequence[str], own: Named) -> Compared:
    """Return the words of one person's note, with their own names taken out."""

    def bare(match) -> str:
        return "~" if folded(match[0].split("'")[0].split("’")[0]) in own.words else match[0]

    whole = " ".join(text for text in texts if text)
    return Compared(evened(WORD.sub(bare, composed(whole))))


def percent_same(one: Compared, other: Compared) -> int | None:
    """Return how many percent the two are the same, from THRESHOLD on; else None."""
    if not (one.is_long_enough and other.is_long_enough):
        return None
    ratio = fuzz.ratio(one.text, other.text, score_cutoff=THRESHOLD)
    return int(ratio) if ratio >= THRESHOLD else None
