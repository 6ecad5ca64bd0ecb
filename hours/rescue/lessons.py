"""Which lessons that somebody is missing the open seats of a week would give them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.coverage.cells import Coverage, State
from attendance.coverage.reading import coverage_of
from attendance.coverage.sittings import Sitting, sittings_of, would_help
from curriculum.models import Lesson
from groups.wording import short_day
from hours.facts import PersonWeek, ProgramWeek
from hours.make_up import fits
from hours.wording import all_of
from programs.models import Enrollment, Program

# Neither had, nor to come in a session of their own.
MISSING = (State.MISSED, State.NOT_OFFERED)


@dataclass(frozen=True)
class LessonOffer:
    """A lesson that a session would give; `missed_on` is the latest date they missed it."""

    name: str
    is_core: bool
    missed_on: date | None


@dataclass(frozen=True)
class ToMakeUp:
    """The core lessons they are missing that open seats of the week would give, in words."""

    words: str
    lessons: str
    url: str


# By the session's public id; and those by the key of the enrollment.
Offers = Mapping[uuid.UUID, tuple[LessonOffer, ...]]
OffersOf = Mapping[int, Offers]


def lesson_offers(program: Program, facts: ProgramWeek, *, now: datetime) -> OffersOf:
    """Return what the free seats of the week that fit each person would give them.

    One statement, and three more where those sessions have lessons to teach.
    """
    people = [] if facts.is_over else [each for each in facts.people if each.seats]
    wanted = {seat.session_id for person in people for seat in person.seats}
    if not wanted:
        return {}
    open_ones = [each for each in sittings_of(program, now=now) if each.is_open]
    sittings = [each for each in open_ones if each.session_id in wanted]
    if not sittings:
        return {}
    covered = coverage_of(
        program,
        now=now,
        enrollments=Enrollment.objects.filter(pk__in=[each.enrollment_key for each in people]),
        lessons=Lesson.objects.filter(pk__in={each.lesson_pk for each in sittings}).in_use(),
    )
    return _offers(people, covered, sittings)


def _offers(
    people: Iterable[PersonWeek], covered: Coverage, sittings: Collection[Sitting]
) -> OffersOf:
    lessons = {each.pk: each for each in covered.lessons}
    persons = {each.enrollment_pk: each for each in covered.people}
    found: dict[int, dict[uuid.UUID, tuple[LessonOffer, ...]]] = {}
    for person in people:
        key, open_to = person.enrollment_key, _open_to(person)
        gives: dict[uuid.UUID, list[LessonOffer]] = defaultdict(list)
        for each in sittings:
            lesson, cell = lessons.get(each.lesson_pk), covered.cell(key, each.lesson_pk)
            is_missing = cell.state in MISSING and each.session_id in open_to
            if lesson and is_missing and would_help(cell, persons[key], each):
                offer = LessonOffer(lesson.name, lesson.is_core, cell.missed_on)
                gives[each.session_id].append(offer)
        found[key] = {session: tuple(offers) for session, offers in gives.items()}
    return found


def _open_to(person: PersonWeek) -> set[uuid.UUID]:
    return {seat.session_id for seat in person.seats if fits(seat, person.busy)}


def with_lessons(facts: ProgramWeek, offers: OffersOf) -> ProgramWeek:
    """Return the week with each seat counting the missing lessons that it would give."""
    if not any(offers.values()):
        return facts
    people = tuple(
        replace(
            person,
            seats=tuple(
                replace(seat, lessons=len(offers[person.enrollment_key].get(seat.session_id, ())))
                for seat in person.seats
            ),
        )
        if offers.get(person.enrollment_key)
        else person
        for person in facts.people
    )
    return replace(facts, people=people)


def core_to_make_up(offers: Offers) -> tuple[str, ...]:
    """Return the names of the core lessons that the open seats would give, each once."""
    names = [each.name for of_one in offers.values() for each in of_one if each.is_core]
    return tuple(dict.fromkeys(names))


def to_make_up(program: Program, enrollment: Enrollment, offers: Offers) -> ToMakeUp | None:
    """Return what the page of one person says of lessons; None where there is none."""
    if not (words := to_make_up_words(offers)):
        return None
    ids = [program.public_id, enrollment.participant.kept.public_id]
    url = reverse("coverage:person", args=ids)
    return ToMakeUp(words, all_of(core_to_make_up(offers)), url)


def to_make_up_words(offers: Offers) -> str:
    """Return how many core lessons there are to make up, in words; blank where there is none."""
    count = len(core_to_make_up(offers))
    words = ngettext("%(count)s lesson to make up", "%(count)s lessons to make up", count)
    return words % {"count": count} if count else ""


def teaches_words(offers: Iterable[LessonOffer]) -> tuple[str, ...]:
    """Return what a session teaches that they are missing, a sentence for each lesson."""
    return tuple(_teaches(each) for each in offers)


def _teaches(each: LessonOffer) -> str:
    if each.missed_on:
        said = {"lesson": each.name, "day": short_day(each.missed_on)}
        return _("teaches %(lesson)s, which they missed on %(day)s") % said
    return _("teaches %(lesson)s, which they have not had") % {"lesson": each.name}
