"""Sets the summary of an episode on one page: tighter, where there is more to say."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass

from django.utils.translation import gettext as _

from attendance.papers.paper import BOTTOM, LEADING, MARGIN, POINT, ROOM, WIDTH, Paper
from hours.summary.summary import Fact, Summary
from hours.summary.weeks import WeekLine

HALF, GAP = ROOM / 2 - 4, 8
TERM = 30
# The columns of the weeks: from where, how wide.
WEEK, REQUIRED, ATTENDED, BARS, VERDICT = (15, 28), (43, 24), (69, 24), (100, 44), (150, 51)


@dataclass(frozen=True)
class Fit:
    """How much room things get: type in points, lines of a goal, of a fact."""

    size: float
    goal_lines: int
    fact_lines: int


# The last one holds all there can be.
FITS = (Fit(10, 4, 3), Fit(9.5, 3, 3), Fit(9, 2, 3), Fit(8.5, 2, 2), Fit(8, 1, 2))


def pdf_of(summary: Summary) -> bytes:
    """Return the page as a PDF, in the first fit that it goes into."""
    with ExitStack() as papers:
        for fit in FITS:
            paper = papers.enter_context(closing(_set(summary, fit)))
            if paper.y <= BOTTOM:
                break
        _footer(paper, summary)
        return paper.content(made_at=summary.made_at)


def _set(summary: Summary, fit: Fit) -> Paper:
    paper = Paper(title=summary.title, size=fit.size)
    _head(paper, summary)
    _two_columns(paper, summary, fit)
    _attendance(paper, summary)
    _weeks(paper, summary)
    _goals(paper, summary, fit)
    _lists(paper, summary)
    return paper


def _head(paper: Paper, summary: Summary) -> None:
    paper.set_type(bold=True, soft=True)
    paper.y += paper.write(summary.clinic, x=MARGIN, y=paper.y, width=ROOM)
    paper.set_type(size=paper.size + 8, bold=True)
    paper.y += paper.write(summary.title, x=MARGIN, y=paper.y, width=ROOM)
    paper.set_type(soft=True)
    paper.y += paper.write(summary.program, x=MARGIN, y=paper.y, width=ROOM) + 1.5
    paper.rule()
    paper.set_type(size=paper.size + 3, bold=True)
    paper.y += paper.write(summary.name, x=MARGIN, y=paper.y, width=ROOM, most=3) + 0.5


def _two_columns(paper: Paper, summary: Summary, fit: Fit) -> None:
    top = paper.y
    left = _facts(paper, summary.person, x=MARGIN, y=top, most=fit.fact_lines)
    x = MARGIN + HALF + GAP
    paper.y = max(left, _facts(paper, summary.episode, x=x, y=top, most=fit.fact_lines))


def _facts(paper: Paper, facts: Sequence[Fact], *, x: float, y: float, most: int) -> float:
    """Write terms and what they are, and return where they end."""
    for fact in facts:
        paper.set_type(soft=True)
        term = paper.write(fact.term, x=x, y=y, width=TERM - 2, most=2)
        paper.set_type()
        y += max(term, paper.write(fact.text, x=x + TERM, y=y, width=HALF - TERM, most=most))
    return y


def _attendance(paper: Paper, summary: Summary) -> None:
    paper.heading(_("Attendance"))
    width = ROOM / max(6, len(summary.attendance))
    for place, (word, count) in enumerate(summary.attendance):
        x = MARGIN + place * width
        paper.set_type(size=paper.size + 4, bold=True)
        height = paper.write(str(count), x=x, y=paper.y, width=width - 2)
        paper.set_type(size=paper.size - 1, soft=True)
        paper.write(word, x=x, y=paper.y + height, width=width - 2)
    paper.y += (2 * paper.size + 3) * POINT * LEADING + 0.5
    _paragraph(paper, summary.attendance_words)


def _weeks(paper: Paper, summary: Summary) -> None:
    paper.heading(_("Hours by week"))
    weeks = summary.weeks
    if weeks.earlier:
        _paragraph(paper, weeks.earlier)
    if weeks.lines:
        _week_lines(paper, weeks.lines)
        _paragraph(paper, weeks.total, bold=True)
    if weeks.note:
        _paragraph(paper, weeks.note)
    if not (weeks.lines or weeks.note):
        _paragraph(paper, _("The first week has not begun."))


def _week_lines(paper: Paper, lines: Sequence[WeekLine]) -> None:
    paper.set_type(soft=True)
    paper.columns(_cells((_("Week of"), _("Required"), _("Attended"), "", _("Verdict"))))
    paper.set_type()
    most = max(max(each.required_minutes, each.attended_minutes) for each in lines) or 1
    for each in lines:
        paper.bar(
            x=BARS[0],
            y=paper.y,
            width=BARS[1],
            share=each.attended_minutes / most,
            aim=each.required_minutes / most,
        )
        paper.columns(_cells((each.label, each.required, each.attended, "", each.verdict)))


def _cells(texts: Sequence[str]) -> list[tuple[str, float, float, str]]:
    aligned = zip(texts, (WEEK, REQUIRED, ATTENDED, BARS, VERDICT), "LRRLL", strict=True)
    return [(text, x, width, align) for text, (x, width), align in aligned if text]


def _goals(paper: Paper, summary: Summary, fit: Fit) -> None:
    paper.heading(_("Goals"))
    for goal in summary.goals:
        paper.set_type()
        text = paper.write(goal.term, x=MARGIN, y=paper.y, width=124, most=fit.goal_lines)
        paper.set_type(bold=True)
        outcome = paper.write(goal.text, x=MARGIN + 130, y=paper.y, width=ROOM - 130, most=2)
        paper.y += max(text, outcome) + 0.4
    if not summary.goals:
        _paragraph(paper, _("No goals are on record."))
    if summary.more_goals:
        _paragraph(paper, summary.more_goals)


def _lists(paper: Paper, summary: Summary) -> None:
    paper.heading(f"{_('Leaves')} · {_('Follow-up')}")
    parts = (
        (_("Leaves"), summary.leaves or (_("none"),), MARGIN),
        (_("Follow-up"), summary.follow_ups or (_("none planned"),), MARGIN + HALF + GAP),
    )
    top, ends = paper.y, []
    for term, lines, x in parts:
        y = top
        paper.set_type(soft=True)
        paper.write(term, x=x, y=y, width=TERM - 2)
        paper.set_type()
        for line in lines:
            y += paper.write(line, x=x + TERM, y=y, width=HALF - TERM)
        ends.append(y)
    paper.y = max(ends)


def _paragraph(paper: Paper, words: str, *, bold: bool = False) -> None:
    paper.set_type(bold=bold)
    paper.y += paper.write(words, x=MARGIN, y=paper.y, width=ROOM, most=2)


def _footer(paper: Paper, summary: Summary) -> None:
    """Write the notice and who made the page, at its foot."""
    paper.y = BOTTOM + 1.5
    paper.rule()
    paper.set_type(size=8.5, bold=True)
    paper.y += paper.write(summary.notice, x=MARGIN, y=paper.y, width=ROOM, most=2)
    paper.set_type(size=8.5, soft=True)
    paper.write(summary.made, x=MARGIN, y=paper.y, width=WIDTH - 2 * MARGIN)
