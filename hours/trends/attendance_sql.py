"""The one statement behind the attendance of many weeks: places in sessions, and who took them.

`%(program)s` is the program's key, `%(as_of)s` the moment; `%(weeks)s` are the weeks as JSON, each
with how and what its rule counts. Who is expected, and what a minute counts for, is said as
`hours/week_sql.py` says it; a test holds the two together.
"""

from __future__ import annotations

from groups.counting import counted_sql

FROM_WHEN = "greatest(p.arrived_at, h.starts_at)"
TO_WHEN = "least(coalesce(p.left_at, %(as_of)s), h.ends_at)"

# A place: one enrollment expected at one session that is over. Attended: any minute that counts.
ATTENDANCE = f"""
WITH weeks AS (
    SELECT * FROM jsonb_to_recordset(%(weeks)s::jsonb)
        AS w(first_on date, last_on date, count text, kinds text[])
), held AS (
    SELECT s.id, s.group_id, s.held_on, s.starts_at, s.ends_at, s.breaks,
           w.first_on AS week_on, w.count
      FROM weeks w
      JOIN groups_groupsession s
        ON s.held_on BETWEEN w.first_on AND w.last_on
       AND s.status = 'scheduled' AND s.ends_at <= %(as_of)s
      JOIN groups_therapygroup g
        ON g.id = s.group_id AND g.program_id = %(program)s AND g.kind = ANY(w.kinds)
), expected AS (
    SELECT h.id, m.enrollment_id
      FROM held h
      JOIN groups_groupmembership m
        ON m.group_id = h.group_id
       AND h.held_on BETWEEN m.first_on AND coalesce(m.last_on, 'infinity')
    UNION
    SELECT h.id, seat.enrollment_id
      FROM held h
      JOIN groups_makeupseat seat ON seat.session_id = h.id AND seat.released_at IS NULL
), places AS (
    SELECT h.week_on, h.group_id, h.held_on, r.id AS record, r.absence,
           {counted_sql("stay.spans", "h.breaks", "h.count")} AS credited
      FROM expected
      JOIN held h ON h.id = expected.id
      JOIN programs_enrollment e
        ON e.id = expected.enrollment_id AND e.program_id = %(program)s
       AND h.held_on BETWEEN e.admitted_on AND coalesce(e.discharged_on, 'infinity')
      LEFT JOIN attendance_attendancerecord r
        ON r.session_id = h.id AND r.participant_id = e.participant_id
      LEFT JOIN LATERAL (
            SELECT range_agg(tstzrange({FROM_WHEN}, {TO_WHEN}))
                       FILTER (WHERE {FROM_WHEN} < {TO_WHEN}) AS spans
              FROM attendance_presence p WHERE p.record_id = r.id) stay ON true
     WHERE NOT EXISTS (
            SELECT FROM programs_leave l
             WHERE l.participant_id = e.participant_id
               AND h.held_on BETWEEN l.first_on AND coalesce(l.last_on, 'infinity'))
)
SELECT places.week_on, g.public_id AS group_id, g.name AS group_name,
       extract(isodow FROM places.held_on)::int - 1 AS weekday,
       count(*) AS expected,
       count(*) FILTER (WHERE credited > 0) AS attended,
       count(*) FILTER (WHERE record IS NULL) AS unrecorded,
       count(*) FILTER (WHERE credited = 0 AND absence = 'excused') AS excused,
       count(*) FILTER (WHERE credited = 0 AND absence = 'unexcused') AS unexcused,
       count(*) FILTER (WHERE credited = 0 AND absence = 'no_call') AS no_call
  FROM places
  JOIN groups_therapygroup g ON g.id = places.group_id
 GROUP BY places.week_on, g.id, weekday
 ORDER BY places.week_on, g.name, g.id, weekday
"""  # noqa: S608
