"""A scale over time as a small picture: a line through the answers, broken where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from attendance.models import SCALE

# In units of the picture; a point of the scale is STEP high, and marks stand below 0.
WIDTH = 330
TOP = 8.0
STEP = 7.2
BOTTOM = TOP + STEP * SCALE[1]


@dataclass(frozen=True)
class Point:
    """A place in the picture, written as its attributes are."""

    x: str
    y: str


@dataclass(frozen=True)
class Picture:
    """The lines between answers, answers that stand alone, the last one, and marks below."""

    lines: tuple[str, ...]
    dots: tuple[Point, ...]
    last: Point | None
    marks: tuple[str, ...]


def picture_of(values: Sequence[int | None], marked: Sequence[bool] = ()) -> Picture:
    """Return the picture of the values, the earliest first; `marked` ones get a mark below."""
    stretches = list(_stretches(values))
    known = [place for stretch in stretches for place in stretch]
    return Picture(
        lines=tuple(" ".join(f"{at.x},{at.y}" for at in each) for each in stretches if each[1:]),
        dots=tuple(each[0] for each in stretches if not each[1:] and each[0] != known[-1]),
        last=known[-1] if known else None,
        marks=tuple(_x(at, len(values)) for at, is_marked in enumerate(marked) if is_marked),
    )


def _stretches(values: Sequence[int | None]) -> Iterator[list[Point]]:
    """Yield the points of answers that follow one another without a gap."""
    places = [
        None if value is None else Point(_x(at, len(values)), f"{BOTTOM - STEP * value:.1f}")
        for at, value in enumerate(values)
    ]
    for is_known, found in groupby(places, key=lambda place: place is not None):
        if is_known:
            yield [place for place in found if place]


def _x(at: int, count: int) -> str:
    """The last answer stands at the right end, the first at the left."""
    return f"{WIDTH * at / (count - 1) if count > 1 else WIDTH:.1f}"
