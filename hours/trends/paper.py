"""Sets pictures and their tables on letter paper, over as many pages as they take."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from attendance.papers.paper import BOTTOM, MARGIN, PAGES, ROOM, Paper
from attendance.papers.wording import stamp
from hours.trends.chart import Chart
from hours.trends.heat import Heat
from hours.trends.paper_chart import draw_chart, draw_heat
from hours.trends.table import Shown, Table
from programs.disclosing.notice import notice_words
from programs.models import Clinic, Program

SIZE, IN_TABLE, GAP = 10.0, 8.5, 2.0
MOST_LINES = 3


@dataclass(frozen=True)
class Section:
    """A heading with a picture or none, what is to be known of it, and its table."""

    table: Table
    chart: Chart | None = None
    heat: Heat | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leaf:
    """A whole paper. `title` names nobody: it is also the file's; `name` stands on the pages."""

    title: str
    program: Program
    about: str
    sections: tuple[Section, ...]
    made_by: User
    made_at: datetime
    name: str = ""


def star() -> str:
    """Return what the star over a week means."""
    return _("* The week was closed with something else: see the table.")


def pdf_of_leaf(leaf: Leaf) -> bytes:
    """Return the paper as a PDF."""
    clinic = Clinic.objects.values_list("name", flat=True).first() or ""

    def head(paper: Paper) -> None:
        _head(paper, leaf, clinic)

    def foot(paper: Paper) -> None:
        _foot(paper, leaf)

    paper = Paper(title=leaf.title, size=SIZE, head=head, foot=foot)
    with closing(paper):
        for section in leaf.sections:
            _section(paper, section)
        return paper.content(made_at=leaf.made_at)


def _head(paper: Paper, leaf: Leaf, clinic: str) -> None:
    program = leaf.program
    paper.set_type(bold=True, soft=True)
    where = f"{clinic} · {program.name} · {program.site.name}"
    paper.y += paper.write(where, x=MARGIN, y=paper.y, width=ROOM, most=2)
    paper.set_type(size=paper.size + (8 if paper.number == 1 else 2), bold=True)
    paper.y += paper.write(leaf.title, x=MARGIN, y=paper.y, width=ROOM)
    paper.set_type(bold=True)
    for words in filter(None, (leaf.name, leaf.about)):
        paper.y += paper.write(words, x=MARGIN, y=paper.y, width=ROOM, most=2)
    paper.y += 1.5
    paper.rule()


def _foot(paper: Paper, leaf: Leaf) -> None:
    """Write the notice, who made the paper, and which page it is."""
    paper.y = BOTTOM + 1.5
    paper.rule()
    paper.set_type(size=8.5, bold=True)
    page = _("Page %(number)s of %(pages)s") % {"number": paper.number, "pages": PAGES}
    left = f"{_('Confidential')} · {page}"
    paper.y += paper.write(left, x=MARGIN, y=paper.y, width=ROOM)
    paper.set_type(size=8.5, soft=True)
    paper.y += paper.write(notice_words(), x=MARGIN, y=paper.y, width=ROOM)
    made = _("Made by %(name)s, %(moment)s") % {
        "name": leaf.made_by.display_name,
        "moment": stamp(leaf.made_at, leaf.program.zone),
    }
    paper.write(made, x=MARGIN, y=paper.y, width=ROOM)


def _section(paper: Paper, section: Section) -> None:
    # A heading never stands alone at the end of a page.
    paper.room(paper.line_height * 4 + (46 if section.chart or section.heat else 0))
    paper.heading(section.table.title)
    paper.set_type()
    if section.chart:
        draw_chart(paper, section.chart)
    if section.heat:
        draw_heat(paper, section.heat)
    paper.set_type(size=IN_TABLE, soft=True)
    for words in section.notes:
        paper.flow(words)
    paper.set_type()
    if section.table.rows:
        paper.y += 1
        _table(paper, section.table)


def _table(paper: Paper, table: Table) -> None:
    weights = [column.weight for column in table.columns]
    unit = ROOM / sum(weights)
    spans = []
    for at, weight in enumerate(weights):
        spans.append((MARGIN + unit * sum(weights[:at]), unit * weight - GAP))
    _headings(paper, table, spans)
    for row in table.rows:
        height = _height(paper, [cell.text for cell in row], spans)
        page = paper.number
        paper.room(height + 1.2)
        if paper.number != page:
            _headings(paper, table, spans)
        _row(paper, row, spans)
        paper.y += height
        paper.rule()


def _headings(paper: Paper, table: Table, spans: list[tuple[float, float]]) -> None:
    paper.set_type(size=IN_TABLE - 1, soft=True)
    words = [str(column.heading) for column in table.columns]
    height = _height(paper, words, spans)
    paper.room(height + 8)
    for text, column, (x, width) in zip(words, table.columns, spans, strict=True):
        align = "R" if column.is_number else "L"
        paper.write(text, x=x, y=paper.y, width=width, most=MOST_LINES, align=align)
    paper.y += height + 0.5
    paper.rule()
    paper.set_type(size=IN_TABLE)


def _row(paper: Paper, row: tuple[Shown, ...], spans: list[tuple[float, float]]) -> None:
    for cell, (x, width) in zip(row, spans, strict=True):
        align = "R" if cell.is_number else "L"
        paper.write(cell.text, x=x, y=paper.y, width=width, most=MOST_LINES, align=align)


def _height(paper: Paper, texts: list[str], spans: list[tuple[float, float]]) -> float:
    """Return how high the texts stand side by side, in the present type."""
    lines = [
        len(paper.lines_of(text, width=width, most=MOST_LINES))
        for text, (_x, width) in zip(texts, spans, strict=True)
    ]
    return max(1, *lines) * paper.pdf.font_size * 1.3
