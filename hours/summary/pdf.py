"""Sets the summary of an episode on one page: tighter, where there is more to say."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hours.summary.sheet import BOTTOM, LEADING, MARGIN, POINT, ROOM, WIDTH, Sheet
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
    with ExitStack() as sheets:
        for fit in FITS:
            sheet = sheets.enter_context(closing(_set(summary, fit)))
            if sheet.y <= BOTTOM:
                break
        _footer(sheet, summary)
        return sheet.content(made_at=summary.made_at)


def _set(summary: Summary, fit: Fit) -> Sheet:
    sheet = Sheet(title=summary.title, size=fit.size)
    _head(sheet, summary)
    _two_columns(sheet, summary, fit)
    _attendance(sheet, summary)
    _weeks(sheet, summary)
    _goals(sheet, summary, fit)
    _lists(sheet, summary)
    return sheet


def _head(sheet: Sheet, summary: Summary) -> None:
    sheet.set_type(bold=True, soft=True)
    sheet.y += sheet.write(summary.clinic, x=MARGIN, y=sheet.y, width=ROOM)
    sheet.set_type(size=sheet.size + 8, bold=True)
    sheet.y += sheet.write(summary.title, x=MARGIN, y=sheet.y, width=ROOM)
    sheet.set_type(soft=True)
    sheet.y += sheet.write(summary.program, x=MARGIN, y=sheet.y, width=ROOM) + 1.5
    sheet.rule()
    sheet.set_type(size=sheet.size + 3, bold=True)
    sheet.y += sheet.write(summary.name, x=MARGIN, y=sheet.y, width=ROOM, most=3) + 0.5


def _two_columns(sheet: Sheet, summary: Summary, fit: Fit) -> None:
    top = sheet.y
    left = _facts(sheet, summary.person, x=MARGIN, y=top, most=fit.fact_lines)
    x = MARGIN + HALF + GAP
    sheet.y = max(left, _facts(sheet, summary.episode, x=x, y=top, most=fit.fact_lines))


def _facts(sheet: Sheet, facts: Sequence[Fact], *, x: float, y: float, most: int) -> float:
    """Write terms and what they are, and return where they end."""
    for fact in facts:
        sheet.set_type(soft=True)
        term = sheet.write(fact.term, x=x, y=y, width=TERM - 2, most=2)
        sheet.set_type()
        y += max(term, sheet.write(fact.text, x=x + TERM, y=y, width=HALF - TERM, most=most))
    return y


def _attendance(sheet: Sheet, summary: Summary) -> None:
    sheet.heading(_("Attendance"))
    width = ROOM / max(6, len(summary.attendance))
    for place, (word, count) in enumerate(summary.attendance):
        x = MARGIN + place * width
        sheet.set_type(size=sheet.size + 4, bold=True)
        height = sheet.write(str(count), x=x, y=sheet.y, width=width - 2)
        sheet.set_type(size=sheet.size - 1, soft=True)
        sheet.write(word, x=x, y=sheet.y + height, width=width - 2)
    sheet.y += (2 * sheet.size + 3) * POINT * LEADING + 0.5
    _paragraph(sheet, summary.attendance_words)


def _weeks(sheet: Sheet, summary: Summary) -> None:
    sheet.heading(_("Hours by week"))
    weeks = summary.weeks
    if weeks.earlier:
        _paragraph(sheet, weeks.earlier)
    if weeks.lines:
        _week_lines(sheet, weeks.lines)
        _paragraph(sheet, weeks.total, bold=True)
    if weeks.note:
        _paragraph(sheet, weeks.note)
    if not (weeks.lines or weeks.note):
        _paragraph(sheet, _("The first week has not begun."))


def _week_lines(sheet: Sheet, lines: Sequence[WeekLine]) -> None:
    sheet.set_type(soft=True)
    sheet.columns(_cells((_("Week of"), _("Required"), _("Attended"), "", _("Verdict"))))
    sheet.set_type()
    most = max(max(each.required_minutes, each.attended_minutes) for each in lines) or 1
    for each in lines:
        sheet.bar(
            x=BARS[0],
            y=sheet.y,
            width=BARS[1],
            share=each.attended_minutes / most,
            aim=each.required_minutes / most,
        )
        sheet.columns(_cells((each.label, each.required, each.attended, "", each.verdict)))


def _cells(texts: Sequence[str]) -> list[tuple[str, float, float, str]]:
    aligned = zip(texts, (WEEK, REQUIRED, ATTENDED, BARS, VERDICT), "LRRLL", strict=True)
    return [(text, x, width, align) for text, (x, width), align in aligned if text]


def _goals(sheet: Sheet, summary: Summary, fit: Fit) -> None:
    sheet.heading(_("Goals"))
    for goal in summary.goals:
        sheet.set_type()
        text = sheet.write(goal.term, x=MARGIN, y=sheet.y, width=124, most=fit.goal_lines)
        sheet.set_type(bold=True)
        outcome = sheet.write(goal.text, x=MARGIN + 130, y=sheet.y, width=ROOM - 130, most=2)
        sheet.y += max(text, outcome) + 0.4
    if not summary.goals:
        _paragraph(sheet, _("No goals are on record."))
    if summary.more_goals:
        _paragraph(sheet, summary.more_goals)


def _lists(sheet: Sheet, summary: Summary) -> None:
    sheet.heading(f"{_('Leaves')} · {_('Follow-up')}")
    parts = (
        (_("Leaves"), summary.leaves or (_("none"),), MARGIN),
        (_("Follow-up"), summary.follow_ups or (_("none planned"),), MARGIN + HALF + GAP),
    )
    top, ends = sheet.y, []
    for term, lines, x in parts:
        y = top
        sheet.set_type(soft=True)
        sheet.write(term, x=x, y=y, width=TERM - 2)
        sheet.set_type()
        for line in lines:
            y += sheet.write(line, x=x + TERM, y=y, width=HALF - TERM)
        ends.append(y)
    sheet.y = max(ends)


def _paragraph(sheet: Sheet, words: str, *, bold: bool = False) -> None:
    sheet.set_type(bold=bold)
    sheet.y += sheet.write(words, x=MARGIN, y=sheet.y, width=ROOM, most=2)


def _footer(sheet: Sheet, summary: Summary) -> None:
    """Write the notice and who made the page, at its foot."""
    sheet.y = BOTTOM + 1.5
    sheet.rule()
    sheet.set_type(size=8.5, bold=True)
    sheet.y += sheet.write(summary.notice, x=MARGIN, y=sheet.y, width=ROOM, most=2)
    sheet.set_type(size=8.5, soft=True)
    sheet.write(summary.made, x=MARGIN, y=sheet.y, width=WIDTH - 2 * MARGIN)
