"""Plain text on paper: headings, points, paragraphs, lines to write on, boxes to tick."""

from __future__ import annotations

from collections.abc import Iterable

from attendance.papers.paper import LINE, MARGIN, ROOM, Paper
from curriculum.handouts.markup import blocks_of

INDENT, BOX, BY_HAND = 6.0, 3.4, 9.0


def plain_text(paper: Paper, text: str) -> None:
    """Write the text over as many pages as it takes; no word of it is lost."""
    for block in blocks_of(text):
        if block.is_heading:
            _heading(paper, block.lines[0])
        elif block.is_points:
            points(paper, block.lines)
        elif block.is_lines:
            _write_on(paper, len(block.lines))
        else:
            paper.set_type()
            paper.flow("\n".join(block.lines))
        paper.y += 1.6


def points(paper: Paper, lines: Iterable[str]) -> None:
    """Write each line as a point."""
    for line in lines:
        paper.set_type()
        paper.room(paper.line_height)
        paper.write("•", x=MARGIN, y=paper.y, width=INDENT)
        paper.flow(line or " ", x=MARGIN + INDENT, width=ROOM - INDENT)


def checklist(paper: Paper, steps: Iterable[str]) -> None:
    """Write each step with a box to tick."""
    for step in steps:
        paper.set_type()
        paper.room(paper.line_height)
        paper.pdf.set_draw_color(*LINE)
        paper.pdf.set_line_width(0.4)
        paper.pdf.rect(MARGIN, paper.y + 0.9, BOX, BOX)
        paper.flow(step or " ", x=MARGIN + INDENT, width=ROOM - INDENT)
        paper.y += 0.8


def _heading(paper: Paper, text: str) -> None:
    paper.room(paper.line_height * 3)
    paper.y += 1
    paper.set_type(size=paper.size + 1.5, bold=True)
    paper.flow(text or " ")
    paper.set_type()


def _write_on(paper: Paper, count: int) -> None:
    for _line in range(count):
        paper.room(BY_HAND)
        paper.y += BY_HAND - 1
        paper.rule()
        paper.y += 1
