"""The three statements behind a program's week.

`%(program)s` is the program's key, `%(first)s` and `%(last)s` the week's dates, `%(as_of)s` the
moment, `%(count)s` and `%(kinds)s` how and what the rule counts.
"""

from __future__ import annotations

from groups.counting import counted_sql
from programs.models.record_rule import GRACE_MINUTES

RULE_AND_CLOSURES = """
SELECT r.effective_from, r.min_minutes_per_week, r.max_minutes_per_week, r.min_days_per_week,
       r.min_minutes_per_day, r.count, r.partial_weeks, r.closures, r.leave, r.counts, r.citation,
       r.max_gap_days,
       (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_array(s.held_on, c.reason)), '[]')::text
          FROM groups_groupsession s
          JOIN groups_therapygroup g ON g.id = s.group_id
          JOIN programs_closure c ON c.id = s.cancelled_for_id
         WHERE g.program_id = r.program_id
           AND s.held_on BETWEEN %(first)s AND %(last)s) AS closed_dates
  FROM programs_hoursrule r
 WHERE r.program_id = %(program)s AND r.effective_from <= %(first)s
 ORDER BY r.effective_from DESC
 LIMIT 1
"""

WHOLE_SESSION = "tstzmultirange(tstzrange(s.starts_at, s.ends_at))"

# The program's sessions of the week that are held and whose minutes count.
HELD = f"""
held AS MATERIALIZED (
    SELECT s.id, s.public_id, s.group_id, s.held_on, s.starts_at, s.ends_at, s.breaks,
           g.name AS group_name, g.kind, g.format, g.capacity,
           {counted_sql(WHOLE_SESSION, "s.breaks", "%(count)s")} AS net,
           coalesce((SELECT d.grace_minutes FROM programs_recordrule d
                      WHERE d.program_id = %(program)s AND d.effective_from <= s.held_on
                      ORDER BY d.effective_from DESC LIMIT 1), {GRACE_MINUTES}) AS grace_minutes
      FROM groups_groupsession s
      JOIN groups_therapygroup g ON g.id = s.group_id
     WHERE g.program_id = %(program)s
       AND s.held_on BETWEEN %(first)s AND %(last)s
       AND s.status = 'scheduled'
       AND g.kind = ANY(%(kinds)s)
)"""

PEOPLE = """
people AS (
    SELECT e.id, e.public_id, e.participant_id, e.admitted_on, e.discharged_on,
           e.planned_discharge_on,
           daterange(e.admitted_on, e.discharged_on + 1) AS covers, away.leave
      FROM programs_enrollment e
      CROSS JOIN LATERAL (
            SELECT coalesce(range_agg(daterange(l.first_on, l.last_on + 1)), '{}') AS leave
              FROM programs_leave l
             WHERE l.participant_id = e.participant_id) away
     WHERE e.program_id = %(program)s
       AND e.admitted_on <= %(last)s
       AND coalesce(e.discharged_on, 'infinity') >= greatest(e.admitted_on, %(first)s)
)"""

# What somebody attended of a session: their stretches clipped to it, an open one up to `as_of`.
FROM_WHEN = "greatest(p.arrived_at, h.starts_at)"
TO_WHEN = "least(coalesce(p.left_at, %(as_of)s), h.ends_at)"
AHEAD = (
    "CASE WHEN h.ends_at > %(as_of)s THEN"
    " tstzmultirange(tstzrange(greatest(h.starts_at, %(as_of)s), h.ends_at)) ELSE '{}' END"
)

# Which of the sessions a person meets: as a member or a guest who is not on leave, or because there
# is a record. Each of the three is found by its own index; asked session by session, it would be as
# many questions as people times sessions.
MET = """
SELECT session_id, bool_or(is_expected) AS is_expected, max(record_id) AS record_id
  FROM (SELECT h.id AS session_id, true AS is_expected, NULL::bigint AS record_id
          FROM groups_groupmembership m
          JOIN held h ON h.group_id = m.group_id
           AND h.held_on BETWEEN m.first_on AND coalesce(m.last_on, 'infinity')
         WHERE m.enrollment_id = people.id AND NOT people.leave @> h.held_on
        UNION ALL
        SELECT h.id, true, NULL
          FROM groups_makeupseat seat
          JOIN held h ON h.id = seat.session_id
         WHERE seat.enrollment_id = people.id AND seat.released_at IS NULL
           AND NOT people.leave @> h.held_on
        UNION ALL
        SELECT h.id, false, r.id
          FROM held h
          JOIN attendance_attendancerecord r
            ON r.session_id = h.id AND r.participant_id = people.participant_id) each_way
 GROUP BY session_id"""

# Who a person is stands in the record that is kept; the chart number is the episode's own.
PEOPLE_AND_LINES = f"""
WITH {PEOPLE}, {HELD}
SELECT people.id AS enrollment_key, people.public_id AS enrollment_id,
       person.public_id AS participant_id, record.chart_number, person.first_name,
       person.last_name, person.preferred_name, people.admitted_on, people.discharged_on,
       people.planned_discharge_on, people.leave,
       (SELECT o.minutes_per_week FROM programs_order o
         WHERE o.enrollment_id = people.id
           AND o.effective_from <= greatest(people.admitted_on, %(first)s)
         ORDER BY o.effective_from DESC LIMIT 1) AS ordered,
       line.*
  FROM people
  JOIN programs_participant record ON record.id = people.participant_id
  JOIN programs_participant person ON person.id = coalesce(record.merged_into_id, record.id)
  LEFT JOIN LATERAL (
        SELECT h.public_id AS session_id, h.group_name, h.held_on, h.starts_at, h.ends_at, h.net,
               h.grace_minutes, met.is_expected,
               r.id IS NOT NULL AS has_record, r.absence, stay.is_open, stay.arrived, stay.departed,
               EXISTS (SELECT FROM attendance_signoff o WHERE o.session_id = h.id) AS is_signed,
               {counted_sql("stay.spans", "h.breaks", "%(count)s")} AS credited,
               {counted_sql(AHEAD, "h.breaks", "%(count)s")} AS net_ahead
          FROM ({MET}) met
          JOIN held h ON h.id = met.session_id
          LEFT JOIN attendance_attendancerecord r ON r.id = met.record_id
          LEFT JOIN LATERAL (
                SELECT range_agg(tstzrange({FROM_WHEN}, {TO_WHEN}))
                           FILTER (WHERE {FROM_WHEN} < {TO_WHEN}) AS spans,
                       bool_or(p.left_at IS NULL) AS is_open,
                       array_agg(p.arrived_at ORDER BY p.arrived_at, p.id) AS arrived,
                       array_agg(p.left_at ORDER BY p.arrived_at, p.id) AS departed
                  FROM attendance_presence p WHERE p.record_id = r.id) stay ON true
         WHERE people.covers @> h.held_on
  ) line ON true
 ORDER BY record.chart_number, people.admitted_on, line.starts_at, line.session_id
"""

# The dates of what is left of the week, wherever a session is held, so that an index finds it: no
# zone's date is further than these from the week's own.
AROUND = "least(%(first)s, (%(as_of)s AT TIME ZONE 'UTC')::date) - 1 AND %(last)s + 2"

# Free seats: open groups, not begun; people on leave hold none. Busy: where a person is a member
# that day or holds a seat, in any program and of any kind.
SEATS_AND_BUSY = f"""
WITH {PEOPLE}, {HELD}, seats AS (
    SELECT h.*, h.capacity - (
               SELECT count(DISTINCT e.participant_id)
                 FROM programs_enrollment e
                WHERE e.id IN (
                          SELECT m.enrollment_id FROM groups_groupmembership m
                           WHERE m.group_id = h.group_id
                             AND h.held_on BETWEEN m.first_on AND coalesce(m.last_on, 'infinity')
                          UNION
                          SELECT seat.enrollment_id FROM groups_makeupseat seat
                           WHERE seat.session_id = h.id AND seat.released_at IS NULL)
                  AND h.held_on BETWEEN e.admitted_on AND coalesce(e.discharged_on, 'infinity')
                  AND NOT EXISTS (
                          SELECT FROM programs_leave l
                           WHERE l.participant_id = e.participant_id
                             AND h.held_on BETWEEN l.first_on AND coalesce(l.last_on, 'infinity'))
           ) AS free
      FROM held h
     WHERE h.format = 'open' AND h.starts_at >= %(as_of)s
)
SELECT NULL::bigint AS enrollment_key, s.public_id AS session_id, s.group_name, s.kind, s.held_on,
       s.starts_at, s.ends_at, s.net, s.free
  FROM seats s WHERE s.free > 0
UNION ALL
SELECT people.id, s.public_id, NULL, NULL, s.held_on, s.starts_at, s.ends_at, NULL, NULL
  FROM people
  JOIN programs_enrollment e ON e.participant_id = people.participant_id
  JOIN LATERAL (
        SELECT s.id, s.public_id, s.held_on, s.status, s.starts_at, s.ends_at
          FROM groups_groupmembership m
          JOIN groups_groupsession s ON s.group_id = m.group_id
           AND s.held_on BETWEEN m.first_on AND coalesce(m.last_on, 'infinity')
           AND s.held_on BETWEEN {AROUND}
         WHERE m.enrollment_id = e.id
        UNION
        SELECT s.id, s.public_id, s.held_on, s.status, s.starts_at, s.ends_at
          FROM groups_makeupseat seat
          JOIN groups_groupsession s ON s.id = seat.session_id
         WHERE seat.enrollment_id = e.id AND seat.released_at IS NULL
  ) s ON s.status = 'scheduled' AND s.starts_at < %(week_ends_at)s AND s.ends_at > %(as_of)s
 ORDER BY starts_at, session_id
"""
