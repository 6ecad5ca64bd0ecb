"""Plain text as headings, points, paragraphs and lines to write on.

Blank lines part paragraphs, "# " begins a heading, "- " a point, "___" is a line to write on.
Handouts that are printed here are written so, and so may be a lesson's guide and its homework.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

_WRITING_LINE = re.compile(r"_{3,}")
_HEADING, _POINT = "# ", ("- ", "* ", "• ")


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    POINTS = "points"
    LINES = "lines"


@dataclass(frozen=True)
class Block:
    """One piece of a text: its lines, without the marks in front of them."""

    kind: BlockKind
    lines: tuple[str, ...]

    @property
    def is_heading(self) -> bool:
        return self.kind is BlockKind.HEADING

    @property
    def is_points(self) -> bool:
        return self.kind is BlockKind.POINTS

    @property
    def is_lines(self) -> bool:
        return self.kind is BlockKind.LINES


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the pieces of the text, in order; no word of it is lost."""
    return tuple(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    lines = [line.strip() for line in text.splitlines()]
    for kind, some in groupby(lines, _kind_of):
        found = tuple(map(_unmarked, some))
        if kind is BlockKind.HEADING:
            yield from (Block(kind, (line,)) for line in found)
        elif kind is not None:
            yield Block(kind, found)


def _kind_of(line: str) -> BlockKind | None:
    if not line:
        return None
    if _WRITING_LINE.fullmatch(line):
        return BlockKind.LINES
    if line.startswith(_HEADING):
        return BlockKind.HEADING
    return BlockKind.POINTS if line.startswith(_POINT) else BlockKind.PARAGRAPH


def _unmarked(line: str) -> str:
    if _WRITING_LINE.fullmatch(line):
        return ""
    return line[2:].strip() if line.startswith((_HEADING, *_POINT)) else line
