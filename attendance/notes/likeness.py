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
    """A note's words, made ready to compare: all of them, and those of its first text alone."""

    text: str
    first: str = ""


def compared(texts: Sequence[str], own: Named) -> Compared:
    """Return the words of one person's note, with their own names taken out.

    The first text, how somebody responded, is theirs alone; a plan may well be another's too.
    """

    def bare(match) -> str:
        return "~" if folded(match[0].split("'")[0].split("’")[0]) in own.words else match[0]

    def made_ready(text: str) -> str:
        return evened(WORD.sub(bare, composed(text)))

    whole = " ".join(text for text in texts if text)
    return Compared(made_ready(whole), made_ready(texts[0]) if texts else "")


def percent_same(one: Compared, other: Compared) -> int | None:
    """Return how many percent the two are the same, from THRESHOLD on; else None.

    The higher of two counts: also where only the response was copied.
    """
    both = ((one.text, other.text), (one.first, other.first))
    return max(filter(None, (_percent(*pair) for pair in both)), default=None)


def _percent(one: str, other: str) -> int | None:
    if min(len(one), len(other)) < SHORTEST:
        return None
    ratio = fuzz.ratio(one, other, score_cutoff=THRESHOLD)
    return int(ratio) if ratio >= THRESHOLD else None
