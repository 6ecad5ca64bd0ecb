"""The certificate as a landscape page: a name, a program, two dates, hours and lessons.

It says nothing of what the program treats: no level of care, no lesson by name, no notice that
would tell. Its numbers are those of the day of completion.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.coverage.cells import State
from attendance.coverage.reading import coverage_of
from attendance.papers.paper import INK, LINE, MARGIN, Paper
from curriculum.models import Lesson
from hours.models import Certificate
from hours.summary.weeks import weeks_of_episode
from hours.wording import hours
from programs.models import Clinic, Enrollment, Participant
from programs.weeks import instant

# A letter page lying down, in millimeters, and the frame drawn on it.
WIDTH, HEIGHT, FRAME = 279.4, 215.9, 9
ROOM = WIDTH - 2 * MARGIN - 2 * FRAME
LEFT = MARGIN + FRAME
# The sizes of a name in points, the largest in which it goes into one line.
NAME_SIZES = (34, 30, 26, 22, 18)
LINE_WIDTH, GAP = 88.0, 30.0


@dataclass(frozen=True)
class Paragraphs:
    """Everything the page says."""

    title: str
    clinic: str
    certifies: str
    name: str
    has: str
    program: str
    dates: str
    counts: str
    signer: str
    day: str


def certificate_words(certificate: Certificate) -> Paragraphs:
    """Return the words of the page, in the present language."""
    enrollment = certificate.enrollment
    attended, lessons = _numbers(enrollment, certificate.completed_on)
    return Paragraphs(
        title=_("Certificate of completion"),
        clinic=Clinic.objects.values_list("name", flat=True).first() or "",
        certifies=_("This certifies that"),
        name=_full_name(enrollment.participant.kept),
        has=_("has completed the program"),
        program=enrollment.program.name,
        dates=_("from %(first)s to %(last)s")
        % {"first": _day(enrollment.admitted_on), "last": _day(certificate.completed_on)},
        counts=_counts(attended, lessons),
        signer=certificate.issued_by.display_name,
        day=_("Signature"),
    )


def _numbers(enrollment: Enrollment, completed_on: date) -> tuple[int, int]:
    """Return the minutes attended and the lessons received through that day."""
    program = enrollment.program
    end = instant(completed_on + timedelta(days=1), datetime.min.time(), program.zone)
    weeks, _without_rule = weeks_of_episode(enrollment, until=completed_on, as_of=end)
    lines = [line for week in weeks for line in week.row.person.lines]
    coverage = coverage_of(
        program,
        now=end,
        enrollments=Enrollment.objects.filter(pk=enrollment.pk),
        lessons=Lesson.objects.of_program(program),
    )
    received = [cell for cell in coverage.cells.values() if cell.state is State.RECEIVED]
    lessons = sum(
        cell.received_on is not None and cell.received_on <= completed_on for cell in received
    )
    return sum(line.credited for line in lines if line.starts_at < end), lessons


def _counts(attended: int, lessons: int) -> str:
    said = _("%(hours)s attended") % {"hours": hours(attended)}
    if not lessons:
        return said
    words = ngettext("%(count)s lesson received", "%(count)s lessons received", lessons)
    return f"{said} · {words % {'count': lessons}}"


def _full_name(person: Participant) -> str:
    return f"{person.first_name} {person.last_name}"


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


class _Sheet(Paper):
    orientation = "landscape"
    bottom = HEIGHT - MARGIN


def pdf_of_certificate(certificate: Certificate) -> bytes:
    """Return the certificate as a PDF of one page, in the present language."""
    words = certificate_words(certificate)
    paper = _Sheet(title=words.title, size=13)
    with closing(paper):
        _frame(paper)
        _head(paper, words)
        _body(paper, words)
        _signatures(paper, words, certificate)
        return paper.content(made_at=certificate.issued_at)


def _frame(paper: Paper) -> None:
    pdf = paper.pdf
    for inset, width, color in ((MARGIN - 3, 0.9, INK), (MARGIN - 1, 0.25, LINE)):
        pdf.set_draw_color(*color)
        pdf.set_line_width(width)
        pdf.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)


def _head(paper: Paper, words: Paragraphs) -> None:
    paper.y = 28
    paper.set_type(size=15, bold=True, soft=True)
    _centered(paper, words.clinic, most=2)
    paper.y += 5
    paper.set_type(size=32, bold=True)
    _centered(paper, words.title)
    paper.y += 7


def _body(paper: Paper, words: Paragraphs) -> None:
    paper.set_type(size=14, soft=True)
    _centered(paper, words.certifies)
    paper.y += 2
    for size in NAME_SIZES:
        paper.set_type(size=size, bold=True)
        if len(paper.lines_of(words.name, width=ROOM, most=3)) == 1:
            break
    _centered(paper, words.name, most=3)
    paper.y += 2
    paper.set_type(size=14, soft=True)
    _centered(paper, words.has)
    paper.set_type(size=20, bold=True)
    _centered(paper, words.program, most=2)
    paper.set_type(size=14)
    _centered(paper, words.dates)
    paper.y += 3
    paper.set_type(size=12, soft=True)
    _centered(paper, words.counts)


def _signatures(paper: Paper, words: Paragraphs, certificate: Certificate) -> None:
    """Two lines to sign on: over the name of whoever gave it, and over the date."""
    x = (WIDTH - 2 * LINE_WIDTH - GAP) / 2
    top = HEIGHT - 48
    under = (words.signer, _day(certificate.completed_on))
    for place, (text, term) in enumerate(zip(under, (words.day, _("Date")), strict=True)):
        left = x + place * (LINE_WIDTH + GAP)
        paper.y = top
        paper.rule(x=left, width=LINE_WIDTH)
        paper.set_type(size=12, bold=True)
        height = paper.write(text, x=left, y=paper.y, width=LINE_WIDTH, align="C")
        paper.set_type(size=10, soft=True)
        paper.write(term, x=left, y=paper.y + height, width=LINE_WIDTH, align="C")


def _centered(paper: Paper, text: str, *, most: int = 1) -> None:
    paper.y += paper.write(text, x=LEFT, y=paper.y, width=ROOM, most=most, align="C")
