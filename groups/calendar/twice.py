"""Who is expected in two sessions at once, over all programs of the clinic, in one statement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from groups.models import GroupSession

# `expected` are the seats of the sessions shown and of all that are held near them, of whoever has
# a seat in one that is shown.
IN_TWO = """
WITH shown AS MATERIALIZED (
    SELECT s.id, s.group_id, s.held_on
      FROM groups_groupsession s WHERE s.id = ANY(%(sessions)s)
), near AS MATERIALIZED (
    SELECT s.id, s.group_id, s.held_on, s.starts_at, s.ends_at
      FROM groups_groupsession s
     WHERE s.held_on BETWEEN %(first)s AND %(last)s AND s.status = 'scheduled'
), people AS MATERIALIZED (
    SELECT e.participant_id
      FROM shown s
      JOIN groups_groupmembership m ON m.group_id = s.group_id
       AND s.held_on BETWEEN m.first_on AND coalesce(m.last_on, 'infinity')
      JOIN programs_enrollment e ON e.id = m.enrollment_id
    UNION
    SELECT e.participant_id
      FROM shown s
      JOIN groups_makeupseat seat ON seat.session_id = s.id AND seat.released_at IS NULL
      JOIN programs_enrollment e ON e.id = seat.enrollment_id
), theirs AS MATERIALIZED (
    SELECT e.id, e.participant_id, e.admitted_on, coalesce(e.discharged_on, 'infinity') AS last_on
      FROM people JOIN programs_enrollment e ON e.participant_id = people.participant_id
), places AS (
    SELECT e.participant_id, near.*
      FROM theirs e
      JOIN groups_groupmembership m ON m.enrollment_id = e.id
      JOIN near ON near.group_id = m.group_id
       AND near.held_on BETWEEN m.first_on AND coalesce(m.last_on, 'infinity')
       AND near.held_on BETWEEN e.admitted_on AND e.last_on
    UNION
    SELECT e.participant_id, near.*
      FROM theirs e
      JOIN groups_makeupseat seat ON seat.enrollment_id = e.id AND seat.released_at IS NULL
      JOIN near ON near.id = seat.session_id AND near.held_on BETWEEN e.admitted_on AND e.last_on
), expected AS MATERIALIZED (
    SELECT places.* FROM places
     WHERE NOT EXISTS (SELECT FROM programs_leave l
                        WHERE l.participant_id = places.participant_id AND places.held_on
                              BETWEEN l.first_on AND coalesce(l.last_on, 'infinity'))
)
SELECT one.id, other.id, g.name, g.program_id, count(*)
  FROM expected one
  JOIN shown ON shown.id = one.id
  JOIN expected other
    ON other.participant_id = one.participant_id AND other.id <> one.id
   AND other.starts_at < one.ends_at AND other.ends_at > one.starts_at
  JOIN groups_therapygroup g ON g.id = other.group_id
 GROUP BY one.id, other.id, g.name, g.program_id
 ORDER BY one.id, g.name, other.id
"""
# Sessions last less than a day: what overlaps lies on the same date, or on the one beside it.
BESIDE = timedelta(days=1)


@dataclass(frozen=True)
class InTwo:
    """How many people of a session (its key) are expected in another one at the same time."""

    session: int
    other: int
    group: str
    program: int
    people: int


def people_in_two(sessions: Collection[GroupSession]) -> tuple[InTwo, ...]:
    """Return what people of these sessions, all of them held, are expected in besides.

    Members and guests count who are enrolled that day and not on leave, as in
    `roster.expected_at`; a test holds the two together.
    """
    if not sessions:
        return ()
    dates = [each.held_on for each in sessions]
    values: dict[str, Any] = {
        "sessions": [each.pk for each in sessions],
        "first": min(dates) - BESIDE,
        "last": max(dates) + BESIDE,
    }
    with connection.cursor() as cursor:
        cursor.execute(IN_TWO, values)
        return tuple(InTwo(*row) for row in cursor.fetchall())
