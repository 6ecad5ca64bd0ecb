"""The statement behind coverage: what became of each lesson for each person, alike ones together.

`%(people)s` and `%(lessons)s` are keys of episodes and lessons, `%(program)s` the program's key,
`%(now)s` the moment.
"""

from __future__ import annotations

from attendance.coverage.rule import minutes_sql, received_sql
from curriculum.models.requirement import RECEIVED_PERCENT

# What is asked for, with every record of the person: the kept one and its duplicates.
PEOPLE = """
away AS (
    SELECT e.id, range_agg(daterange(l.first_on, l.last_on + 1)) AS leave
      FROM programs_enrollment e
      JOIN programs_leave l ON l.participant_id = e.participant_id
     WHERE e.id = ANY(%(people)s)
     GROUP BY e.id
),
people AS MATERIALIZED (
    SELECT e.id, e.admitted_on, coalesce(e.discharged_on, 'infinity') AS last_on,
           coalesce(e.discharged_on, e.planned_discharge_on, 'infinity') AS until,
           coalesce(record.merged_into_id, record.id) AS person_id,
           coalesce(away.leave, '{}') AS leave
      FROM programs_enrollment e
      JOIN programs_participant record ON record.id = e.participant_id
      LEFT JOIN away ON away.id = e.id
     WHERE e.id = ANY(%(people)s)
),
records AS MATERIALIZED (
    SELECT people.id, people.admitted_on, people.last_on, people.person_id AS participant_id
      FROM people
    UNION ALL
    SELECT people.id, people.admitted_on, people.last_on, duplicate.id
      FROM people
      JOIN programs_participant duplicate ON duplicate.merged_into_id = people.person_id
)"""

PART = "tstzrange(t.began_at, t.ended_at)"

# The share asked for, by the dates on which it is.
SHARES = f"""
shares AS (
    SELECT received_percent AS percent, effective_from AS first_on,
           coalesce(lead(effective_from) OVER (ORDER BY effective_from), 'infinity') AS before
      FROM curriculum_curriculumrule WHERE program_id = %(program)s
),
taught AS MATERIALIZED (
    SELECT t.id, t.lesson_id, t.session_id, s.held_on, s.ends_at, s.breaks,
           {PART} AS part,
           {minutes_sql(f"tstzmultirange({PART})", part=PART, breaks="s.breaks")} AS whole,
           coalesce(shares.percent, {RECEIVED_PERCENT}) AS percent
      FROM groups_sessionlesson t
      JOIN groups_groupsession s ON s.id = t.session_id AND s.status = 'scheduled'
      LEFT JOIN shares ON s.held_on >= shares.first_on AND s.held_on < shares.before
     WHERE t.lesson_id = ANY(%(lessons)s)
       AND t.taught_at IS NOT NULL AND t.withdrawn_at IS NULL
)"""

# An open stretch lasts until the session's end, or until now while it runs.
STAY = """
tstzrange(p.arrived_at, greatest(p.arrived_at, coalesce(p.left_at, least(%(now)s, s.ends_at))))"""

THEIRS = minutes_sql("visits.spans", part="taught.part", breaks="taught.breaks")

# A person and a session once, also where two of their records are in it. Whoever was there from
# beginning to end of the lesson is told by a look; only the others' minutes are counted.
HEARD = f"""
visits AS (
    SELECT records.id, s.session_id, range_agg({STAY}) FILTER (WHERE p.id IS NOT NULL) AS spans
      FROM (SELECT DISTINCT session_id, held_on, ends_at FROM taught) s
      JOIN attendance_attendancerecord r ON r.session_id = s.session_id
      JOIN records ON records.participant_id = r.participant_id
       AND s.held_on BETWEEN records.admitted_on AND records.last_on
      LEFT JOIN attendance_presence p ON p.record_id = r.id
     GROUP BY records.id, s.session_id
),
heard AS MATERIALIZED (
    SELECT visits.id, taught.lesson_id, taught.held_on,
           CASE WHEN visits.spans IS NULL THEN false
                WHEN visits.spans @> taught.part THEN taught.whole > 0
                ELSE {received_sql(THEIRS, whole="taught.whole", percent="taught.percent")}
           END AS is_received
      FROM visits JOIN taught ON taught.session_id = visits.session_id
),
met AS (
    SELECT id, lesson_id, min(held_on) FILTER (WHERE is_received) AS received_on,
           max(held_on) FILTER (WHERE NOT is_received) AS missed_on
      FROM heard GROUP BY id, lesson_id
)"""

# Whom a session expects is what `groups/roster.py` says; a test holds the two together.
COMING = """
planned AS MATERIALIZED (
    SELECT l.lesson_id, s.id AS session_id, s.public_id, s.group_id, s.held_on, s.starts_at
      FROM groups_sessionlesson l
      JOIN groups_groupsession s ON s.id = l.session_id
     WHERE l.lesson_id = ANY(%(lessons)s) AND l.taught_at IS NULL AND l.withdrawn_at IS NULL
       AND s.status = 'scheduled' AND s.ends_at > %(now)s
),
coming AS (
    SELECT DISTINCT ON (people.id, planned.lesson_id)
           people.id, planned.lesson_id, planned.held_on, planned.public_id
      FROM people
      JOIN (SELECT m.enrollment_id, planned.*
              FROM planned
              JOIN groups_groupmembership m ON m.group_id = planned.group_id
               AND planned.held_on BETWEEN m.first_on AND coalesce(m.last_on, 'infinity')
            UNION ALL
            SELECT seat.enrollment_id, planned.*
              FROM planned
              JOIN groups_makeupseat seat ON seat.session_id = planned.session_id
               AND seat.released_at IS NULL) planned
        ON planned.enrollment_id = people.id
       AND planned.held_on BETWEEN people.admitted_on AND people.until
     WHERE NOT people.leave @> planned.held_on
     ORDER BY people.id, planned.lesson_id, planned.starts_at, planned.session_id
),
waived AS (
    SELECT enrollment_id AS id, lesson_id, true AS is_waived
      FROM attendance_lessonwaiver
     WHERE withdrawn_at IS NULL AND enrollment_id = ANY(%(people)s)
       AND lesson_id = ANY(%(lessons)s)
)"""

# Of a lesson that was received nothing else is said. People of whom the same holds come together.
COVERED = f"""
WITH {PEOPLE}, {SHARES}, {HEARD}, {COMING}, said AS (
    SELECT id, lesson_id, met.received_on, met.missed_on, coming.held_on AS coming_on,
           coming.public_id AS coming_id
      FROM met FULL JOIN coming USING (id, lesson_id)
)
SELECT lesson_id AS lesson, said.received_on,
       said.received_on IS NULL AND waived.is_waived IS NOT NULL AS is_waived,
       CASE WHEN said.received_on IS NULL THEN said.missed_on END AS missed_on,
       CASE WHEN said.received_on IS NULL THEN said.coming_on END AS coming_on,
       CASE WHEN said.received_on IS NULL THEN said.coming_id END AS coming_id,
       array_agg(id) AS people
  FROM said FULL JOIN waived USING (id, lesson_id)
 GROUP BY 1, 2, 3, 4, 5, 6
"""
