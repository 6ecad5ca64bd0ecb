"""Whether a text names somebody else of the roster.

Names are compared as whole words, without case and accents, and with their short forms (`Bob` for
Robert). A name that is a word as well, such as Grace or Hope, and one of one or two letters count
only where they are capitalized inside a sentence. Nobody's own names count in their own note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from attendance.notes.folding import WORD, composed, folded
from attendance.notes.name_words import ALSO_WORDS, PARTICLES, SHORT_FORMS, SMALL_WORDS

SHORTEST = 3
# After one of these, and at the start, a word is capitalized in any case.
SENTENCE_ENDS = re.compile(
    r"(?:^|(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)\.|[!?:•\n\r])[\s\"'“”‘’(\[¿¡*-]*$"
)


@dataclass(frozen=True)
class Named:
    """Somebody by the names they go by."""

    first_name: str
    last_name: str
    preferred_name: str = ""

    @cached_property
    def words(self) -> frozenset[str]:
        """All words that name them, folded."""
        given = {word for name in (self.first_name, self.preferred_name) for word in parts_of(name)}
        short = {form for name in given for form in SHORT_FORMS.get(name, "").split()}
        last = {word for word in parts_of(self.last_name) if word not in PARTICLES}
        return frozenset(given | short | last | _whole(self.last_name))


def parts_of(name: str) -> set[str]:
    """Return the words of a name, folded; a double name is itself and its parts."""
    found = set()
    for word in WORD.findall(composed(name)):
        found |= {folded(word), *folded(word).split("-")}
    return {word for word in found if word not in PARTICLES} or found


def names_in(text: str, *, of: Iterable[Named], own: Named | None = None) -> tuple[str, ...]:
    """Return the words of the text that name somebody, as they are written there, each once.

    `own` is whose text it is: a name they share with somebody names them.
    """
    sought = {word for each in of for word in each.words} - (own.words if own else frozenset())
    text = composed(text)
    found: dict[str, str] = {}
    for match in WORD.finditer(text):
        if (name := _named(match, text, sought)) and folded(name) not in found:
            found[folded(name)] = name
    return tuple(found.values())


def _named(match: re.Match[str], text: str, sought: set[str]) -> str:
    """Return the name that the word is or has in it (`Ben's`, `Ruiz-Ortega`), or nothing."""
    for written in _forms(match[0]):
        word = folded(written)
        if word in sought and _counts(word, written, match, text):
            return written
    return ""


def _forms(written: str) -> Sequence[str]:
    """Return the word, without a possessive ending, and its parts."""
    bare = re.sub(r"['’ʼ][sS]$", "", written)
    return [written, bare, *re.split(r"['’ʼ-]", bare)[:1], *bare.split("-")]


def _counts(word: str, written: str, match: re.Match[str], text: str) -> bool:
    is_small = len(word) < SHORTEST
    if is_small and word in SMALL_WORDS and not written.istitle():
        return False
    if not is_small and word not in ALSO_WORDS:
        return True
    is_inside = not SENTENCE_ENDS.search(text[max(0, match.start() - 40) : match.start()])
    return written[:1].isupper() and is_inside


def _whole(name: str) -> set[str]:
    """Return a last name of one word even where it is a particle: somebody is called Van."""
    words = [folded(word) for word in WORD.findall(composed(name))]
    return set(words) if len(words) == 1 else set()
