"""One lesson: who is missing it, and which coming session would give it to them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.coverage.cells import Coverage, State
from attendance.coverage.offers import Offer, offers_of
from attendance.coverage.reading import coverage_of
from attendance.coverage.seats import Seats, seats_of
from attendance.coverage.sittings import Sitting, sittings_of
from attendance.coverage.whose import people_in_sight
from attendance.coverage.words import LACKING, LOOKS, Look, when_words
from curriculum.models import Lesson
from curriculum.tabs import curriculum_tabs
from groups.wording import short_day, times
from programs.access import Access
from programs.models import Enrollment, Program
from programs.whose import Tab

HERE = "coverage:program"


@dataclass(frozen=True)
class PersonRow:
    """One person: where they stand with the lesson, and the seats that would change it."""

    name: str
    url: str
    look: Look
    when: str
    enrollment_id: uuid.UUID
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class SittingRow:
    """A coming session that plans the lesson."""

    group: str
    when: str
    url: str
    seats: str
    serves: str


@dataclass(frozen=True)
class LessonPage:
    """What the page shows."""

    program: Program
    lesson: Lesson
    tabs: tuple[Tab, ...]
    sentence: str
    sittings: tuple[SittingRow, ...]
    missing: tuple[PersonRow, ...]
    coming: tuple[PersonRow, ...]
    settled: tuple[PersonRow, ...]
    can_book: bool


def lesson_page(program: Program, lesson: Lesson, *, access: Access, now: datetime) -> LessonPage:
    """Return the page, of the people one may see."""
    people = people_in_sight(access, program, now=now)
    covered = coverage_of(
        program, now=now, enrollments=people, lessons=Lesson.objects.filter(pk=lesson.pk)
    )
    sittings = sittings_of(program, now=now, lessons=[lesson.pk])
    can_book = access.scope("makeup.book", program) is not None
    seats = seats_of(sittings, covered.people if can_book else ())
    rows = _rows(program, covered, lesson, sittings=sittings, seats=seats)
    return LessonPage(
        program=program,
        lesson=lesson,
        tabs=curriculum_tabs(access, program, here=HERE),
        sentence=_sentence(covered, lesson),
        sittings=tuple(_sitting(program, each, covered, seats) for each in sittings),
        missing=tuple(row for state, row in rows if state in LACKING),
        coming=tuple(row for state, row in rows if state is State.COMING),
        settled=tuple(row for state, row in rows if state in (State.RECEIVED, State.WAIVED)),
        can_book=can_book,
    )


def _rows(
    program: Program,
    covered: Coverage,
    lesson: Lesson,
    *,
    sittings: Sequence[Sitting],
    seats: Seats,
) -> list[tuple[State, PersonRow]]:
    keys = [person.enrollment_pk for person in covered.people]
    ids = dict(Enrollment.objects.filter(pk__in=keys).values_list("pk", "public_id"))
    found = []
    for person in covered.people:
        cell = covered.cell(person.enrollment_pk, lesson.pk)
        offers = offers_of(person, cell, sittings, seats, program=program)
        row = PersonRow(
            name=person.name,
            url=reverse("coverage:person", args=[program.public_id, person.participant_id]),
            look=LOOKS[cell.state],
            when=when_words(cell, person.until),
            enrollment_id=ids[person.enrollment_pk],
            offers=offers,
        )
        found.append((cell.state, row))
    return found


def _sitting(program: Program, sitting: Sitting, covered: Coverage, seats: Seats) -> SittingRow:
    free = max(0, seats.free.get(sitting.session_pk, 0))
    if not sitting.is_open:
        said = _("closed group, takes no guests")
    elif sitting.session_pk not in seats.free:
        said = ""
    else:
        said = ngettext("%(n)s seat free", "%(n)s seats free", free) % {"n": free}
    hours = times(sitting.starts_at, sitting.ends_at, program.zone)
    return SittingRow(
        group=sitting.group,
        when=f"{short_day(sitting.held_on)}, {hours}",
        url=reverse("teaching:teaching", args=[program.public_id, sitting.session_id]),
        seats=said,
        serves=_serves(sitting, covered),
    )


def _serves(sitting: Sitting, covered: Coverage) -> str:
    """Return how many of the people it gives the lesson, as their own session."""
    cells = covered.cells.values()
    expected = sum(1 for cell in cells if cell.coming_id == sitting.session_id)
    words = ngettext(
        "gives it to %(n)s person of its own", "gives it to %(n)s people of its own", expected
    )
    return words % {"n": expected}


def _sentence(covered: Coverage, lesson: Lesson) -> str:
    states = [covered.cell(person.enrollment_pk, lesson.pk).state for person in covered.people]
    asked = len(states) - states.count(State.WAIVED)
    if not asked:
        return _("It is asked of nobody who is here now.")
    parts = [
        ngettext(
            "%(n)s of %(m)s person has received it",
            "%(n)s of %(m)s people have received it",
            asked,
        )
        % {"n": states.count(State.RECEIVED), "m": asked}
    ]
    if coming := states.count(State.COMING):
        words = ngettext("it is coming for %(n)s", "it is coming for %(n)s", coming)
        parts.append(words % {"n": coming})
    if lacking := _count(states, LACKING):
        words = ngettext("%(n)s is missing it", "%(n)s are missing it", lacking)
        parts.append(words % {"n": lacking})
    return f"{', '.join(parts)}."


def _count(states: Sequence[State], wanted: Collection[State]) -> int:
    return sum(1 for state in states if state in wanted)
