"""Homework out of the database: who has it, and how it went. Whoever was there has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from attendance.models import HomeworkAnswer, Practice, Presence
from attendance.teaching.practice import ASKED_FOR, Given, asked_at
from groups.models import GroupSession, SessionLesson, SessionStatus
from programs.models import Enrollment, Participant, Program


@dataclass(frozen=True, slots=True)
class HomeworkCount:
    """Of one episode: how often homework was given, answered about, and done or partly done."""

    given: int
    answered: int
    done: int


@dataclass(frozen=True, slots=True)
class HomeworkState:
    """How the homework of one lesson in one session went, in people."""

    given: int
    done: int
    partly: int
    not_done: int

    @property
    def open(self) -> int:
        return max(0, self.given - self.done - self.partly - self.not_done)


NONE_GIVEN = HomeworkCount(0, 0, 0)

# Of duplicates of one person, what either did counts once; the latest answer stands.
COUNTED = """
WITH people AS MATERIALIZED (
    SELECT e.id, e.admitted_on, coalesce(e.discharged_on, 'infinity') AS last_on,
           coalesce(record.merged_into_id, record.id) AS person_id
      FROM programs_enrollment e
      JOIN programs_participant record ON record.id = e.participant_id
     WHERE e.id = ANY(%(people)s)
),
given AS (
    SELECT DISTINCT people.id, people.person_id, t.id AS taught_id
      FROM groups_sessionlesson t
      JOIN groups_groupsession s ON s.id = t.session_id AND s.status = 'scheduled'
      JOIN groups_therapygroup g ON g.id = s.group_id AND g.program_id = %(program)s
      JOIN attendance_presence p ON p.session_id = s.id
      JOIN programs_participant record ON record.id = p.participant_id
      JOIN people ON people.person_id = coalesce(record.merged_into_id, record.id)
       AND s.held_on BETWEEN people.admitted_on AND people.last_on
     WHERE t.taught_at <= %(now)s AND t.withdrawn_at IS NULL AND t.homework <> ''
),
answered AS (
    SELECT DISTINCT ON (person_id, a.taught_id)
           coalesce(record.merged_into_id, record.id) AS person_id, a.taught_id, a.answer
      FROM attendance_homeworkanswer a
      JOIN programs_participant record ON record.id = a.participant_id
     WHERE a.taught_id IN (SELECT taught_id FROM given) AND a.answered_at <= %(now)s
     ORDER BY person_id, a.taught_id, a.answered_at DESC, a.id DESC
)
SELECT given.id, count(*), count(answered.answer),
       count(*) FILTER (WHERE answered.answer IN ('done', 'partly'))
  FROM given
  LEFT JOIN answered ON answered.person_id = given.person_id
   AND answered.taught_id = given.taught_id
 GROUP BY given.id
"""


def homework_counts(
    program: Program, enrollments: Iterable[Enrollment] | QuerySet[Enrollment], *, now: datetime
) -> dict[int, HomeworkCount]:
    """Return, by the key of each episode, how its homework went so far; two statements at most.

    Homework is given to whoever was in the room at a session of the program that taught a lesson
    with some. Of episodes without any, all counts are 0.
    """
    if isinstance(enrollments, QuerySet):
        people = list(enrollments.order_by().values_list("pk", flat=True))
    else:
        people = [each.pk for each in enrollments]
    counts = dict.fromkeys(people, NONE_GIVEN)
    if people:
        with connection.cursor() as cursor:
            cursor.execute(COUNTED, {"people": people, "program": program.pk, "now": now})
            counts |= {episode: HomeworkCount(*found) for episode, *found in cursor}
    return counts


def homework_of(person: Participant, program: Program) -> list[Given]:
    """Return all homework that the person got in the program, the latest first; one statement."""
    found = _given_to(person.kept, program)
    return sorted(found, key=lambda each: (each.starts_at, each.taught_pk), reverse=True)


def homework_at(session: GroupSession, person: Participant) -> list[Given]:
    """Return what the person is asked about at their check-in of the session; one statement."""
    lately = Q(
        session__starts_at__lt=session.starts_at,
        session__starts_at__gte=session.starts_at - ASKED_FOR,
    )
    found = _given_to(person.kept, session.group.program, lately)
    return asked_at(found, session_pk=session.pk, starts_at=session.starts_at)


def states_of(session: GroupSession) -> Mapping[int, HomeworkState]:
    """Return how the homework of each lesson went, by the key of what was taught.

    Those of whom it is said are the people who were there; three statements.
    """
    kept = Coalesce("participant__merged_into", "participant")
    there = Presence.objects.filter(session=session).values_list(kept, flat=True)
    people = set(there.order_by())
    answers: dict[int, dict[int, str]] = defaultdict(dict)
    rows = HomeworkAnswer.objects.filter(taught__session=session).order_by("answered_at", "pk")
    for taught, who, answer in rows.values_list("taught", kept, "answer"):
        answers[taught][who] = answer
    taught_rows = SessionLesson.objects.filter(session=session).taught().exclude(homework="")
    return {
        pk: _state(people, answers[pk])
        for pk in taught_rows.order_by().values_list("pk", flat=True)
    }


def _state(people: set[int], answers: Mapping[int, str]) -> HomeworkState:
    said = list(answers.values())
    return HomeworkState(
        given=len(people | set(answers)),
        done=said.count(Practice.DONE),
        partly=said.count(Practice.PARTLY),
        not_done=said.count(Practice.NOT_DONE),
    )


# In the order of the fields of `Given`; then its answer, and where it was answered.
OF_GIVEN = (
    "pk",
    "public_id",
    "lesson__name",
    "homework",
    "session__held_on",
    "session__starts_at",
)


def _given_to(person: Participant, program: Program, also: Q | None = None) -> list[Given]:
    theirs = Q(participant=person) | Q(participant__merged_into=person)
    came = Presence.objects.filter(theirs, session=OuterRef("session"))
    answers = HomeworkAnswer.objects.filter(theirs, taught=OuterRef("pk"))
    latest = answers.order_by("-answered_at", "-pk")
    rows = SessionLesson.objects.taught().filter(
        also or Q(),
        Exists(came),
        session__group__program=program,
        session__status=SessionStatus.SCHEDULED,
    )
    answered = (
        Coalesce(Subquery(latest.values("answer")[:1]), Value("")),
        Subquery(latest.values("session")[:1]),
    )
    given = rows.exclude(homework="").order_by().values_list(*OF_GIVEN, *answered)
    return [Given(*row) for row in given]
