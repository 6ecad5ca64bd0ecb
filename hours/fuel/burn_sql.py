"""The statements behind the gauges: the minutes of every date of many authorizations, or episodes.

`%(keys)s` are theirs; `%(programs)s` and `%(todays)s` the programs with the date at each one's
site; `%(as_of)s` the moment. Minutes are those of the weekly hours (`hours/week_sql.py`):
the same sessions count, under the rule in effect on the first date of their week.

After the last date of a program's calendar, its last four weeks repeat for as long as memberships
and slots last.

A group's sessions between two dates are asked for group by group (OFFSET 0 keeps it so): that is a
range of one index, where the planner would else read all the group ever met, or every session.
Who meets in which session is found through indexes; what each session counts is worked out once,
and joined to that last, by a join that can only be hashed (FULL JOIN): from a guess of one row the
planner would loop over everything.
"""

from __future__ import annotations

from groups.counting import counted_sql
from hours.week_sql import AHEAD, FROM_WHEN, TO_WHEN, WHOLE_SESSION

# The weeks that repeat after the calendar's end, in days: a holiday is one of four.
PACE_DAYS = 28

LEAVE = """
coalesce((SELECT range_agg(daterange(l.first_on, l.last_on + 1))
            FROM programs_leave l
           WHERE l.participant_id = e.participant_id), '{}') AS leave"""

# An authorization burns inside its episode only.
AUTHORIZATIONS = f"""
spans AS MATERIALIZED (
    SELECT a.id, a.enrollment_id, e.participant_id, e.program_id,
           greatest(a.first_on, e.admitted_on) AS first_on,
           least(a.last_on, e.discharged_on) AS last_on, {LEAVE}
      FROM programs_authorization a
      JOIN programs_enrollment e ON e.id = a.enrollment_id
     WHERE a.id = ANY(%(keys)s)
)"""

# Episodes, between two dates that hold for all of them.
EPISODES = f"""
spans AS MATERIALIZED (
    SELECT e.id, e.id AS enrollment_id, e.participant_id, e.program_id,
           greatest(%(first)s, e.admitted_on) AS first_on,
           least(%(last)s, e.discharged_on) AS last_on, {LEAVE}
      FROM programs_enrollment e
     WHERE e.id = ANY(%(keys)s)
)"""

CALENDARS = f"""
calendars AS MATERIALIZED (
    SELECT g.program_id, max(s.held_on) AS ends_on
      FROM unnest(%(programs)s::bigint[], %(todays)s::date[]) AS local (program_id, today)
      JOIN groups_therapygroup g ON g.program_id = local.program_id
      JOIN LATERAL (
            SELECT s.held_on
              FROM groups_groupsession s
             WHERE s.group_id = g.id AND s.held_on >= local.today
               AND s.status = 'scheduled' AND s.pattern_id IS NOT NULL
             ORDER BY s.held_on DESC
             LIMIT 1) s ON true
     GROUP BY g.program_id
), reach AS (
    SELECT program_id, max(spans.last_on) AS last_on,
           least(min(spans.first_on), max(calendars.ends_on) - {PACE_DAYS - 1}) AS first_on
      FROM spans LEFT JOIN calendars USING (program_id)
     GROUP BY program_id
)"""

# The sessions that are held and count, each under its week's rule.
HELD = f"""
held AS MATERIALIZED (
    SELECT s.id AS session, s.held_on, s.starts_at, s.ends_at, s.breaks, s.closed_at,
           rule.count, rule.min_minutes_per_day AS least,
           {counted_sql(WHOLE_SESSION, "s.breaks", "rule.count")} AS net
      FROM reach
      JOIN programs_program p ON p.id = reach.program_id
      JOIN groups_therapygroup g ON g.program_id = p.id
      JOIN LATERAL (
            SELECT *
              FROM groups_groupsession s
             WHERE s.group_id = g.id AND s.held_on BETWEEN reach.first_on AND reach.last_on
            OFFSET 0) s ON s.status = 'scheduled'
      JOIN LATERAL (
            SELECT r.count, r.min_minutes_per_day, r.counts
              FROM programs_hoursrule r
             WHERE r.program_id = p.id
               AND r.effective_from <=
                   s.held_on - (extract(isodow FROM s.held_on)::int + 6 - p.week_starts_on) %% 7
             ORDER BY r.effective_from DESC
             LIMIT 1) rule ON rule.counts IS NULL OR g.kind = ANY(rule.counts)
)"""

EXPECTED = """
members AS MATERIALIZED (
    SELECT spans.id AS span, spans.program_id, spans.leave, m.group_id,
           greatest(m.first_on, spans.first_on) AS first_on,
           least(m.last_on, spans.last_on) AS last_on
      FROM spans
      JOIN groups_groupmembership m ON m.enrollment_id = spans.enrollment_id
), expected AS (
    SELECT m.span, s.id AS session
      FROM members m
      JOIN LATERAL (
            SELECT s.id, s.held_on
              FROM groups_groupsession s
             WHERE s.group_id = m.group_id AND s.held_on BETWEEN m.first_on AND m.last_on
            OFFSET 0) s ON NOT m.leave @> s.held_on
     UNION
    SELECT spans.id, s.id
      FROM spans
      JOIN groups_makeupseat seat
        ON seat.enrollment_id = spans.enrollment_id AND seat.released_at IS NULL
      JOIN groups_groupsession s
        ON s.id = seat.session_id AND s.held_on BETWEEN spans.first_on AND spans.last_on
     WHERE NOT spans.leave @> s.held_on
)"""

CAME = f"""
came AS (
    SELECT spans.id AS span, h.id AS session, count(p.id) AS times,
           bool_or(p.id IS NOT NULL AND p.left_at IS NULL) AS is_open,
           range_agg(tstzrange({FROM_WHEN}, {TO_WHEN}))
               FILTER (WHERE p.id IS NOT NULL AND {FROM_WHEN} < {TO_WHEN}) AS stretches
      FROM spans
      JOIN attendance_attendancerecord r ON r.participant_id = spans.participant_id
      JOIN groups_groupsession h
        ON h.id = r.session_id AND h.held_on BETWEEN spans.first_on AND spans.last_on
      JOIN groups_therapygroup g ON g.id = h.group_id AND g.program_id = spans.program_id
      LEFT JOIN attendance_presence p ON p.record_id = r.id
     GROUP BY spans.id, h.id
)"""

# Dates after the calendar's end, each with the session four weeks or more before that repeats.
REPEATED = f"""
repeated AS (
    SELECT m.span, s.id AS session, target.held_on, calendars.ends_on
      FROM members m
      JOIN calendars ON calendars.program_id = m.program_id
       AND calendars.ends_on < coalesce(m.last_on, 'infinity')
      JOIN groups_groupsession s
        ON s.group_id = m.group_id
       AND s.held_on BETWEEN calendars.ends_on - {PACE_DAYS - 1} AND calendars.ends_on
      JOIN groups_meetingpattern slot ON slot.id = s.pattern_id
     CROSS JOIN LATERAL (
            SELECT s.held_on + turn * {PACE_DAYS} AS held_on
              FROM generate_series(1, (m.last_on - s.held_on) / {PACE_DAYS}) AS turn) target
     WHERE target.held_on BETWEEN m.first_on AND coalesce(slot.last_on, 'infinity')
       AND NOT m.leave @> target.held_on
)"""

WHOLE = "times = 1 AND stretches = tstzmultirange(tstzrange(h.starts_at, h.ends_at))"

# History brought in from elsewhere is closed: no record will come for it any more.
LINES = f"""
met AS (
    SELECT span, session, expected.session IS NOT NULL AS is_expected,
           came.session IS NOT NULL AS has_record, came.is_open, came.times, came.stretches,
           NULL::date AS repeated_on, NULL::date AS calendar_ends_on
      FROM expected FULL JOIN came USING (span, session)
     UNION ALL
    SELECT span, session, TRUE, FALSE, FALSE, 0, NULL, held_on, ends_on FROM repeated
), lines AS (
    SELECT span, coalesce(repeated_on, h.held_on) AS held_on, h.least, calendar_ends_on,
           CASE WHEN {WHOLE} THEN h.net WHEN times > 0
                THEN {counted_sql("stretches", "h.breaks", "h.count")} ELSE 0 END AS credited,
           CASE WHEN has_record OR h.ends_at > %(as_of)s OR h.closed_at IS NOT NULL
                     OR repeated_on IS NOT NULL
                THEN 0 ELSE h.net END AS unrecorded,
           CASE WHEN repeated_on IS NOT NULL THEN h.net
                WHEN NOT is_expected OR h.ends_at <= %(as_of)s THEN 0
                WHEN NOT has_record THEN h.net
                WHEN is_open THEN {counted_sql(AHEAD, "h.breaks", "h.count")}
                ELSE 0 END AS expected
      FROM met FULL JOIN held h USING (session)
     WHERE coalesce(span, 0) > 0 AND coalesce(h.net, -1) >= 0
)"""

DATES = f"""
{CALENDARS}, {HELD}, {EXPECTED}, {CAME}, {REPEATED}, {LINES}
SELECT span AS key, held_on, least, max(calendar_ends_on) AS calendar_ends_on,
       sum(credited)::int AS credited, sum(unrecorded)::int AS unrecorded,
       sum(expected)::int AS expected
  FROM lines
 GROUP BY span, held_on, least
 ORDER BY span, held_on
"""

DATES_OF_AUTHORIZATIONS = f"WITH {AUTHORIZATIONS}, {DATES}"
DATES_OF_EPISODES = f"WITH {EPISODES}, {DATES}"
