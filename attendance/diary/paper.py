"""Sets a diary card for one week on a page: skills down, days across, no clinic named."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.papers.paper import LINE, MARGIN, ROOM, Paper

# In millimeters: the column of skills, those of the days, and a row one can write in.
SKILL, DAY, ROW = 74, 16, 9.5
# Rows of one page, with three to write a skill in; the rest stays on the screen.
MOST_SKILLS, BLANKS = 17, 3
NAME_LINES = 2


@dataclass(frozen=True)
class DiaryCard:
    """The week and the skills of one person."""

    dates: Sequence[date]
    skills: Sequence[str]
    made_at: datetime


def card_pdf(card: DiaryCard, *, language: str) -> bytes:
    """Return the card as a PDF of one page, in the language."""
    with translation.override(language), closing(_set(card)) as paper:
        return paper.content(made_at=card.made_at)


def _set(card: DiaryCard) -> Paper:
    paper = Paper(title=_("My week"), size=10)
    paper.set_type(size=18, bold=True)
    paper.y += paper.write(_("My week"), x=MARGIN, y=paper.y, width=ROOM)
    first, last = (date_format(day, "DATE_FORMAT") for day in (card.dates[0], card.dates[-1]))
    paper.set_type(soft=True)
    when = _("%(first)s to %(last)s") % {"first": first, "last": last}
    paper.y += paper.write(when, x=MARGIN, y=paper.y, width=ROOM) + 2
    paper.set_type()
    paper.y += paper.write(_how(), x=MARGIN, y=paper.y, width=ROOM, most=3) + 3
    _heads(paper, card.dates)
    for skill in [*card.skills[:MOST_SKILLS], *[""] * BLANKS]:
        _row(paper, skill, len(card.dates))
    return paper


def _how() -> str:
    return _(
        "Each time I used a skill, I write a number under the day: 2 it helped, 1 it helped a"
        " little, 0 it did not help."
    )


def _heads(paper: Paper, dates: Sequence[date]) -> None:
    paper.set_type(bold=True)
    paper.write(_("Skill"), x=MARGIN, y=paper.y, width=SKILL)
    for place, day in enumerate(dates):
        x = MARGIN + SKILL + place * DAY
        paper.write(date_format(day, "D"), x=x, y=paper.y, width=DAY, align="C")
        paper.write(
            date_format(day, "n/j"), x=x, y=paper.y + paper.line_height, width=DAY, align="C"
        )
    paper.y += 2 * paper.line_height + 1
    paper.set_type()


def _row(paper: Paper, skill: str, days: int) -> None:
    paper.pdf.set_draw_color(*LINE)
    paper.pdf.set_line_width(0.3)
    paper.pdf.rect(MARGIN, paper.y, SKILL, ROW)
    for place in range(days):
        paper.pdf.rect(MARGIN + SKILL + place * DAY, paper.y, DAY, ROW)
    paper.set_type(size=9)
    lines = paper.lines_of(skill, width=SKILL - 4, most=NAME_LINES)
    top = paper.y + (ROW - len(lines) * 9 * 0.3528 * 1.3) / 2
    paper.write(skill, x=MARGIN + 2, y=top, width=SKILL - 4, most=NAME_LINES)
    paper.y += ROW
