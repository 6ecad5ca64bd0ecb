"""Draws a picture of weeks, or of shades, on paper: with patterns, for paper has no colors."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from attendance.papers.paper import BAR, INK, MARGIN, PAPER, ROOM, SOFT, TRACK, Paper
from hours.trends.chart import Chart, Column, Look
from hours.trends.heat import Heat, HeatCell

# Millimeters: a plot with room for notes over it and names under it; the scale beside it.
PLOT, ABOVE, BELOW, SCALE = 34.0, 5.0, 5.0, 16.0
WIDTH = ROOM - SCALE
INSET, WIDE, SLIM_INSET, SLIM = 0.14, 0.72, 0.28, 0.44
LEAST_PLACES, MOST_NAMES, MOST_NOTES = 8, 12, 26
# From one line of a pattern to the next, and from one dot to the next.
APART, DOT = 1.4, 0.45
# A line of shades: the group's name, then its days.
ROW, NAME = 9.0, 46.0
SHADES = {
    "heat-4": (BAR, PAPER),
    "heat-2": ((174, 210, 206), INK),
    "heat-1": ((219, 235, 233), INK),
    "heat-0": (TRACK, INK),
}


def draw_chart(paper: Paper, chart: Chart) -> None:
    """Draw the picture with its key, and go below it."""
    paper.room(ABOVE + PLOT + BELOW + 2 * paper.line_height)
    ground = paper.y + ABOVE + PLOT
    _scale(paper, chart, ground)
    step = WIDTH / max(len(chart.columns), LEAST_PLACES)
    for at, column in enumerate(chart.columns):
        _column(paper, column, MARGIN + at * step, step, ground - PLOT, PLOT / chart.top)
    _words(paper, chart, step, ground)
    paper.y = ground + BELOW
    _keys(paper, chart)


def _scale(paper: Paper, chart: Chart, ground: float) -> None:
    paper.set_type(size=7.5, soft=True)
    for tick in chart.ticks:
        paper.y = ground - PLOT * tick.value / chart.top
        paper.write(tick.label, x=MARGIN + WIDTH + 1, y=paper.y - 1.7, width=SCALE - 1)
        paper.rule(width=WIDTH)


def _column(paper: Paper, column: Column, x: float, step: float, top: float, scale: float) -> None:
    """Draw one week; `scale` is millimeters for one of what is counted."""
    ground = top + PLOT
    for each in column.segments:
        inset, width = (SLIM_INSET, SLIM) if each.is_slim else (INSET, WIDE)
        height = (each.high - each.low) * scale
        fill(paper, each.look, x + inset * step, ground - each.high * scale, width * step, height)
    if column.aim is not None:
        y = ground - column.aim * scale
        paper.pdf.set_draw_color(*INK)
        paper.pdf.set_line_width(0.5)
        paper.pdf.line(x + 0.04 * step, y, x + 0.96 * step, y)


def _words(paper: Paper, chart: Chart, step: float, ground: float) -> None:
    """Write the share over each column, and names under some; a star: concluded otherwise."""
    count = len(chart.columns)
    every = -(-count // MOST_NAMES) or 1
    for at, column in enumerate(chart.columns):
        middle = MARGIN + (at + 0.5) * step
        highest = max((each.high for each in column.segments), default=0)
        over = ground - PLOT * highest / chart.top - 3.4
        paper.set_type(size=6.5)
        note = f"{column.note}*" if column.is_marked else column.note
        paper.write(note, x=middle - 6, y=over, width=12, align="C")
        if (count - 1 - at) % every == 0:
            paper.set_type(size=7.5, soft=True)
            paper.write(column.label, x=middle - 10, y=ground + 0.6, width=20, align="C")


def _keys(paper: Paper, chart: Chart) -> None:
    paper.set_type(size=8, soft=True)
    x = float(MARGIN)
    for key in chart.keys:
        width = 6 + paper.pdf.get_string_width(paper.readable(key.word)) + 6
        if key.look is None:
            paper.pdf.set_draw_color(*INK)
            paper.pdf.set_line_width(0.5)
            paper.pdf.line(x, paper.y + 1.7, x + 5, paper.y + 1.7)
        else:
            fill(paper, key.look, x, paper.y + 0.4, 5, 2.6)
        paper.write(key.word, x=x + 6, y=paper.y, width=width)
        x += width
    paper.y += paper.line_height + 1
    paper.set_type()


def fill(paper: Paper, look: Look, x: float, y: float, width: float, height: float) -> None:
    """Fill a box as the look asks."""
    pdf = paper.pdf
    pdf.set_fill_color(*{Look.SOLID: BAR, Look.DARK: INK}.get(look, PAPER))
    pdf.set_draw_color(*(BAR if look is Look.SOLID else SOFT))
    pdf.set_line_width(0.2)
    pdf.rect(x, y, width, height, style="DF")
    for slant in {Look.HATCHED: (1,), Look.CROSSED: (1, -1)}.get(look, ()):
        for line in _slanted(x, y, width, height, slant):
            pdf.line(*line)
    if look is Look.DOTTED:
        pdf.set_fill_color(*SOFT)
        for left, top in _dots(x, y, width, height):
            pdf.rect(left, top, DOT, DOT, style="F")


def _slanted(
    x: float, y: float, width: float, height: float, slant: int
) -> Iterator[tuple[float, float, float, float]]:
    """Yield lines across a box, from its lower edge up, to the right (1) or to the left (-1)."""
    shift = APART - height
    while shift < width:
        first, last = max(0.0, -shift), min(height, width - shift)
        ends = [(shift + along, y + height - along) for along in (first, last)]
        (x1, y1), (x2, y2) = [
            (x + across if slant > 0 else x + width - across, down) for across, down in ends
        ]
        yield x1, y1, x2, y2
        shift += APART


def _dots(x: float, y: float, width: float, height: float) -> Iterator[tuple[float, float]]:
    down = y + APART / 2
    while down < y + height - DOT:
        across = x + APART / 2
        while across < x + width - DOT:
            yield across, down
            across += APART
        down += APART


def draw_heat(paper: Paper, heat: Heat) -> None:
    """Draw the shades with the share and the counts in each, and go below them."""
    width = (ROOM - NAME) / (len(heat.days) + 1)
    headings = [*heat.days, _("All")]
    paper.room(ROW * 3)
    paper.set_type(size=8, soft=True)
    for at, word in enumerate(headings):
        paper.write(word, x=MARGIN + NAME + at * width, y=paper.y, width=width, align="C")
    paper.y += paper.line_height
    totals = (_("All groups"), (*heat.totals, heat.total))
    for name, cells in [*((row.name, (*row.cells, row.total)) for row in heat.rows), totals]:
        paper.room(ROW)
        paper.set_type(size=8.5)
        paper.write(name, x=MARGIN, y=paper.y + 2.6, width=NAME - 2)
        for at, cell in enumerate(cells):
            if cell:
                _shade(paper, cell, MARGIN + NAME + at * width, width)
        paper.y += ROW
    paper.y += 2
    paper.set_type()


def _shade(paper: Paper, cell: HeatCell, x: float, width: float) -> None:
    ground, ink = SHADES.get(cell.css, (PAPER, INK))
    paper.pdf.set_fill_color(*ground)
    paper.pdf.rect(x + 0.4, paper.y + 0.4, width - 0.8, ROW - 0.8, style="F")
    for text, size, down in ((cell.share, 8.5, 0.9), (cell.counts, 7, 4.6)):
        paper.set_type(size=size, bold=size > 8)
        paper.pdf.set_text_color(*ink)
        paper.write(text, x=x + 0.4, y=paper.y + down, width=width - 0.8, align="C")
