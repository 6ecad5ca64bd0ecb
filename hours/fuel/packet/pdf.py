"""Sets a review packet on one page: tighter, where there is more to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.papers.content import Fact
from attendance.papers.one_page import (
    counts,
    first_that_fits,
    head,
    paragraph,
    two_columns,
)
from attendance.papers.paper import MARGIN, ROOM, Paper
from hours.fuel.packet.content import GaugeLine, Packet
from hours.fuel.packet.weeks import WeekLine

# The columns of the weeks: from where, how wide.
WEEK, REQUIRED, OFFERED, ATTENDED = (15, 24), (39, 19), (58, 19), (77, 19)
BARS, DAYS, MOOD, CRAVING, VERDICT = (99, 26), (126, 11), (138, 12), (150, 15), (168, 33)
ALIGNED = "LRRRLRRRL"
# Wider where mood and craving are left out.
WIDE_VERDICT = (141, 60)
KIND = 34


@dataclass(frozen=True)
class Fit:
    """How much room things get: type in points, lines of a fact, of absences of a kind, goals."""

    size: float
    fact_lines: int
    absence_lines: int
    goals: int
    goal_lines: int


# The last one holds all there can be.
FITS = (
    Fit(10, 3, 4, 5, 3),
    Fit(9.5, 3, 4, 5, 2),
    Fit(9, 2, 3, 5, 2),
    Fit(8.5, 2, 2, 5, 1),
    Fit(8, 1, 2, 4, 1),
)


def pdf_of(packet: Packet) -> bytes:
    """Return the page as a PDF, in the first fit that it goes into."""
    return first_that_fits(FITS, lambda fit: _set(packet, fit), packet)


def _set(packet: Packet, fit: Fit) -> Paper:
    paper = Paper(title=packet.title, size=fit.size)
    title = f"{packet.title}: {packet.span}"
    head(paper, clinic=packet.clinic, title=title, program=packet.program, name=packet.who.name)
    two_columns(paper, packet.who.facts, packet.who.care, most=fit.fact_lines)
    if packet.gauge:
        _gauge(paper, packet.gauge)
    _attendance(paper, packet, fit)
    _weeks(paper, packet)
    if packet.goals is not None:
        _goals(paper, packet.goals, fit)
    return paper


def _gauge(paper: Paper, line: GaugeLine) -> None:
    paper.heading(_("Authorization"))
    paragraph(paper, line.used, bold=True)
    gauge = line.gauge
    whole = max(gauge.approved, gauge.used + gauge.waiting + gauge.scheduled, 1)
    paper.bar(x=MARGIN, y=paper.y, width=ROOM, share=gauge.used / whole, aim=gauge.approved / whole)
    paper.y += paper.line_height
    paragraph(paper, line.ends)


def _attendance(paper: Paper, packet: Packet, fit: Fit) -> None:
    paper.heading(_("Attendance"))
    counts(paper, packet.attended.counts)
    paragraph(paper, packet.attended.words)
    _listed(paper, packet.attended.absences, most=fit.absence_lines)


def _listed(paper: Paper, facts: Sequence[Fact], *, most: int) -> None:
    for fact in facts:
        paper.set_type(soft=True)
        term = paper.write(fact.term, x=MARGIN, y=paper.y, width=KIND - 2)
        paper.set_type()
        text = paper.write(fact.text, x=MARGIN + KIND, y=paper.y, width=ROOM - KIND, most=most)
        paper.y += max(term, text)


def _weeks(paper: Paper, packet: Packet) -> None:
    paper.heading(_("Hours by week"))
    if packet.weeks:
        _week_lines(paper, packet.weeks, has_answers=packet.has_answers)
    for words in (packet.weeks_sum, packet.weeks_note, packet.trend):
        if words:
            paragraph(paper, words)


def _week_lines(paper: Paper, lines: Sequence[WeekLine], *, has_answers: bool) -> None:
    titles = (
        *(_("Week of"), _("Required"), _("Offered"), _("Attended"), "", _("Days")),
        *(_("Mood"), _("Craving"), _("Verdict")),
    )
    paper.set_type(soft=True)
    paper.columns(_cells(titles, has_answers=has_answers))
    paper.set_type()
    most = max(
        max(each.offered_minutes, each.required_minutes, each.attended_minutes) for each in lines
    )
    for each in lines:
        paper.bar(
            x=BARS[0],
            y=paper.y,
            width=BARS[1],
            share=each.attended_minutes / (most or 1),
            aim=each.required_minutes / (most or 1),
        )
        paper.columns(_cells(_texts(each), has_answers=has_answers))


def _texts(line: WeekLine) -> tuple[str, ...]:
    return (
        *(line.label, line.required, line.offered, line.attended, "", line.days),
        *(line.mood, line.craving, line.verdict),
    )


def _cells(texts: Sequence[str], *, has_answers: bool) -> list[tuple[str, float, float, str]]:
    places = [WEEK, REQUIRED, OFFERED, ATTENDED, BARS, DAYS, MOOD, CRAVING, VERDICT]
    said = list(texts)
    if not has_answers:
        places[-1] = WIDE_VERDICT
        said[-3:-1] = ["", ""]
    aligned = zip(said, places, ALIGNED, strict=True)
    return [(text, x, width, align) for text, (x, width), align in aligned if text]


def _goals(paper: Paper, goals: Sequence[Fact], fit: Fit) -> None:
    paper.heading(_("Goals of the plan of care"))
    for goal in goals[: fit.goals]:
        paper.set_type()
        text = paper.write(goal.term, x=MARGIN, y=paper.y, width=124, most=fit.goal_lines)
        paper.set_type(bold=True)
        outcome = paper.write(goal.text, x=MARGIN + 130, y=paper.y, width=ROOM - 130)
        paper.y += max(text, outcome)
    more = len(goals) - fit.goals
    if more > 0:
        said = ngettext("%(n)s more goal.", "%(n)s more goals.", more)
        paragraph(paper, said % {"n": more})
    if not goals:
        paragraph(paper, _("No goals are on record."))
