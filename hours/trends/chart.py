"""A picture of weeks as plain values: columns of segments over one scale.

Nothing here knows of pixels or paper: `drawing.py` makes SVG of it, `paper.py` a part of a PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import count

# Lines across a picture besides the ground.
TICKS = 4


class Look(StrEnum):
    """How a segment is filled: each with a pattern of its own, so that color is not needed."""

    SOLID = "solid"
    CROSSED = "crossed"
    HATCHED = "hatched"
    DARK = "dark"
    DOTTED = "dotted"
    HOLLOW = "hollow"


@dataclass(frozen=True)
class Segment:
    """A part of a column between two values; a slim one stands inside a wider one."""

    look: Look
    low: int
    high: int
    is_slim: bool = False


@dataclass(frozen=True)
class Column:
    """One week: its name, what stands over it, and where a line across it is.

    `is_marked`: the week was closed with something else.
    """

    label: str
    segments: tuple[Segment, ...]
    note: str = ""
    aim: int | None = None
    is_marked: bool = False


@dataclass(frozen=True)
class Key:
    """What a look means, in a word; no look is the line across."""

    look: Look | None
    word: str


@dataclass(frozen=True)
class Tick:
    """A value of the scale, and how it is written."""

    value: int
    label: str


@dataclass(frozen=True)
class Chart:
    """The whole picture; `says` tells it to those who do not see it."""

    says: str
    columns: tuple[Column, ...]
    keys: tuple[Key, ...]
    ticks: tuple[Tick, ...]

    @property
    def top(self) -> int:
        """The value at the upper edge."""
        return self.ticks[-1].value


def stacked(parts: tuple[tuple[Look, int], ...], *, is_slim: bool = False) -> tuple[Segment, ...]:
    """Return segments one on the other, the first at the ground; what is nothing is left out."""
    segments, low = [], 0
    for look, amount in parts:
        if amount:
            segments.append(Segment(look, low, low + amount, is_slim))
        low += amount
    return tuple(segments)


def steps_to(most: int) -> tuple[int, ...]:
    """Return round values from 0, at most `TICKS` steps, the last one no less than `most`."""
    sizes = (part * 10**tens for tens in count() for part in (1, 2, 5))
    step = next(size for size in sizes if size * TICKS >= most)
    return tuple(step * number for number in range(max(1, -(-most // step)) + 1))


def hours_segments(*, offered: int, attended: int, unrecorded: int) -> tuple[Segment, ...]:
    """Return what was offered, and in it what was attended and what is not recorded yet."""
    parts = ((Look.SOLID, attended), (Look.HATCHED, unrecorded))
    return (*stacked(((Look.HOLLOW, offered),)), *stacked(parts, is_slim=True))
