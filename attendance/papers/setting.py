"""Sets the content of a paper on as many pages as it takes, each with its head and its foot."""

from __future__ import annotations

from contextlib import closing

from django.utils.translation import gettext as _

from attendance.papers.content import Column, Content, Fact, Section, Table
from attendance.papers.paper import BOTTOM, MARGIN, PAGES, ROOM, Paper

SIZE = 10.0
TERM, GAP = 38.0, 3.0
# Room for a hand: a row of a table to fill in, and a line to sign on.
BY_HAND, TO_SIGN = 9.0, 14.0
# Lines of a cell; names and kinds of mark are shorter, forty stretches are nobody's.
MOST_LINES = 6


def pdf_of(content: Content) -> bytes:
    """Return the paper as a PDF."""

    def head(paper: Paper) -> None:
        _head(paper, content)

    def foot(paper: Paper) -> None:
        _foot(paper, content)

    paper = Paper(title=content.title, size=SIZE, head=head, foot=foot)
    with closing(paper):
        paper.set_type()
        _facts(paper, content.facts)
        for section in content.sections:
            _section(paper, section)
        return paper.content(made_at=content.made_at)


def _head(paper: Paper, content: Content) -> None:
    """Write what stands on each page: what it is about, and loudly what is missing."""
    is_first = paper.number == 1
    paper.set_type(bold=True, soft=True)
    paper.y += paper.write(
        f"{content.clinic} · {content.program}", x=MARGIN, y=paper.y, width=ROOM, most=2
    )
    paper.set_type(size=paper.size + (8 if is_first else 2), bold=True)
    paper.y += paper.write(content.title, x=MARGIN, y=paper.y, width=ROOM)
    paper.set_type(bold=True)
    for words in filter(None, (content.name, content.about)):
        paper.y += paper.write(words, x=MARGIN, y=paper.y, width=ROOM, most=2)
    paper.y += 1.5
    if content.loud:
        paper.loud(content.loud)
    else:
        paper.rule()


def _foot(paper: Paper, content: Content) -> None:
    """Write the notice, who made the paper, and which page it is."""
    paper.y = BOTTOM + 1.5
    paper.rule()
    paper.set_type(size=8.5, bold=True)
    page = _("Page %(number)s of %(pages)s") % {"number": paper.number, "pages": PAGES}
    left = f"{_('Confidential')} · {page}"
    paper.y += paper.write(left, x=MARGIN, y=paper.y, width=ROOM)
    paper.set_type(size=8.5, soft=True)
    paper.y += paper.write(content.notice, x=MARGIN, y=paper.y, width=ROOM)
    paper.write(content.made, x=MARGIN, y=paper.y, width=ROOM)


def _section(paper: Paper, section: Section) -> None:
    # A heading never stands alone at the end of a page.
    paper.room(paper.line_height * 5)
    paper.heading(section.heading)
    paper.set_type()
    if section.table and section.table.rows:
        _table(paper, section.table)
    _facts(paper, section.facts)
    if section.empty:
        paper.flow(section.empty)
    for words in section.lines:
        _line_to_sign(paper, words)


def _facts(paper: Paper, facts: tuple[Fact, ...]) -> None:
    for fact in facts:
        paper.set_type(soft=True)
        term = paper.lines_of(fact.term, width=TERM - GAP, most=3)
        paper.room(max(len(term), 1) * paper.line_height)
        top, page = paper.y, paper.number
        height = paper.write(fact.term, x=MARGIN, y=top, width=TERM - GAP, most=3)
        paper.set_type()
        paper.flow(fact.text, x=MARGIN + TERM, width=ROOM - TERM)
        if paper.number == page:
            paper.y = max(paper.y, top + height)
        paper.y += 0.6


def _table(paper: Paper, table: Table) -> None:
    _headings(paper, table.columns)
    for row in table.rows:
        lines = [
            len(paper.lines_of(text, width=column.width - GAP, most=MOST_LINES))
            for text, column in zip(row, table.columns, strict=True)
        ]
        height = max(1, *lines) * paper.line_height + 1
        height = max(height, BY_HAND) if table.is_to_fill_in else height
        page = paper.number
        paper.room(height + 2)
        if paper.number != page:
            _headings(paper, table.columns)
        _row(paper, table, row, height)


def _headings(paper: Paper, columns: tuple[Column, ...]) -> None:
    paper.set_type(soft=True)
    x = MARGIN
    for column in columns:
        paper.write(column.heading, x=x, y=paper.y, width=column.width - GAP)
        x += column.width  # type: ignore[assignment]
    paper.y += paper.line_height
    paper.rule()
    paper.set_type()


def _row(paper: Paper, table: Table, row: tuple[str, ...], height: float) -> None:
    x, top = float(MARGIN), paper.y
    # By hand one writes on the line: words stand on it too.
    down = height - paper.line_height - 1 if table.is_to_fill_in else 0
    for text, column in zip(row, table.columns, strict=True):
        most = 1 if table.is_to_fill_in else MOST_LINES
        paper.write(text, x=x, y=top + down, width=column.width - GAP, most=most)
        if table.is_to_fill_in and not text:
            paper.y = top + height - 1
            paper.rule(x=x, width=column.width - GAP)
        x += column.width
    paper.y = top + height
    if not table.is_to_fill_in:
        paper.rule()


def _line_to_sign(paper: Paper, words: str) -> None:
    paper.room(TO_SIGN + paper.line_height)
    paper.y += TO_SIGN - 4
    paper.rule(width=ROOM / 2)
    paper.set_type(size=paper.size - 1, soft=True)
    paper.y += paper.write(words, x=MARGIN, y=paper.y, width=ROOM)
    paper.set_type()
