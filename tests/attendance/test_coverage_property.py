"""Coverage out of the database equals an oracle that goes through it minute by minute."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.coverage.cells import Cell, State
from attendance.coverage.reading import coverage_of
from attendance.coverage.rule import received
from attendance.models import AttendanceRecord, Presence
from curriculum.models import Lesson
from groups.models import GroupSession, SessionLesson
from programs.models import Enrollment, Leave, Participant
from tests import build, build_curriculum

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
ZONES = ("America/Chicago", "America/Phoenix")
# Days around both changes of the clock, of one zone but not of the other.
SEASONS = (date(2026, 10, 30), date(2027, 3, 12))
DAYS = st.integers(0, 5)


@dataclass
class Drawn:
    """One person: their episode, all their records, and what was drawn about them."""

    enrollment: Enrollment
    records: list[Participant]
    member: tuple[date, date | None] | None = None
    guest_in: list[GroupSession] = field(default_factory=list)
    waived: set[int] = field(default_factory=set)


@dataclass
class World:
    """Everything drawn, as the oracle reads it."""

    first: date
    percents: list[tuple[date, int]]
    people: list[Drawn]
    lessons: list[Lesson]
    sessions: list[GroupSession]


def a_world(data: st.DataObject) -> World:
    draw = data.draw
    site = build.a_site(timezone=draw(st.sampled_from(ZONES)))
    program, first = build.a_program(site), draw(st.sampled_from(SEASONS))
    percents = []
    for day in draw(st.sets(DAYS, max_size=2)):
        percents.append((first + timedelta(days=day), draw(st.sampled_from([1, 50, 75, 100]))))
        build_curriculum.a_curriculum_rule(
            program, effective_from=percents[-1][0], received_percent=percents[-1][1]
        )
    group = build.a_group(program)
    world = World(first, percents, [], [build.a_lesson(program) for _ in range(2)], [])
    for day in range(6):
        if draw(st.booleans()):
            world.sessions.append(_session(draw, group, first + timedelta(days=day)))
    world.people = [_person(draw, world, program, group) for _ in range(2)]
    for session in world.sessions:
        _lessons_of(draw, world, session)
        _records_of(draw, world, session)
    return world


def _session(draw, group, day: date) -> GroupSession:
    breaks = draw(st.sampled_from(["", "00:50-01:10", "02:00-02:30;03:10-03:20"]))
    status = draw(st.sampled_from(["scheduled", "scheduled", "scheduled", "cancelled"]))
    return build.a_session(group, day, "00:30", "03:30", breaks=breaks, status=status)


def _person(draw, world: World, program, group) -> Drawn:
    kept = build.a_participant()
    duplicate = build.a_participant(merged_into=kept, merged_at=build.NOW)
    dates = [world.first + timedelta(days=draw(DAYS)) for _ in range(2)]
    left = draw(st.sampled_from(["", "planned", "discharged"]))
    end = max(dates)
    endings: dict[str, dict[str, Any]] = {
        "": {},
        "planned": {"planned_discharge_on": end},
        "discharged": {"discharged_on": end, "discharge_reason": "completed"},
    }
    enrollment = build.an_enrollment(
        program, draw(st.sampled_from([kept, duplicate])), admitted_on=min(dates), **endings[left]
    )
    person = Drawn(enrollment, [kept, duplicate])
    if draw(st.booleans()):
        last = end if left == "discharged" else draw(st.sampled_from([None, end]))
        build.a_membership(group, enrollment, first_on=min(dates), last_on=last)
        person.member = (min(dates), last)
    if draw(st.booleans()):
        away = world.first + timedelta(days=draw(DAYS))
        build.a_leave(enrollment.participant, away, draw(st.sampled_from([None, away])))
    for lesson in world.lessons:
        if draw(st.integers(0, 5)) == 0:
            build_curriculum.a_waiver(enrollment, lesson)
            person.waived.add(lesson.pk)
    for session in world.sessions:
        is_inside = min(dates) <= session.held_on and not (
            left == "discharged" and session.held_on > end
        )
        if is_inside and draw(st.integers(0, 3)) == 0:
            build.a_make_up_seat(session, enrollment)
            person.guest_in.append(session)
    return person


def _lessons_of(draw, world: World, session: GroupSession) -> None:
    length = int((session.ends_at - session.starts_at) / MINUTE)
    for lesson in world.lessons:
        kind = draw(st.sampled_from(["none", "planned", "taught", "taught", "withdrawn"]))
        if kind == "planned":
            build_curriculum.planned(session, lesson)
        if kind in ("taught", "withdrawn"):
            start = draw(st.integers(0, length - 1))
            end = draw(st.integers(start + 1, length))
            row = build_curriculum.taught(
                session,
                lesson,
                began_at=session.starts_at + start * MINUTE,
                ended_at=session.starts_at + end * MINUTE,
            )
            if kind == "withdrawn":
                row.withdrawn_at, row.withdrawn_reason = build.NOW, "A slip"
                row.save()


def _records_of(draw, world: World, session: GroupSession) -> None:
    length = int((session.ends_at - session.starts_at) / MINUTE)
    for person in world.people:
        for participant in person.records:
            kind = draw(st.sampled_from(["none", "absent", "there", "there"]))
            if kind == "none":
                continue
            record = build.a_record(session, participant, absence="excused" * (kind == "absent"))
            for _ in range(draw(st.integers(0, 2)) if kind == "there" else 0):
                arrived = draw(st.integers(-20, length))
                left = draw(st.none() | st.integers(arrived, length + 20))
                Presence.objects.create(
                    record=record,
                    arrived_at=session.starts_at + arrived * MINUTE,
                    left_at=None if left is None else session.starts_at + left * MINUTE,
                )


def minutes(start: datetime, end: datetime) -> set[datetime]:
    return {start + n * MINUTE for n in range(max(0, int((end - start) / MINUTE)))}


def minutes_there(person: Drawn, session: GroupSession, now: datetime) -> set[datetime] | None:
    """The minutes in which any record of the person says they were there; None: no record."""
    records = AttendanceRecord.objects.filter(session=session, participant__in=person.records)
    found: set[datetime] = set()
    for stay in Presence.objects.filter(record__in=records):
        found |= minutes(stay.arrived_at, stay.left_at or min(now, session.ends_at))
    return found if records.exists() else None


def oracle(world: World, person: Drawn, lesson: Lesson, now: datetime) -> Cell:
    got: list[date] = []
    missed: list[date] = []
    coming = []
    episode = person.enrollment
    for row in SessionLesson.objects.filter(lesson=lesson, withdrawn_at=None):
        session = row.session
        if session.status != "scheduled" or session.held_on < episode.admitted_on:
            continue
        if row.taught_at is None:
            if session.ends_at > now and _is_coming(person, session):
                coming.append((session.starts_at, session))
            continue
        there = minutes_there(person, session, now)
        if there is None or (episode.discharged_on and session.held_on > episode.discharged_on):
            continue
        assert row.began_at is not None
        assert row.ended_at is not None
        asked = minutes(row.began_at, row.ended_at)
        for start, end in session.breaks:
            asked -= minutes(start, end)
        share = [percent for day, percent in sorted(world.percents) if day <= session.held_on]
        enough = asked and len(there & asked) * 100 >= ([75, *share][-1]) * len(asked)
        (got if enough and there & asked else missed).append(session.held_on)
    if got:
        return Cell(State.RECEIVED, min(got))
    first = min(coming, key=lambda each: each[0])[1] if coming else None
    state = State.MISSED if missed else State.NOT_OFFERED
    state = State.COMING if first else state
    return Cell(
        State.WAIVED if lesson.pk in person.waived else state,
        missed_on=max(missed, default=None),
        coming_on=first.held_on if first else None,
        coming_id=first.public_id if first else None,
    )


def _is_coming(person: Drawn, session: GroupSession) -> bool:
    episode, day = person.enrollment, session.held_on
    until = episode.discharged_on or episode.planned_discharge_on
    if until and day > until:
        return False
    for leave in Leave.objects.filter(participant=episode.participant):
        if leave.first_on <= day and (leave.last_on is None or day <= leave.last_on):
            return False
    if person.member:
        first, last = person.member
        if first <= day and (last is None or day <= last):
            return True
    return session in person.guest_in


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_coverage_is_what_the_minutes_say(data):
    with transaction.atomic():
        world = a_world(data)
        moments = [world.sessions[0].starts_at] if world.sessions else [build.NOW]
        around = [each.starts_at + timedelta(minutes=75) for each in world.sessions]
        now = data.draw(st.sampled_from([*moments, *around]))
        everyone = Enrollment.objects.filter(pk__in=[each.enrollment.pk for each in world.people])
        covered = coverage_of(world.people[0].enrollment.program, now=now, enrollments=everyone)
        for person in world.people:
            for lesson in world.lessons:
                found = covered.cell(person.enrollment.pk, lesson.pk)
                assert found == oracle(world, person, lesson, now)
        transaction.set_rollback(True)


SPANS = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=3)
ZERO = datetime(2026, 11, 1, 5, tzinfo=ZoneInfo("UTC"))


@given(SPANS, st.tuples(st.integers(0, 80), st.integers(1, 30)), SPANS, st.integers(1, 100))
def test_the_rule_counts_minutes(present, lesson, breaks, percent):
    def spans(pairs):
        return [(ZERO + a * MINUTE, ZERO + b * MINUTE) for a, b in pairs]

    began, length = lesson
    asked = set(range(began, began + length)) - {n for a, b in breaks for n in range(a, b)}
    theirs = asked & {n for a, b in present for n in range(a, b)}
    [whole] = spans([(began, began + length)])
    found = received(spans(present), lesson=whole, breaks=spans(breaks), percent=percent)
    assert found is (len(theirs) > 0 and len(theirs) * 100 >= percent * len(asked))
