"""Which coming sessions would give people lessons that they are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from attendance.coverage.cells import Cell, Coverage, CoveredPerson, State
from attendance.coverage.reading import coverage_of
from attendance.coverage.sittings import Sitting, sittings_of
from programs.models import Enrollment, Program

# Nobody needs a seat for these.
SETTLED = (State.RECEIVED, State.WAIVED)


def missing_lessons(
    program: Program, enrollment_pks: Collection[int], *, now: datetime
) -> dict[int, dict[int, tuple[str, ...]]]:
    """Return, by episode and session (keys), the names of lessons one would receive there.

    The sessions are those of open groups that have not begun, up to the person's last or planned
    day. The lessons are those not received or waived that their own sessions do not bring by
    then, core ones first. Four statements, whatever the numbers. Whether a seat is free, and
    whether the person can come, is for the caller to ask.
    """
    enrollments = Enrollment.objects.filter(pk__in=enrollment_pks, program=program)
    covered = coverage_of(program, now=now, enrollments=enrollments)
    sittings = [each for each in sittings_of(program, now=now) if each.is_open]
    found = {person.enrollment_pk: _of_one(person, covered, sittings) for person in covered.people}
    return {enrollment: sessions for enrollment, sessions in found.items() if sessions}


def would_help(cell: Cell, person: CoveredPerson, sitting: Sitting) -> bool:
    """Say whether the sitting gives the person the lesson, earlier than their own sessions do."""
    if cell.state in SETTLED or sitting.held_on < person.admitted_on:
        return False
    if person.until is not None and sitting.held_on > person.until:
        return False
    return cell.coming_on is None or sitting.held_on < cell.coming_on


def _of_one(
    person: CoveredPerson, covered: Coverage, sittings: Collection[Sitting]
) -> dict[int, tuple[str, ...]]:
    lessons = {lesson.pk: lesson for lesson in covered.lessons}
    found = defaultdict(list)
    for sitting in sittings:
        lesson = lessons.get(sitting.lesson_pk)
        if lesson and would_help(covered.cell(person.enrollment_pk, lesson.pk), person, sitting):
            found[sitting.session_pk].append(lesson)
    return {
        session: tuple(each.name for each in sorted(taught, key=lambda each: not each.is_core))
        for session, taught in found.items()
    }
