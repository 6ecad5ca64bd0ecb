"""Coverage of a whole program, beside a plain count over the same rows in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

from django.db import connection, transaction

from attendance.coverage.reading import coverage_of
from attendance.models import AttendanceRecord, Presence
from curriculum.models import Lesson
from groups.models import GroupMembership, GroupSession, SessionLesson
from programs.models import Enrollment, Leave, Program
from tests import build

PEOPLE = (100, 400, 1600)
LESSONS, A_GROUP, A_SESSION = 60, 12, 2
Median = Callable[[Callable[[], object]], float]
# The same taught lessons and records, joined and counted without looking at a minute.
PLAIN = """
SELECT count(*) FROM groups_sessionlesson t
  JOIN attendance_attendancerecord r ON r.session_id = t.session_id
  JOIN attendance_presence p ON p.record_id = r.id
 WHERE t.taught_at IS NOT NULL AND t.withdrawn_at IS NULL
"""


def bench_coverage(median: Median) -> None:
    """Print one line per number of people, each by 60 lessons, and how it grows."""
    what = f"people by {LESSONS} lessons"
    print(f"\n{what:>20}  {'coverage':>9}  {'cells':>6}  {'plain count':>11}  {'ratio':>5}")
    taken = []
    for people in PEOPLE:
        with transaction.atomic():
            program = a_program_of(people, Random(people))
            cells = len(coverage_of(program, now=build.NOW).cells)
            taken.append(median(lambda: coverage_of(program, now=build.NOW)))  # noqa: B023
            plain = median(_plain_count)
            transaction.set_rollback(True)
        print(
            f"{people:>20}  {taken[-1] * 1000:>6.1f} ms  {cells:>6}  {plain * 1000:>8.1f} ms"
            f"  {taken[-1] / plain:>5.1f}"
        )
    print(
        f"From {PEOPLE[0]} to {PEOPLE[-1]} people ({PEOPLE[-1] // PEOPLE[0]} times as many)"
        f" coverage takes {taken[-1] / taken[0]:.1f} times as long."
    )


def _plain_count() -> None:
    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
        cursor.fetchone()


def a_program_of(people: int, draw: Random) -> Program:
    """Groups of twelve, each with two of sixty lessons in a session, most of them taught."""
    program = build.a_program(seats=people)
    lessons = [build.a_lesson(program, minutes=60, is_core=n % 3 == 0) for n in range(LESSONS)]
    for start in range(0, people, A_GROUP):
        _a_group_of(program, lessons, min(A_GROUP, people - start), draw)
        if start == 0:
            _analyze()  # or every trigger of the others reads whole tables
    _analyze()
    return program


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ANALYZE")
        cursor.execute("SET ROLE iop_app")


def _a_group_of(program: Program, lessons: list[Lesson], people: int, draw: Random) -> None:
    group = build.a_group(program, capacity=A_GROUP + 3)
    enrollments = list(_members(program, people, draw))
    GroupMembership.objects.bulk_create(
        GroupMembership(group=group, enrollment=each, first_on=each.admitted_on)
        for each in enrollments
    )
    shuffled = draw.sample(lessons, len(lessons))
    first_on = build.MONDAY - timedelta(weeks=7)
    days = [first_on + timedelta(days=7 * (n // 3) + 2 * (n % 3)) for n in range(LESSONS // 2)]
    sessions = [build.a_session(group, day, breaks="10:25-10:35") for day in days]
    over = [session for session in sessions if session.ends_at < build.NOW]
    _teach(sessions, shuffled, len(over))
    _record(over, enrollments, draw)


def _members(program: Program, people: int, draw: Random) -> Iterator[Enrollment]:
    persons = [build.a_participant() for _ in range(people)]
    dates = [build.MONDAY - timedelta(days=draw.randrange(10, 55)) for _ in persons]
    Leave.objects.bulk_create(
        Leave(participant=each, first_on=build.MONDAY - timedelta(days=9), last_on=build.MONDAY)
        for each in persons
        if draw.random() < 0.2
    )
    rows = zip(persons, dates, strict=True)
    yield from Enrollment.objects.bulk_create(
        Enrollment(
            program=program,
            participant=person,
            admitted_on=admitted_on,
            planned_discharge_on=admitted_on + timedelta(weeks=10),
        )
        for person, admitted_on in rows
    )


def _teach(sessions: list[GroupSession], lessons: list[Lesson], over: int) -> None:
    half = timedelta(minutes=90)
    rows = []
    for number, session in enumerate(sessions):
        for place, lesson in enumerate(lessons[number * 2 : number * 2 + 2]):
            began_at = session.starts_at + half * place
            times = {"began_at": began_at, "ended_at": began_at + half}
            known = times | {"taught_at": session.ends_at} if number < over else {}
            rows.append(SessionLesson(session=session, lesson=lesson, position=place, **known))
    SessionLesson.objects.bulk_create(rows)


def _record(over: list[GroupSession], enrollments: list[Enrollment], draw: Random) -> None:
    records = AttendanceRecord.objects.bulk_create(
        AttendanceRecord(
            session=session,
            participant_id=each.participant_id,
            absence="excused" if draw.random() < 0.15 else "",
            recorded_at=session.ends_at,
        )
        for session in over
        for each in enrollments
        if each.admitted_on <= session.held_on
    )
    Presence.objects.bulk_create(
        Presence(
            record=record,
            arrived_at=record.session.starts_at + timedelta(minutes=draw.choice([0, 0, 0, 5, 40])),
            left_at=record.session.ends_at,
        )
        for record in records
        if not record.absence
    )
