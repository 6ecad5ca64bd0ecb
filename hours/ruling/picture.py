"""The weeks not met, drawn: two bars for each week, before and under the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 72
# Of the room of one week, in percent: where its two bars stand, and how wide they are.
BEFORE_AT, AFTER_AT, WIDE = 14, 52, 34


@dataclass(frozen=True)
class Bar:
    """A bar of the picture: lengths as attributes of its shape."""

    css: str
    x: str
    y: int
    width: str
    height: int


def bars_of(counts: Sequence[tuple[int, int]]) -> tuple[Bar, ...]:
    """Return the bars of each week's counts before and after, all on one scale."""
    most = max((max(pair) for pair in counts), default=0) or 1
    slot = 100 / (len(counts) or 1)
    return tuple(
        Bar(
            css=css,
            x=f"{slot * (index + at / 100):.2f}%",
            y=HEIGHT - round(HEIGHT * count / most),
            width=f"{slot * WIDE / 100:.2f}%",
            height=round(HEIGHT * count / most),
        )
        for index, pair in enumerate(counts)
        for css, at, count in (("is-before", BEFORE_AT, pair[0]), ("is-after", AFTER_AT, pair[1]))
    )
