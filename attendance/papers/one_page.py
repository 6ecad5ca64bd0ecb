"""Pieces of a paper that must stay one page: its head, facts in two columns, counts, its foot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing
from datetime import datetime
from typing import Protocol, TypeVar

from attendance.papers.paper import BOTTOM, LEADING, MARGIN, POINT, ROOM, WIDTH, Paper

Fit = TypeVar("Fit")
HALF, GAP = ROOM / 2 - 4, 8
TERM = 30
# As many counts share the page's width, at least.
COUNTS = 6


class Fact(Protocol):
    """A term and what is on record for it."""

    @property
    def term(self) -> str: ...
    @property
    def text(self) -> str: ...


class Foot(Protocol):
    """What stands at the foot of a page, and when it was made."""

    @property
    def notice(self) -> str: ...
    @property
    def made(self) -> str: ...
    @property
    def made_at(self) -> datetime: ...


def first_that_fits(fits: Sequence[Fit], draw: Callable[[Fit], Paper], foot: Foot) -> bytes:
    """Return the page as a PDF, in the first fit that it goes into; the last one holds all."""
    with ExitStack() as papers:
        for fit in fits:
            paper = papers.enter_context(closing(draw(fit)))
            if paper.y <= BOTTOM:
                break
        footer(paper, foot)
        return paper.content(made_at=foot.made_at)


def head(paper: Paper, *, clinic: str, title: str, program: str, name: str) -> None:
    """Write whose page it is, and of which program, over a line."""
    paper.set_type(bold=True, soft=True)
    paper.y += paper.write(clinic, x=MARGIN, y=paper.y, width=ROOM)
    paper.set_type(size=paper.size + 8, bold=True)
    paper.y += paper.write(title, x=MARGIN, y=paper.y, width=ROOM)
    paper.set_type(soft=True)
    paper.y += paper.write(program, x=MARGIN, y=paper.y, width=ROOM) + 1.5
    paper.rule()
    paper.set_type(size=paper.size + 3, bold=True)
    paper.y += paper.write(name, x=MARGIN, y=paper.y, width=ROOM, most=3) + 0.5


def two_columns(paper: Paper, left: Iterable[Fact], right: Iterable[Fact], *, most: int) -> None:
    """Write facts side by side, each in at most so many lines."""
    top = paper.y
    ends = _facts(paper, left, x=MARGIN, y=top, most=most)
    paper.y = max(ends, _facts(paper, right, x=MARGIN + HALF + GAP, y=top, most=most))


def _facts(paper: Paper, facts: Iterable[Fact], *, x: float, y: float, most: int) -> float:
    """Write terms and what they are, and return where they end."""
    for fact in facts:
        paper.set_type(soft=True)
        term = paper.write(fact.term, x=x, y=y, width=TERM - 2, most=2)
        paper.set_type()
        y += max(term, paper.write(fact.text, x=x + TERM, y=y, width=HALF - TERM, most=most))
    return y


def counts(paper: Paper, counted: Sequence[tuple[str, int]]) -> None:
    """Write numbers side by side, each over its word."""
    width = ROOM / max(COUNTS, len(counted))
    for place, (word, count) in enumerate(counted):
        x = MARGIN + place * width
        paper.set_type(size=paper.size + 4, bold=True)
        height = paper.write(str(count), x=x, y=paper.y, width=width - 2)
        paper.set_type(size=paper.size - 1, soft=True)
        paper.write(word, x=x, y=paper.y + height, width=width - 2)
    paper.y += (2 * paper.size + 3) * POINT * LEADING + 0.5


def paragraph(paper: Paper, words: str, *, bold: bool = False, most: int = 2) -> None:
    """Write a text across the page, in at most so many lines."""
    paper.set_type(bold=bold)
    paper.y += paper.write(words, x=MARGIN, y=paper.y, width=ROOM, most=most)


def footer(paper: Paper, foot: Foot) -> None:
    """Write the notice and who made the page, at its foot."""
    paper.y = BOTTOM + 1.5
    paper.rule()
    paper.set_type(size=8.5, bold=True)
    paper.y += paper.write(foot.notice, x=MARGIN, y=paper.y, width=ROOM, most=2)
    paper.set_type(size=8.5, soft=True)
    paper.write(foot.made, x=MARGIN, y=paper.y, width=WIDTH - 2 * MARGIN)
