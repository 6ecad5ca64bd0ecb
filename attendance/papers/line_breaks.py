"""Breaks a text into lines of a width: between words, and inside a word that is too long.

The library's own way takes a time that grows with the square of a text's length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

# How wide a text is, in the unit of the lines' width.
Measure = Callable[[str], float]


def broken(text: str, width: float, measure: Measure) -> list[str]:
    """Return the words of the text in as few lines as hold them, in order."""
    lines: list[str] = []
    line, filled, space = "", 0.0, measure(" ")
    for word in text.split():
        takes = measure(word)
        if line and filled + space + takes <= width:
            line, filled = f"{line} {word}", filled + space + takes
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width, measure) if takes > width else (word,)
        lines += full
        filled = measure(line)
    return [*lines, line] if line else lines


def _pieces(word: str, width: float, measure: Measure) -> Iterator[str]:
    """Yield a word too long for a line, piece by piece; a letter wider than that is one."""
    piece, filled = "", 0.0
    for letter in word:
        takes = measure(letter)
        if piece and filled + takes > width:
            yield piece
            piece, filled = "", 0.0
        piece, filled = piece + letter, filled + takes
    yield piece
