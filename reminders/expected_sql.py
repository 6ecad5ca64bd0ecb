"""The statement behind the days of people: when each one's first session of a date begins.

`%(people)s` are the keys of records that are kept, or NULL for everybody; `%(days)s` the dates,
`%(scheduled)s` the status of a session that takes place. It is written out because a sender asks
it anew for each message, and having it built takes longer than having it answered.
"""

from __future__ import annotations

FIRST_STARTS = """
WITH records AS (
    SELECT p.id, coalesce(p.merged_into_id, p.id) AS person
      FROM programs_participant p
     WHERE %(people)s::bigint[] IS NULL
        OR p.id = ANY(%(people)s::bigint[])
        OR p.merged_into_id = ANY(%(people)s::bigint[])
), enrolled AS (
    SELECT r.person, e.id, e.participant_id, e.program_id, e.admitted_on, e.discharged_on
      FROM records r
      JOIN programs_enrollment e ON e.participant_id = r.id
), held AS (
    -- A group they belong to on the date, or a make-up seat they have not given back.
    SELECT e.*, s.held_on, s.starts_at
      FROM enrolled e
      JOIN groups_groupmembership m ON m.enrollment_id = e.id
      JOIN groups_groupsession s ON s.group_id = m.group_id
     WHERE s.held_on = ANY(%(days)s::date[]) AND s.status = %(scheduled)s
       AND m.first_on <= s.held_on AND (m.last_on IS NULL OR m.last_on >= s.held_on)
     UNION ALL
    SELECT e.*, s.held_on, s.starts_at
      FROM enrolled e
      JOIN groups_makeupseat t ON t.enrollment_id = e.id AND t.released_at IS NULL
      JOIN groups_groupsession s ON s.id = t.session_id
     WHERE s.held_on = ANY(%(days)s::date[]) AND s.status = %(scheduled)s
)
SELECT DISTINCT ON (h.person, h.held_on) h.person, h.held_on, h.starts_at, h.program_id
  FROM held h
 WHERE h.admitted_on <= h.held_on
   AND (h.discharged_on IS NULL OR h.discharged_on >= h.held_on)
   AND NOT EXISTS (
       SELECT FROM programs_leave l
        WHERE l.participant_id = h.participant_id AND l.first_on <= h.held_on
          AND (l.last_on IS NULL OR l.last_on >= h.held_on))
 ORDER BY h.person, h.held_on, h.starts_at, h.program_id
"""
