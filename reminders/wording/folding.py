"""Reads a text as an eye would: without capitals, accents, and signs that cannot be seen."""

from __future__ import annotations

import re
import unicodedata

# Letters that are one with another letter to whoever reads in haste.
APART = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})
# Letters in name only: they take up a place, or none, and show nothing.
UNSEEN = re.compile("[\u115f\u1160\u3164\uffa0\u2800]")
OTHER_LETTER = re.compile(r"[^\W\d_a-z]")
# Runs of letters and digits.
ATOM = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return the text in small letters from a to z; letters of other alphabets stay."""
    open_text = unicodedata.normalize("NFKD", UNSEEN.sub("", text))
    seen = (each for each in open_text if unicodedata.category(each) not in ("Mn", "Me", "Cf"))
    return "".join(seen).casefold().translate(APART)


def atoms(text: str) -> list[str]:
    """Return the words of the text, and the pieces of those that signs have torn apart."""
    return ATOM.findall(folded(text))


def unbroken(text: str) -> list[str]:
    """Return what stands between two spaces, each without the signs in it."""
    return ["".join(ATOM.findall(each)) for each in folded(text).split()]


def squeezed(text: str) -> str:
    """Return the letters and digits of the text without anything between them."""
    return "".join(atoms(text))


def other_letters(text: str) -> tuple[str, ...]:
    """Return the letters that are of another alphabet than ours, each once."""
    return tuple(dict.fromkeys(OTHER_LETTER.findall(folded(text))))
