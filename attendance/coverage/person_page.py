"""One person's lessons: received, missed, coming, never offered, and what can be done about it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from attendance.coverage.cells import Cell, Coverage, CoveredLesson, CoveredPerson, State
from attendance.coverage.offers import Offer, offers_of
from attendance.coverage.reading import coverage_of
from attendance.coverage.seats import Seats, seats_of
from attendance.coverage.sittings import Sitting, sittings_of
from attendance.coverage.words import LACKING, LOOKS, Look, Tally, sentence, when_words
from attendance.models import LessonWaiver
from programs.access import Access
from programs.models import Enrollment, Program
from programs.plan.episodes import EpisodeLink


@dataclass(frozen=True)
class LessonRow:
    """A lesson: where the person stands with it, seats that would change it, and a waiver."""

    lesson: CoveredLesson
    look: Look
    when: str
    url: str
    offers: tuple[Offer, ...]
    waive_url: str
    take_back_url: str
    reason: str


@dataclass(frozen=True)
class TrackPart:
    """A track with its rows by module, core lessons first."""

    name: str
    count: str
    modules: tuple[tuple[str, tuple[LessonRow, ...]], ...]


@dataclass(frozen=True)
class PersonPage:
    """What the page shows of one episode."""

    episode: Enrollment
    links: tuple[EpisodeLink, ...]
    sentence: str
    others: str
    tracks: tuple[TrackPart, ...]
    looks: tuple[tuple[Look, int], ...]
    completion_url: str


@dataclass(frozen=True)
class _Facts:
    """All that is known when the rows are made."""

    program: Program
    person: CoveredPerson
    covered: Coverage
    sittings: dict[int, list[Sitting]]
    seats: Seats
    waivers: dict[int, LessonWaiver]
    can_waive: bool

    def cell(self, lesson: CoveredLesson) -> Cell:
        return self.covered.cell(self.person.enrollment_pk, lesson.pk)


def person_page(
    program: Program,
    episode: Enrollment,
    *,
    links: tuple[EpisodeLink, ...],
    access: Access,
    now: datetime,
) -> PersonPage:
    """Return the page."""
    facts = _facts(program, episode, access=access, now=now)
    lessons = facts.covered.lessons
    core = [lesson for lesson in lessons if lesson.is_core]
    electives = [lesson for lesson in lessons if not lesson.is_core]
    states = [facts.cell(lesson).state for lesson in lessons]
    return PersonPage(
        episode=episode,
        links=links,
        sentence=sentence(_tally(facts, core or electives, are_core=bool(core))),
        others=sentence(_tally(facts, electives, are_core=False)) if core and electives else "",
        tracks=_tracks(facts),
        looks=tuple((look, states.count(state)) for state, look in LOOKS.items()),
        completion_url=reverse(
            "completion:completion", args=[program.public_id, facts.person.participant_id]
        ),
    )


def _facts(program: Program, episode: Enrollment, *, access: Access, now: datetime) -> _Facts:
    whose = Enrollment.objects.filter(pk=episode.pk)
    covered = coverage_of(program, now=now, enrollments=whose)
    [person] = covered.people
    lacking = [
        lesson.pk
        for lesson in covered.lessons
        if covered.cell(episode.pk, lesson.pk).state in (*LACKING, State.COMING)
    ]
    can_book = access.scope("makeup.book", program) is not None
    found = sittings_of(program, now=now, lessons=lacking) if can_book else ()
    sittings = defaultdict(list)
    for sitting in found:
        sittings[sitting.lesson_pk].append(sitting)
    waivers = LessonWaiver.objects.in_force().filter(enrollment=episode)
    return _Facts(
        program=program,
        person=person,
        covered=covered,
        sittings=sittings,
        seats=seats_of(found, covered.people),
        waivers={waiver.lesson_id: waiver for waiver in waivers},
        can_waive=access.scope("lessons.waive", program) is not None,
    )


def _tally(facts: _Facts, lessons: Sequence[CoveredLesson], *, are_core: bool) -> Tally:
    by_state: dict[State, list[str]] = defaultdict(list)
    for lesson in lessons:
        by_state[facts.cell(lesson).state].append(lesson.name)
    named = {state: tuple(names) for state, names in by_state.items()}
    return Tally(named, are_core=are_core, until=facts.person.until)


def _tracks(facts: _Facts) -> tuple[TrackPart, ...]:
    by_track = groupby(facts.covered.lessons, key=lambda lesson: lesson.track)
    return tuple(_track(facts, name, list(lessons)) for name, lessons in by_track)


def _track(facts: _Facts, name: str, lessons: list[CoveredLesson]) -> TrackPart:
    tally = _tally(facts, lessons, are_core=False)
    modules = groupby(lessons, key=lambda lesson: lesson.module)
    return TrackPart(
        name=name,
        count=_("%(n)s of %(m)s received") % {"n": tally.count(State.RECEIVED), "m": tally.asked},
        modules=tuple((module, _module(facts, list(parts))) for module, parts in modules),
    )


def _module(facts: _Facts, lessons: list[CoveredLesson]) -> tuple[LessonRow, ...]:
    core_first = sorted(lessons, key=lambda lesson: not lesson.is_core)
    return tuple(_row(facts, lesson) for lesson in core_first)


def _row(facts: _Facts, lesson: CoveredLesson) -> LessonRow:
    cell, waiver = facts.cell(lesson), facts.waivers.get(lesson.pk)
    ids: list[uuid.UUID] = [facts.program.public_id, facts.person.participant_id]
    may_waive = facts.can_waive and waiver is None and cell.state is not State.RECEIVED
    may_take_back = facts.can_waive and waiver is not None
    sittings = facts.sittings.get(lesson.pk, [])
    return LessonRow(
        lesson=lesson,
        look=LOOKS[cell.state],
        when=when_words(cell, facts.person.until),
        url=reverse("coverage:lesson", args=[ids[0], lesson.public_id]),
        offers=offers_of(facts.person, cell, sittings, facts.seats, program=facts.program),
        waive_url=_url("waive", *ids, lesson.public_id) if may_waive else "",
        take_back_url=_url("take_back", *ids, waiver.public_id) if waiver and may_take_back else "",
        reason=waiver.reason if waiver else "",
    )


def _url(name: str, *ids: uuid.UUID) -> str:
    return reverse(f"coverage:{name}", args=ids)
