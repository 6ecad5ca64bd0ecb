"""Letters as one compares them: without case, accents and the kind of apostrophe."""

from __future__ import annotations

import re
import unicodedata

# A word of a text: letters, and within it the marks that names have in them.
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
SPACE = re.compile(r"\s+")


def folded(text: str) -> str:
    """Return the text without case and accents; every apostrophe is the plain one."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in letters if not unicodedata.combining(each))
    return plain.replace("’", "'").replace("ʼ", "'")


def composed(text: str) -> str:
    """Return the text with every accent on its letter, so that a word is not cut at one."""
    return unicodedata.normalize("NFC", text)


def evened(text: str) -> str:
    """Return the folded text with single spaces."""
    return SPACE.sub(" ", folded(text)).strip()
