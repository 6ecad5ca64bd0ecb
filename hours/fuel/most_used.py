"""The most that can be used of an authorization: a bound that needs no rule of hours.

Most authorizations are nowhere near their last unit. The bound says so for thousands of them from
the stretches of presence alone; the gauge (`hours/fuel/reading.py`) is for the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hours.program_week import rows_of
from programs.authorizing.page import MINUTES_OF
from programs.models import Authorization, Unit

# The dates with a stretch in a session of the program that is held, and the minutes of all of them.
# An open stretch goes on to the session's end. What each session counts, and when, is left aside.
# The sessions are read once for everybody, then joined to the people by hash.
STRETCHES = """
WITH spans AS MATERIALIZED (
    SELECT a.id, e.participant_id, e.program_id, greatest(a.first_on, e.admitted_on) AS first_on,
           least(a.last_on, e.discharged_on) AS last_on
      FROM programs_authorization a
      JOIN programs_enrollment e ON e.id = a.enrollment_id
     WHERE a.id = ANY(%(keys)s)
), there AS MATERIALIZED (
    SELECT g.program_id, p.participant_id, s.held_on,
           least(p.left_at, s.ends_at) - greatest(p.arrived_at, s.starts_at) AS lasted
      FROM (SELECT program_id, min(first_on) AS first_on, max(last_on) AS last_on
              FROM spans GROUP BY program_id) reach
      JOIN groups_therapygroup g ON g.program_id = reach.program_id
      JOIN LATERAL (
            SELECT *
              FROM groups_groupsession s
             WHERE s.group_id = g.id AND s.held_on BETWEEN reach.first_on AND reach.last_on
            OFFSET 0) s ON s.status = 'scheduled'
      JOIN attendance_presence p ON p.session_id = s.id
     WHERE greatest(p.arrived_at, s.starts_at) < least(p.left_at, s.ends_at)
)
SELECT spans.id AS key, count(DISTINCT there.held_on) AS dates,
       coalesce(extract(epoch FROM sum(there.lasted))::int / 60, 0) AS minutes
  FROM spans
  LEFT JOIN there
    ON there.program_id = spans.program_id AND there.participant_id = spans.participant_id
   AND there.held_on BETWEEN spans.first_on AND spans.last_on
 GROUP BY spans.id
"""


def most_used(authorizations: Sequence[Authorization]) -> dict[int, int]:
    """Return the most units that can be used of each, by key; one statement for all."""
    units = {each.pk: each.unit for each in authorizations}
    rows: Any = rows_of(STRETCHES, {"keys": list(units)}) if units else ()
    return {
        row.key: most_units(dates=row.dates, minutes=row.minutes, unit=units[row.key])
        for row in rows
    }


def most_units(*, dates: int, minutes: int, unit: str) -> int:
    """Return the most units that so many dates, and minutes in all of them, can come to.

    A date is one day at most. Units of time are cut to whole ones date by date, so that all minutes
    together come to no fewer; a rule in clinical hours makes six minutes of five, and none more.
    """
    if unit == Unit.DAY:
        return dates
    return minutes * 6 // 5 // MINUTES_OF[Unit(unit)]
