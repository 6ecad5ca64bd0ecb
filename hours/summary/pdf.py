"""Sets the summary of an episode on one page: tighter, where there is more to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from attendance.papers.one_page import (
    GAP,
    HALF,
    TERM,
    counts,
    first_that_fits,
    head,
    paragraph,
    two_columns,
)
from attendance.papers.paper import MARGIN, ROOM, Paper
from hours.summary.lessons import within
from hours.summary.summary import Summary
from hours.summary.weeks import WeekLine

# The columns of the weeks: from where, how wide.
WEEK, REQUIRED, ATTENDED, BARS, VERDICT = (15, 28), (43, 24), (69, 24), (100, 44), (150, 51)


@dataclass(frozen=True)
class Fit:
    """How much room things get: type in points; lines of a goal, a fact, a list of lessons."""

    size: float
    goal_lines: int
    fact_lines: int
    lesson_lines: int


# The last one holds all there can be.
FITS = (
    Fit(10, 4, 3, 6),
    Fit(9.5, 3, 3, 6),
    Fit(9, 2, 3, 5),
    Fit(8.5, 2, 2, 3),
    Fit(8, 1, 2, 2),
    Fit(7.5, 1, 1, 1),
)
# Letters of a line across the page, where the type is one point high.
LETTERS = 950


def pdf_of(summary: Summary) -> bytes:
    """Return the page as a PDF, in the first fit that it goes into."""
    return first_that_fits(FITS, lambda fit: _set(summary, fit), summary)


def _set(summary: Summary, fit: Fit) -> Paper:
    paper = Paper(title=summary.title, size=fit.size)
    head(
        paper,
        clinic=summary.clinic,
        title=summary.title,
        program=summary.program,
        name=summary.name,
    )
    two_columns(paper, summary.person, summary.episode, most=fit.fact_lines)
    _attendance(paper, summary)
    _weeks(paper, summary)
    _lessons(paper, summary, fit)
    _goals(paper, summary, fit)
    _lists(paper, summary)
    return paper


def _attendance(paper: Paper, summary: Summary) -> None:
    paper.heading(_("Attendance"))
    counts(paper, summary.attendance)
    paragraph(paper, summary.attendance_words)


def _weeks(paper: Paper, summary: Summary) -> None:
    paper.heading(_("Hours by week"))
    weeks = summary.weeks
    if weeks.earlier:
        paragraph(paper, weeks.earlier)
    if weeks.lines:
        _week_lines(paper, weeks.lines)
        paragraph(paper, weeks.total, bold=True)
    if weeks.note:
        paragraph(paper, weeks.note)
    if not (weeks.lines or weeks.note):
        paragraph(paper, _("The first week has not begun."))


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


def _lessons(paper: Paper, summary: Summary, fit: Fit) -> None:
    if summary.lessons is None:
        return
    paper.heading(_("Lessons"))
    paragraph(paper, summary.lessons.total, bold=True)
    letters = int(LETTERS / fit.size) * fit.lesson_lines - TERM
    for term, items in summary.lessons.lists:
        paper.set_type(soft=True)
        paper.write(term, x=MARGIN, y=paper.y, width=TERM - 2)
        paper.set_type()
        text = within(items, letters)
        most = fit.lesson_lines + 1
        paper.y += paper.write(text, x=MARGIN + TERM, y=paper.y, width=ROOM - TERM, most=most)


def _goals(paper: Paper, summary: Summary, fit: Fit) -> None:
    paper.heading(_("Goals"))
    for goal in summary.goals:
        paper.set_type()
        text = paper.write(goal.term, x=MARGIN, y=paper.y, width=124, most=fit.goal_lines)
        paper.set_type(bold=True)
        outcome = paper.write(goal.text, x=MARGIN + 130, y=paper.y, width=ROOM - 130, most=2)
        paper.y += max(text, outcome) + 0.4
    if not summary.goals:
        paragraph(paper, _("No goals are on record."))
    if summary.more_goals:
        paragraph(paper, summary.more_goals)


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
