"""Sets a plan on one printed page that a person can keep: their own words, nobody else's name."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.models.relapse_plan import PaperLanguage
from attendance.papers.one_page import GAP, HALF, first_that_fits
from attendance.papers.paper import BOTTOM, MARGIN, ROOM, Paper
from attendance.relapse.changes import contact_words
from attendance.relapse.content import TEXTS, PlanContent, Situation
from attendance.relapse.sections import ANSWER_WORDS, SECTION

# Type in points, from large to the smallest that is still read without a glass.
FITS = (13.0, 11.5, 10.5, 9.5, 8.5, 7.5, 7.0)
# As many lines as no box holds.
ALL = 1_000
FIVE = 5
COLUMN, BETWEEN = (ROOM - 4 * 3) / FIVE, 3
PAIRS = (
    ("reasons", "emergency"),
    ("outside_triggers", "inside_triggers"),
    ("warning_signs", "what_worked"),
)
# So many of the longest sections are named where all of them do not go onto the page.
NAMED = 3


@dataclass(frozen=True)
class Card:
    """What the page says, and for whom; `number` and `written_on` of its version."""

    name: str
    number: int
    written_on: date
    content: PlanContent
    made_at: datetime

    @property
    def notice(self) -> str:
        """What stands at the foot."""
        return _("This page is mine. I decide who sees it.")

    @property
    def made(self) -> str:
        """Which version it is."""
        day = date_format(self.written_on, "DATE_FORMAT")
        return _("Version %(number)s, written on %(day)s") % {"number": self.number, "day": day}


def pdf_of(card: Card, *, language: str) -> bytes:
    """Return the page as a PDF, its headings in the language, in the largest type that fits."""
    with translation.override(language):
        return first_that_fits(FITS, lambda size: _set(card.content, card.name, size), card)


def too_long(content: PlanContent) -> tuple[str, ...]:
    """Return the headings of the longest sections where the page does not hold the plan.

    Nothing where it does, with its headings in either language.
    """
    if all(_fits(content, language) for language in PaperLanguage.values):
        return ()
    lengths = {name: len(getattr(content, name)) for name in TEXTS}
    rows = [" ".join(vars_of(each)) for each in content.situations]
    lengths["situations"] = sum(map(len, rows))
    longest = sorted(lengths, key=lambda name: lengths[name], reverse=True)[:NAMED]
    return tuple(str(SECTION[name].title) for name in longest)


def vars_of(situation: Situation) -> tuple[str, ...]:
    """Return the situation and its answers, in the order of the columns."""
    return (situation.situation, *(getattr(situation, name) for name, _w, _h in ANSWER_WORDS))


def _fits(content: PlanContent, language: str) -> bool:
    # A name in two lines, as the longest there can be.
    with translation.override(language), closing(_set(content, "W" * 160, FITS[-1])) as paper:
        return paper.y <= BOTTOM


def _set(content: PlanContent, name: str, size: float) -> Paper:
    paper = Paper(title=_("My relapse prevention plan"), size=size)
    _head(paper, content, name)
    for left, right in PAIRS:
        _side_by_side(paper, content, left, right)
    _situations(paper, content.situations)
    _contacts(paper, content)
    return paper


def _head(paper: Paper, content: PlanContent, name: str) -> None:
    paper.set_type(size=paper.size + 5, bold=True)
    paper.y += paper.write(_("My relapse prevention plan"), x=MARGIN, y=paper.y, width=ROOM)
    facts = [name]
    if content.review_on:
        day = date_format(content.review_on, "DATE_FORMAT")
        facts.append(_("To be looked at again on %(day)s") % {"day": day})
    paper.set_type(soft=True)
    paper.y += paper.write(" · ".join(facts), x=MARGIN, y=paper.y, width=ROOM, most=3) + 1
    paper.set_type()
    paper.loud(_("In a crisis, at any hour: call or text 988"))
    paper.set_type(soft=True)
    paper.y += paper.write(lifeline_words(), x=MARGIN, y=paper.y, width=ROOM, most=ALL)


def lifeline_words() -> str:
    """Return who answers at 988, and how it is reached in Spanish."""
    return _(
        "988 Suicide & Crisis Lifeline, free of charge. In Spanish: call and press 2, or text AYUDA"
        " to 988. Where life is in danger, call 911."
    )


def _side_by_side(paper: Paper, content: PlanContent, left: str, right: str) -> None:
    top, ends = paper.y, []
    for name, x in ((left, MARGIN), (right, MARGIN + HALF + GAP)):
        paper.y = top
        _title(paper, name, x=x, width=HALF)
        ends.append(paper.y + _text(paper, getattr(content, name), x=x, y=paper.y, width=HALF))
    paper.y = max(ends)


def _title(paper: Paper, name: str, *, x: float, width: float) -> None:
    paper.y += paper.line_height * 0.5
    paper.set_type(size=paper.size + 1, bold=True)
    paper.y += paper.write(str(SECTION[name].title), x=x, y=paper.y, width=width) + 0.4
    paper.rule(x=x, width=width)
    paper.set_type()


def _text(paper: Paper, text: str, *, x: float, y: float, width: float) -> float:
    """Write the text line by line and return how high it stands; nothing is room to write."""
    if not text:
        return paper.line_height * 1.4
    top = y
    for line in text.splitlines():
        y += paper.write(line, x=x, y=y, width=width, most=ALL)
    return y - top


def _situations(paper: Paper, situations: Sequence[Situation]) -> None:
    _title(paper, "situations", x=MARGIN, width=ROOM)
    if not situations:
        paper.y += paper.line_height * 1.4
        return
    paper.set_type(soft=True)
    heads = (_("Situation"), *(str(word) for _n, word, _h in ANSWER_WORDS))
    _row(paper, heads)
    for situation in situations:
        paper.set_type()
        _row(paper, vars_of(situation))
        paper.rule()


def _row(paper: Paper, texts: Sequence[str]) -> None:
    """Write five texts side by side, the first in bold."""
    heights = []
    _size, _bold, is_soft = paper.type
    for place, text in enumerate(texts):
        paper.set_type(bold=place == 0, soft=is_soft)
        x = MARGIN + place * (COLUMN + BETWEEN)
        heights.append(_text(paper, text or " ", x=x, y=paper.y, width=COLUMN))
    paper.y += max(heights) + 0.4


def _contacts(paper: Paper, content: PlanContent) -> None:
    _title(paper, "contacts", x=MARGIN, width=ROOM)
    lines = [contact_words(each) for each in content.contacts]
    for left, right in zip(lines[::2], [*lines[1::2], ""], strict=False):
        heights = [
            _text(paper, text, x=x, y=paper.y, width=HALF)
            for text, x in ((left, MARGIN), (right, MARGIN + HALF + GAP))
            if text
        ]
        paper.y += max(heights)
    if not lines:
        paper.y += paper.line_height * 1.4
