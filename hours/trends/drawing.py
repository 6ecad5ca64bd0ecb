"""A picture as SVG: where everything stands, x in percent of the width, y in pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hours.trends.chart import Chart, Column, Key

# Pixels: the plot between the notes over it and the names under it.
TOP, GROUND, NAMES, HEIGHT = 22, 172, 192, 198
# Parts of a column's place: where it begins, how wide it is, and the same of a slim one in it.
INSET, WIDE, SLIM_INSET, SLIM = 0.14, 0.72, 0.28, 0.44
# Few weeks stand as wide as if there were so many; names have room for no more.
LEAST_PLACES, MOST_NAMES, MOST_NOTES = 8, 6, 14


@dataclass(frozen=True)
class Box:
    """A segment of a column."""

    css: str
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True)
class Line:
    """A line across a column, or across all."""

    x1: str
    x2: str
    y: str
    label: str = ""


@dataclass(frozen=True)
class Text:
    """A word at a place; where a sign stands instead, it has none.

    An extra one has no room on a phone.
    """

    x: str
    y: str
    text: str = ""
    is_extra: bool = False


@dataclass(frozen=True)
class Drawing:
    """Everything the template draws, from the back to the front."""

    says: str
    height: int
    grid: tuple[Line, ...]
    boxes: tuple[Box, ...]
    aims: tuple[Line, ...]
    notes: tuple[Text, ...]
    marks: tuple[Text, ...]
    names: tuple[Text, ...]
    keys: tuple[Key, ...]


def drawing_of(chart: Chart) -> Drawing:
    """Return the picture with every length worked out."""
    pen = _Pen(chart)
    columns = list(enumerate(chart.columns))
    has_notes = len(columns) <= MOST_NOTES
    return Drawing(
        says=chart.says,
        height=HEIGHT,
        grid=tuple(Line("0", "100%", pen.y(tick.value), tick.label) for tick in chart.ticks),
        boxes=tuple(box for at, column in columns for box in pen.boxes(at, column)),
        aims=tuple(pen.aim(at, column.aim) for at, column in columns if column.aim is not None),
        notes=tuple(
            Text(pen.middle(at), pen.over(column), column.note)
            for at, column in columns
            if column.note and has_notes
        ),
        marks=tuple(
            Text(pen.middle(at), f"{GROUND}") for at, column in columns if column.is_marked
        ),
        names=tuple(_names(pen, chart.columns)),
        keys=chart.keys,
    )


def _names(pen: _Pen, columns: Sequence[Column]) -> Iterator[Text]:
    """Yield as many names as have room, counted from the latest, so that it always has its own."""
    every = -(-len(columns) // MOST_NAMES)
    for at, column in enumerate(columns):
        back = len(columns) - 1 - at
        # Of many, the first has no room to its left.
        if back % every == 0 and (at or every == 1):
            is_extra = back % (2 * every) != 0
            yield Text(pen.middle(at), f"{NAMES}", column.label, is_extra=is_extra)


class _Pen:
    """Knows where a value and a column stand."""

    def __init__(self, chart: Chart) -> None:
        self.top = chart.top
        self.step = 100 / max(len(chart.columns), LEAST_PLACES)

    def _at(self, value: int) -> float:
        return GROUND - (GROUND - TOP) * value / self.top

    def y(self, value: int) -> str:
        return f"{self._at(value):.1f}"

    def over(self, column: Column) -> str:
        """Return where a note stands: right over the column."""
        highest = max((each.high for each in column.segments), default=0)
        return f"{self._at(highest) - 5:.1f}"

    def _x(self, at: int, part: float) -> str:
        return f"{self.step * (at + part):.2f}%"

    def middle(self, at: int) -> str:
        return self._x(at, 0.5)

    def boxes(self, at: int, column: Column) -> list[Box]:
        return [
            Box(
                css=each.look.value,
                x=self._x(at, SLIM_INSET if each.is_slim else INSET),
                width=f"{self.step * (SLIM if each.is_slim else WIDE):.2f}%",
                y=self.y(each.high),
                height=f"{self._at(each.low) - self._at(each.high):.1f}",
            )
            for each in column.segments
        ]

    def aim(self, at: int, value: int) -> Line:
        return Line(self._x(at, 0.04), self._x(at, 0.96), self.y(value))
