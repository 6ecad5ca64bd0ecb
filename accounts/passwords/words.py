"""Refuses a password that is little more than words everybody would try first for this person.

NIST SP 800-63B-4 §3.1.1.2: a minimum length and a list of what is expected (the service's name,
the person's, what comes in a row), and no rule of which characters are to be in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Of what remains without those words, so many characters must be there, and so many different.
AT_LEAST, DIFFERENT = 8, 5
EXPECTED = ("password", "passphrase", "welcome", "letmein", "changeme", "clinic", "secret")
ROWS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
IN_A_ROW = 4
SHORT_WORD = 3


def is_expected(password: str, words: Iterable[str]) -> bool:
    """Return whether little is left of the password without `words` and what comes in a row."""
    left = _plain(password)
    parts = {part for word in (*words, *EXPECTED) for part in re.split(r"[\W_]+", word.casefold())}
    for part in sorted(parts, key=len, reverse=True):
        if len(part) >= SHORT_WORD:
            left = left.replace(part, "")
    left = re.sub(r"(.)\1{2,}", r"\1", _without_rows(left))
    return len(left) < AT_LEAST or len(set(left)) < DIFFERENT


def _plain(password: str) -> str:
    return re.sub(r"[\W_]+", "", password.casefold())


def _without_rows(text: str) -> str:
    """Leave out runs of neighbors on the keyboard, in the alphabet, among the digits."""
    kept, at = [], 0
    while at < len(text):
        length = _row_at(text, at)
        if length < IN_A_ROW:
            kept.append(text[at])
            length = 1
        at += length
    return "".join(kept)


def _row_at(text: str, at: int) -> int:
    """Return how long the run is that begins there, forward or backward."""
    longest = 0
    for row in (each for forward in ROWS for each in (forward, forward[::-1])):
        length = 1
        while at + length < len(text) and text[at : at + length + 1] in row:
            length += 1
        longest = max(longest, length)
    return longest
