"""The first session of a week that is over and has no record for somebody expected at it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from hours.models import Alert, AlertKind
from hours.program_week import rows_of
from programs.weeks import DAYS

FIRST_WITHOUT_RECORD = """
SELECT asked.alert, s.public_id AS session_id, s.held_on, s.name,
       ARRAY(SELECT f.user_id FROM groups_facilitation f
              WHERE f.session_id = s.id AND NOT f.is_former) AS leaders
  FROM jsonb_to_recordset(%(asked)s::jsonb)
           AS asked(alert bigint, enrollment bigint, first_on date)
  JOIN programs_enrollment e ON e.id = asked.enrollment
  JOIN LATERAL (
        SELECT s.id, s.public_id, s.held_on, g.name
          FROM groups_groupsession s
          JOIN groups_therapygroup g ON g.id = s.group_id
         WHERE g.program_id = e.program_id AND s.status = 'scheduled'
           AND s.ends_at <= %(now)s
           AND s.held_on BETWEEN asked.first_on AND asked.first_on + %(days)s - 1
           AND s.held_on BETWEEN e.admitted_on AND coalesce(e.discharged_on, 'infinity')
           AND (EXISTS (SELECT FROM groups_groupmembership m
                         WHERE m.enrollment_id = e.id AND m.group_id = s.group_id
                           AND s.held_on BETWEEN m.first_on AND coalesce(m.last_on, 'infinity'))
                OR EXISTS (SELECT FROM groups_makeupseat seat
                            WHERE seat.session_id = s.id AND seat.enrollment_id = e.id
                              AND seat.released_at IS NULL))
           AND NOT EXISTS (SELECT FROM programs_leave l
                            WHERE l.participant_id = e.participant_id
                              AND s.held_on BETWEEN l.first_on AND coalesce(l.last_on, 'infinity'))
           AND NOT EXISTS (SELECT FROM attendance_attendancerecord r
                            WHERE r.session_id = s.id AND r.participant_id = e.participant_id)
         ORDER BY s.ends_at, s.id
         LIMIT 1) s ON true
"""


@dataclass(frozen=True)
class Unrecorded:
    """The session, as the page says it; `leaders` are the keys of who leads it."""

    session_id: uuid.UUID
    group: str
    held_on: date
    leaders: frozenset[int] = frozenset()


def unrecorded_sessions(alerts: Iterable[Alert], now: datetime) -> dict[int, Unrecorded]:
    """Return the session of each alert that a record is missing, by its key; one statement.

    An alert whose record has just been made is left out.
    """
    asked = [
        {"alert": each.pk, "enrollment": each.enrollment_id, "first_on": each.week_on.isoformat()}
        for each in alerts
        if each.kind == AlertKind.UNRECORDED
    ]
    if not asked:
        return {}
    values = {"asked": json.dumps(asked), "now": now, "days": DAYS}
    return {
        row.alert: Unrecorded(row.session_id, row.name, row.held_on, frozenset(row.leaders))
        for row in rows_of(FIRST_WITHOUT_RECORD, values)
    }
