"""The whole record on paper, section by section, over as many pages as it takes."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.papers.paper import BOTTOM, MARGIN, PAGES, ROOM, Paper
from hours.record_export.record import Record

INDENT = 4
SIZE = 9.0


def pdf_of(record: Record) -> bytes:
    """Return the record as a PDF; its title, which is the file's too, names nobody."""
    title = _("Record of treatment")
    with closing(Paper(title=title, size=SIZE, head=lambda paper: _head(paper, record))) as paper:
        paper.heading(_("Person"))
        _row(paper, record.person)
        for section in record.sections:
            paper.room(4 * paper.line_height)
            paper.heading(section.title)
            for row in section.rows:
                _row(paper, row)
        return paper.content(made_at=record.made_at)


def _head(paper: Paper, record: Record) -> None:
    """Write whose program it is, when it was printed, and the page; the name is on page one."""
    made = date_format(record.made_at.astimezone(record.zone), "DATETIME_FORMAT")
    paper.set_type(size=SIZE, soft=True)
    page = _("page %(number)s of %(pages)s") % {"number": paper.number, "pages": PAGES}
    paper.write(f"{record.program} · {made}", x=MARGIN, y=paper.y, width=ROOM)
    paper.y += paper.write(page, x=MARGIN, y=paper.y, width=ROOM, align="R") + 1
    paper.rule()
    if paper.number == 1:
        paper.set_type(size=SIZE + 8, bold=True)
        paper.y += paper.write(_("Record of treatment"), x=MARGIN, y=paper.y, width=ROOM)


def _row(paper: Paper, row: dict[str, Any]) -> None:
    """Write one row: its facts one after the other, the first of them strong."""
    facts = [f"{label}: {in_words(value)}" for label, value in row.items()]
    paper.room(2 * paper.line_height)
    paper.set_type(bold=True)
    paper.flow(facts[0] if facts else "—")
    paper.set_type()
    if facts[1:]:
        paper.flow("  ·  ".join(facts[1:]), x=MARGIN + INDENT, width=ROOM - INDENT)
    paper.y = min(paper.y + 1, BOTTOM)


def in_words(value: Any) -> str:
    """Return any value of the record as a line of text."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(f"{key} {in_words(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(in_words(each) for each in value)
    return str(value)
