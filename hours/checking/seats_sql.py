"""The two statements behind make-up in many programs: free seats, and where those are who need one.

`%(places)s` and `%(enrollments)s` say who is short in which of the weeks asked for; the other
parameters are those of the sums.
"""

from __future__ import annotations

from hours.sums.sums_sql import ASKED, GROUPS, NET

# Sessions of open groups that have not begun.
SEATS = f"""
seats AS MATERIALIZED (
    SELECT g.place, g.name, g.kind, g.capacity, g.group_id, s.id,
           s.public_id, s.held_on, s.starts_at, s.ends_at, {NET} AS net
      FROM meeting g
      JOIN groups_groupsession s
        ON s.group_id = g.group_id AND s.held_on BETWEEN g.first_on AND g.last_on
     WHERE s.status = 'scheduled' AND g.does_count AND g.format = 'open'
       AND s.starts_at >= %(as_of)s AND s.held_on BETWEEN %(earliest)s AND %(latest)s
)"""

# Who is away on some date of these weeks, so that nobody else has to be looked up.
AWAY = """
away AS MATERIALIZED (
    SELECT l.participant_id
      FROM programs_leave l
     WHERE l.first_on <= %(latest)s AND coalesce(l.last_on, 'infinity') >= %(earliest)s
)"""

# How many are expected there, whatever program they come from; people on leave hold no seat.
TAKEN = """
SELECT count(DISTINCT e.participant_id)
  FROM (SELECT m.enrollment_id
          FROM groups_groupmembership m
         WHERE m.group_id = s.group_id
           AND s.held_on BETWEEN m.first_on AND coalesce(m.last_on, 'infinity')
         UNION ALL
        SELECT seat.enrollment_id
          FROM groups_makeupseat seat
         WHERE seat.session_id = s.id AND seat.released_at IS NULL) x
  JOIN programs_enrollment e
    ON e.id = x.enrollment_id
   AND s.held_on BETWEEN e.admitted_on AND coalesce(e.discharged_on, 'infinity')
 WHERE e.participant_id NOT IN (SELECT participant_id FROM away)
    OR NOT EXISTS (
           SELECT FROM programs_leave l
            WHERE l.participant_id = e.participant_id
              AND s.held_on BETWEEN l.first_on AND coalesce(l.last_on, 'infinity'))
"""

FREE_SEATS = f"""
WITH {ASKED}, {GROUPS}, {SEATS}, {AWAY}, free AS (
    SELECT s.*, s.capacity - ({TAKEN}) AS free,
           ARRAY(SELECT r.participant_id FROM attendance_attendancerecord r
                  WHERE r.session_id = s.id) AS recorded
      FROM seats s
)
SELECT place, public_id, name, kind, held_on, starts_at, ends_at, net, free::int, recorded
  FROM free
 WHERE free > 0
"""

# Where they are anyway, in any program and kind of group; there the date may be another, by zone.
PEOPLE_SHORT = f"""
WITH {ASKED}, short AS MATERIALIZED (
    SELECT z.place, e.id, e.participant_id, e.admitted_on, e.discharged_on, a.ends_at,
           a.first_on - 1 AS first_on, a.last_on + 1 AS last_on
      FROM unnest(%(places)s::int[], %(enrollments)s::bigint[]) AS z(place, enrollment)
      JOIN asked a ON a.place = z.place
      JOIN programs_enrollment e ON e.id = z.enrollment
), belongs AS MATERIALIZED (
    SELECT short.place, short.id, short.ends_at, m.group_id,
           greatest(m.first_on, short.first_on) AS first_on,
           least(m.last_on, short.last_on) AS last_on
      FROM short
      JOIN programs_enrollment e ON e.participant_id = short.participant_id
      JOIN groups_groupmembership m ON m.enrollment_id = e.id
), busy AS (
    SELECT b.place, b.id, b.ends_at AS week_ends_at, s.starts_at, s.ends_at
      FROM belongs b
      JOIN groups_groupsession s
        ON s.group_id = b.group_id AND s.held_on BETWEEN b.first_on AND b.last_on
     WHERE s.status = 'scheduled' AND s.ends_at > %(as_of)s
       AND s.held_on BETWEEN %(earliest)s - 1 AND %(latest)s + 1
     UNION ALL
    SELECT short.place, short.id, short.ends_at, s.starts_at, s.ends_at
      FROM short
      JOIN programs_enrollment e ON e.participant_id = short.participant_id
      JOIN groups_makeupseat seat ON seat.enrollment_id = e.id AND seat.released_at IS NULL
      JOIN groups_groupsession s ON s.id = seat.session_id
     WHERE s.status = 'scheduled' AND s.ends_at > %(as_of)s
), there AS (
    SELECT place, id, array_agg(starts_at) AS starts, array_agg(ends_at) AS ends
      FROM busy
     WHERE starts_at < week_ends_at
     GROUP BY place, id
)
SELECT place, id, short.participant_id, short.admitted_on, short.discharged_on, there.starts,
       there.ends,
       (SELECT range_agg(daterange(l.first_on, l.last_on + 1)) FROM programs_leave l
         WHERE l.participant_id = short.participant_id) AS away
  FROM short
  FULL JOIN there USING (place, id)
"""
