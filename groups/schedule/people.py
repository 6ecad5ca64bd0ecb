"""Who would be expected at proposed sessions, and where else they are at that time.

It says of proposals what `groups/roster.py` says of stored sessions; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from groups.schedule.proposal import Proposal

PROPOSED = """
proposed AS (
    SELECT * FROM unnest(%(indexes)s::int[], %(keys)s::bigint[], %(groups)s::bigint[],
                         %(dates)s::date[], %(starts)s::timestamptz[], %(ends)s::timestamptz[],
                         %(rooms)s::bigint[])
             AS p(index, key, group_id, held_on, starts_at, ends_at, room_id)
), led AS (
    SELECT * FROM unnest(%(leader_indexes)s::int[], %(leaders)s::bigint[]) AS l(index, user_id)
)"""

COVERS = "BETWEEN {row}.{first} AND coalesce({row}.{last}, 'infinity')"
MEMBER = COVERS.format(row="m", first="first_on", last="last_on")
ENROLLED = COVERS.format(row="e", first="admitted_on", last="discharged_on")
AWAY = COVERS.format(row="l", first="first_on", last="last_on")

PEOPLE = f"""
people AS (
    SELECT p.index, p.held_on, p.starts_at, p.ends_at, e.id AS enrollment_id, e.participant_id
      FROM proposed p
      JOIN (
            SELECT p.index, m.enrollment_id FROM proposed p
              JOIN groups_groupmembership m ON m.group_id = p.group_id AND p.held_on {MEMBER}
            UNION
            SELECT p.index, seat.enrollment_id FROM proposed p
              JOIN groups_makeupseat seat ON seat.session_id = p.key AND seat.released_at IS NULL
            UNION
            SELECT * FROM unnest(%(guest_indexes)s::int[], %(guests)s::bigint[])
           ) place ON place.index = p.index
      JOIN programs_enrollment e ON e.id = place.enrollment_id AND p.held_on {ENROLLED}
     WHERE NOT EXISTS (SELECT FROM programs_leave l
                        WHERE l.participant_id = e.participant_id AND p.held_on {AWAY})
)"""

EXPECTED = f"WITH {PROPOSED}, {PEOPLE} SELECT index, enrollment_id FROM people"

# Sessions last less than a day, so that what overlaps begins within a day before the end.
ELSEWHERE = f"""
WITH {PROPOSED}, {PEOPLE}
SELECT people.index, people.enrollment_id, people.participant_id, other.session_id
  FROM people
  LEFT JOIN LATERAL (
        SELECT s.id AS session_id
          FROM programs_enrollment e
          JOIN groups_groupmembership m ON m.enrollment_id = e.id
          JOIN groups_groupsession s ON s.group_id = m.group_id AND s.held_on {MEMBER}
         WHERE e.participant_id = people.participant_id AND s.held_on {ENROLLED}
           AND s.status = 'scheduled' AND s.starts_at < people.ends_at
           AND s.starts_at > people.starts_at - interval '26 hours'
           AND s.ends_at > people.starts_at AND s.id <> ALL(%(replaced)s)
           AND NOT EXISTS (SELECT FROM programs_leave l
                            WHERE l.participant_id = e.participant_id AND s.held_on {AWAY})
        UNION
        SELECT s.id
          FROM programs_enrollment e
          JOIN groups_makeupseat seat ON seat.enrollment_id = e.id AND seat.released_at IS NULL
          JOIN groups_groupsession s ON s.id = seat.session_id
         WHERE e.participant_id = people.participant_id AND s.held_on {ENROLLED}
           AND s.status = 'scheduled' AND s.starts_at < people.ends_at
           AND s.ends_at > people.starts_at AND s.id <> ALL(%(replaced)s)
           AND NOT EXISTS (SELECT FROM programs_leave l
                            WHERE l.participant_id = e.participant_id AND s.held_on {AWAY})
  ) other ON true
 ORDER BY people.index, people.participant_id, other.session_id
"""


@dataclass(frozen=True)
class Attending:
    """One person at one proposal (its index), and a session elsewhere that overlaps, if any."""

    index: int
    enrollment: int
    participant: int
    elsewhere: int | None


def expected_at(proposals: Sequence[Proposal]) -> list[frozenset[int]]:
    """Return the enrollments (keys) expected at each proposal; one statement."""
    found: list[set[int]] = [set() for _ in proposals]
    if proposals:
        for index, enrollment in rows_of(EXPECTED, values_of(proposals)):
            found[index].add(enrollment)
    return [frozenset(each) for each in found]


def attending(proposals: Sequence[Proposal], replaced: Collection[int]) -> list[Attending]:
    """Return who is expected where, with what overlaps it; `replaced` sessions count no more."""
    if not proposals:
        return []
    values = values_of(proposals) | {"replaced": list(replaced)}
    return [Attending(*row) for row in rows_of(ELSEWHERE, values)]


def values_of(proposals: Sequence[Proposal]) -> dict[str, Any]:
    """Return the proposals as the arrays of the statement's first tables."""
    leaders = [(index, user) for index, each in enumerate(proposals) for user in each.leaders]
    guests = [(index, key) for index, each in enumerate(proposals) for key in each.guests]
    return {
        "indexes": list(range(len(proposals))),
        "keys": [each.key for each in proposals],
        "groups": [each.group for each in proposals],
        "dates": [each.held_on for each in proposals],
        "starts": [each.starts_at for each in proposals],
        "ends": [each.ends_at for each in proposals],
        "rooms": [each.room for each in proposals],
        "leader_indexes": [index for index, _ in leaders],
        "leaders": [user for _, user in leaders],
        "guest_indexes": [index for index, _ in guests],
        "guests": [key for _, key in guests],
    }


def rows_of(statement: str, values: dict[str, Any]) -> Iterator[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield from cursor.fetchall()
