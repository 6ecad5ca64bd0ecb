"""Which lessons somebody received, was let off, and did not receive: core and demanded first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from attendance.coverage.cells import Cell, Coverage, CoveredLesson, State
from attendance.coverage.reading import coverage_of
from curriculum.models import Lesson, RequiredTopic, TopicLesson
from programs.models import Enrollment
from programs.weeks import local_date


@dataclass(frozen=True)
class LessonsPart:
    """The lessons in words: how many in all, and each list, as long as it is."""

    total: str
    received: tuple[str, ...]
    waived: tuple[str, ...]
    not_received: tuple[str, ...]

    @property
    def lists(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each list that is not empty, under its word."""
        found = (
            (_("Received"), self.received),
            (_("Waived"), self.waived),
            (_("Not received"), self.not_received),
        )
        return tuple(each for each in found if each[1])


def lessons_part(enrollment: Enrollment, *, now: datetime) -> LessonsPart | None:
    """Return the lessons of the episode; None where the program teaches none. Five statements.

    A retired lesson is named only where it was received or waived.
    """
    program = enrollment.program
    lessons = Lesson.objects.of_program(program)
    coverage = coverage_of(
        program,
        now=now,
        enrollments=Enrollment.objects.filter(pk=enrollment.pk),
        lessons=lessons,
    )
    if not coverage.lessons:
        return None
    today = local_date(now, program.zone)
    day = min(enrollment.discharged_on or today, today)
    topics = RequiredTopic.objects.filter(program=program).asked_on(day)
    demanded = TopicLesson.objects.filter(topic__in=topics).values_list("lesson", flat=True)
    retired = set(lessons.exclude(retired_at=None).values_list("pk", flat=True))
    return _part(coverage, enrollment.pk, demanded=set(demanded), retired=retired)


def _part(coverage: Coverage, key: int, *, demanded: set[int], retired: set[int]) -> LessonsPart:
    def place(lesson: CoveredLesson) -> int:
        return 0 if lesson.is_core else 1 if lesson.pk in demanded else 2

    pairs = [(each, coverage.cell(key, each.pk)) for each in sorted(coverage.lessons, key=place)]
    received = [each for each in pairs if each[1].state is State.RECEIVED]
    waived = [each for each in pairs if each[1].state is State.WAIVED]
    left = [
        (lesson, cell)
        for lesson, cell in pairs
        if cell.state not in (State.RECEIVED, State.WAIVED) and lesson.pk not in retired
    ]
    return LessonsPart(
        total=_total(received, waived, left),
        received=tuple(_received(lesson, cell) for lesson, cell in received),
        waived=tuple(lesson.name for lesson, _cell in waived),
        not_received=tuple(lesson.name for lesson, _cell in left),
    )


Pairs = Sequence[tuple[CoveredLesson, Cell]]


def _total(received: Pairs, waived: Pairs, left: Pairs) -> str:
    done = [lesson for lesson, _cell in (*received, *waived)]
    core = sum(lesson.is_core for lesson in done)
    of_core = core + sum(lesson.is_core for lesson, _cell in left)
    others = len(done) - core
    said = []
    if of_core:
        words = ngettext(
            "%(done)s of %(count)s core lesson received or waived",
            "%(done)s of %(count)s core lessons received or waived",
            of_core,
        )
        said.append(words % {"done": core, "count": of_core})
    if others or not of_core:
        words = ngettext("%(count)s other lesson", "%(count)s other lessons", others)
        if not of_core:
            words = ngettext("%(count)s lesson received", "%(count)s lessons received", others)
        said.append(words % {"count": others})
    return ", ".join(said)


def _received(lesson: CoveredLesson, cell: Cell) -> str:
    if cell.received_on is None:
        return lesson.name
    day = date_format(cell.received_on, pgettext("date format: Nov 16", "M j"))
    return _("%(lesson)s (%(day)s)") % {"lesson": lesson.name, "day": day}


def within(items: Sequence[str], letters: int) -> str:
    """Return the items in one text of about so many letters, with how many more there are."""
    kept: list[str] = []
    for item in items:
        if kept and sum(map(len, kept)) + 3 * len(kept) + len(item) > letters:
            break
        kept.append(item)
    if more := len(items) - len(kept):
        kept.append(_("and %(count)s more") % {"count": more})
    return " · ".join(kept)
