"""The statement behind the sums of many weeks, put together from parts.

It joins whole sets (members to sessions, records to stretches) instead of asking for each person
and session, groups as early as it can, and counts minutes stretch by stretch only where somebody
came late, left early, or was in and out. Keys of one column (`who`, `sitting`) and joins that
can only be hashed (FULL JOIN) keep the planner from the nested loops that a guess of one row
leads it to.

Parameters: arrays of one entry per week asked for, `%(as_of)s`, the earliest and latest date of
all of them, and whether only rows are wanted that can have a finding.
"""

from __future__ import annotations

from groups.counting import counted_sql

ASKED = """
asked AS MATERIALIZED (
    SELECT a.*, string_to_array(a.kinds, ',') AS counts
      FROM unnest(%(program)s::bigint[], %(first_on)s::date[], %(last_on)s::date[],
                  %(ends_at)s::timestamptz[], %(count)s::text[], %(kinds)s::text[],
                  %(min_week)s::int[], %(max_week)s::int[], %(min_days)s::int[], %(min_day)s::int[])
           WITH ORDINALITY
           AS a(program, first_on, last_on, ends_at, count, kinds,
                min_week, max_week, min_days, min_day, place)
)"""

GROUPS = """
meeting AS MATERIALIZED (
    SELECT a.place, a.first_on, a.last_on, a.count, a.min_day, g.id AS group_id, g.name, g.kind,
           g.format, g.capacity, a.counts IS NULL OR g.kind = ANY(a.counts) AS does_count
      FROM asked a
      JOIN groups_therapygroup g ON g.program_id = a.program
)"""

WHOLE_SESSION = "tstzmultirange(tstzrange(s.starts_at, s.ends_at))"
NET = counted_sql(WHOLE_SESSION, "s.breaks", "g.count")

# Of the weeks' sessions those that are held and count have minutes; a closure cancelled others.
SESSIONS = f"""
sessions AS MATERIALIZED (
    SELECT row_number() OVER () AS sitting, g.place, g.count, g.min_day, g.group_id,
           s.id, s.held_on, s.starts_at, s.ends_at, s.breaks,
           s.cancelled_for_id IS NOT NULL AS is_closed,
           CASE WHEN s.status = 'scheduled' AND g.does_count THEN {NET} END AS net
      FROM meeting g
      JOIN groups_groupsession s
        ON s.group_id = g.group_id AND s.held_on BETWEEN g.first_on AND g.last_on
     WHERE s.held_on BETWEEN %(earliest)s AND %(latest)s
), held AS (
    SELECT * FROM sessions WHERE net IS NOT NULL
)"""

PEOPLE = """
people AS MATERIALIZED (
    SELECT row_number() OVER () AS who, a.place, a.first_on, a.last_on, a.ends_at,
           a.max_week, a.min_days, e.id, e.public_id, e.participant_id, e.admitted_on,
           e.discharged_on, coalesce(e.discharged_on, 'infinity') AS last_day, away.dates AS away,
           coalesce((SELECT o.minutes_per_week FROM programs_order o
                      WHERE o.enrollment_id = e.id
                        AND o.effective_from <= greatest(e.admitted_on, a.first_on)
                      ORDER BY o.effective_from DESC LIMIT 1), a.min_week) AS required
      FROM asked a
      JOIN programs_enrollment e
        ON e.program_id = a.program AND e.admitted_on <= a.last_on
       AND coalesce(e.discharged_on, 'infinity') >= greatest(e.admitted_on, a.first_on)
      LEFT JOIN (SELECT l.participant_id,
                        range_agg(daterange(l.first_on, l.last_on + 1)) AS dates
                   FROM programs_leave l
                  WHERE l.first_on <= %(latest)s
                    AND coalesce(l.last_on, 'infinity') >= greatest(l.first_on, %(earliest)s)
                  GROUP BY l.participant_id) away ON away.participant_id = e.participant_id
)"""

# On which dates somebody is a member of a group, and there.
MEMBERS = """
members AS MATERIALIZED (
    SELECT p.who, p.place, p.away, m.group_id, greatest(m.first_on, p.admitted_on) AS first_on,
           least(m.last_on, p.last_day) AS last_on
      FROM people p
      JOIN groups_groupmembership m ON m.enrollment_id = p.id
)"""

EXPECTED = """
expected AS (
    SELECT m.who, h.sitting, h.held_on, h.min_day, h.ends_at, h.net
      FROM members m
      JOIN held h
        ON h.place = m.place AND h.group_id = m.group_id
       AND h.held_on BETWEEN m.first_on AND m.last_on
     WHERE m.away IS NULL OR NOT m.away @> h.held_on
    UNION ALL
    SELECT p.who, h.sitting, h.held_on, h.min_day, h.ends_at, h.net
      FROM groups_makeupseat seat
      JOIN held h ON h.id = seat.session_id
      JOIN people p ON p.id = seat.enrollment_id AND p.place = h.place
     WHERE seat.released_at IS NULL
       AND h.held_on BETWEEN p.admitted_on AND p.last_day
       AND (p.away IS NULL OR NOT p.away @> h.held_on)
       AND NOT EXISTS (
               SELECT FROM groups_groupmembership m
                WHERE m.enrollment_id = p.id AND m.group_id = h.group_id
                  AND h.held_on BETWEEN m.first_on AND coalesce(m.last_on, 'infinity'))
)"""

# What somebody attended of a session: their stretches clipped to it, an open one up to `as_of`.
FROM_WHEN = "greatest(p.arrived_at, h.starts_at)"
TO_WHEN = "least(coalesce(p.left_at, %(as_of)s), h.ends_at)"

STAYS = f"""
stays AS (
    SELECT h.sitting, p.record_id, count(*) AS times, bool_or(p.left_at IS NULL) AS is_open,
           min({FROM_WHEN}) AS came_at, max({TO_WHEN}) AS went_at
      FROM held h
      JOIN attendance_presence p ON p.session_id = h.id
     GROUP BY h.sitting, p.record_id
)"""

STRETCHES = f"""CASE WHEN stay.times > 1
           THEN (SELECT range_agg(tstzrange({FROM_WHEN}, {TO_WHEN}))
                            FILTER (WHERE {FROM_WHEN} < {TO_WHEN})
                   FROM attendance_presence p WHERE p.record_id = r.id)
           WHEN stay.came_at < stay.went_at
           THEN tstzmultirange(tstzrange(stay.came_at, stay.went_at)) END"""
AHEAD = "tstzmultirange(tstzrange(greatest(h.starts_at, %(as_of)s), h.ends_at))"

RECORDS = f"""
records AS MATERIALIZED (
    SELECT h.sitting, h.place, h.held_on, h.min_day, r.participant_id,
           CASE WHEN stay.times IS NULL THEN 0
                WHEN stay.times = 1 AND stay.came_at = h.starts_at AND stay.went_at = h.ends_at
                THEN h.net
                ELSE {counted_sql(STRETCHES, "h.breaks", "h.count")} END AS credited,
           CASE WHEN stay.is_open AND h.ends_at > %(as_of)s
                THEN {counted_sql(AHEAD, "h.breaks", "h.count")} ELSE 0 END AS ahead
      FROM held h
      JOIN attendance_attendancerecord r ON r.session_id = h.id
      LEFT JOIN stays stay ON stay.sitting = h.sitting AND stay.record_id = r.id
), recorded AS (
    SELECT p.who, r.sitting, r.held_on, r.min_day, r.credited, r.ahead
      FROM records r
      JOIN people p
        ON p.place = r.place AND p.participant_id = r.participant_id
       AND r.held_on BETWEEN p.admitted_on AND p.last_day
)"""

# A session is in somebody's week if they are expected there, or have a record in it.
LINES = """
lines AS (
    SELECT who, coalesce(e.held_on, r.held_on) AS held_on,
           coalesce(e.min_day, r.min_day) AS min_day,
           e.net AS offered, r.credited AS attended,
           CASE WHEN r.credited IS NULL AND e.ends_at <= %(as_of)s THEN e.net END AS unrecorded,
           CASE WHEN e.ends_at > %(as_of)s THEN coalesce(r.ahead, e.net) END AS remaining,
           CASE WHEN r.credited IS NULL AND e.ends_at <= %(as_of)s AND e.net > 0
                THEN e.ends_at END AS waiting_since
      FROM expected e
      FULL JOIN recorded r USING (who, sitting)
), days AS (
    SELECT who, min(min_day) AS min_day, coalesce(sum(offered), 0)::int AS offered,
           coalesce(sum(attended), 0)::int AS attended,
           coalesce(sum(unrecorded), 0)::int AS unrecorded,
           coalesce(sum(remaining), 0)::int AS remaining,
           min(nullif(remaining, 0)) AS smallest, min(waiting_since) AS waiting_since
      FROM lines
     GROUP BY who, held_on
), sums AS (
    SELECT who, sum(offered)::int AS offered, sum(attended)::int AS attended,
           sum(unrecorded)::int AS unrecorded, sum(remaining)::int AS remaining,
           min(smallest) AS smallest, min(waiting_since) AS waiting_since,
           count(*) FILTER (WHERE attended >= min_day) AS qualifying,
           count(*) FILTER (WHERE attended + unrecorded + remaining >= min_day) AS can_qualify
      FROM days
     GROUP BY who
)"""

ROWS = """
SELECT p.place, p.ends_at, p.max_week, p.min_days, p.id, p.public_id, p.admitted_on,
       p.discharged_on,
       p.away && daterange(greatest(p.first_on, p.admitted_on),
                           least(p.last_on, p.discharged_on) + 1) AS is_away,
       p.place IN (SELECT place FROM sessions WHERE is_closed) AS is_closed, p.required,
       coalesce(s.offered, 0) AS offered, coalesce(s.attended, 0) AS attended,
       coalesce(s.unrecorded, 0) AS unrecorded, coalesce(s.remaining, 0) AS remaining,
       coalesce(s.smallest, 0) AS smallest, coalesce(s.qualifying, 0) AS qualifying,
       coalesce(s.can_qualify, 0) AS can_qualify, s.waiting_since
  FROM people p
  FULL JOIN sums s USING (who)"""

# What no finding can come from is left out; the verdict itself is worked out in one place only.
TROUBLED = """
SELECT place, id, public_id, admitted_on, discharged_on, is_away, is_closed, required, offered,
       attended, unrecorded, remaining, smallest, qualifying, can_qualify, waiting_since
  FROM week
 WHERE NOT %(only_troubled)s
    OR attended + unrecorded + remaining < required
    OR attended < required AND ends_at <= %(as_of)s
    OR attended > max_week OR can_qualify < min_days OR unrecorded > 0
 ORDER BY place, id"""

PARTS = ", ".join((ASKED, GROUPS, SESSIONS, PEOPLE, MEMBERS, EXPECTED, STAYS, RECORDS, LINES))
WEEK_SUMS = f"WITH {PARTS}, week AS ({ROWS}) {TROUBLED}"
