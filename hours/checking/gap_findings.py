"""Who has not been there for more days in a row than the rule of the week allows.

One statement for any number of weeks, whatever the number of people.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from hours.checking.finding import Finding
from hours.checking.gap import A_DAY, largest_gap
from hours.models import AlertKind
from hours.program_week import rows_of
from hours.sums.asked import Asked
from programs.weeks import local_date

# `%(asked)s` is a list of objects: the program's key, the week's first date and the last one that
# counts, and the first date at which a gap that is too long begins if it ends with the day before
# the week. Any stretch in a session of the program that is held is attendance, also in groups that
# do not count. Leave and closures are cut to the dates that matter: leave may be open.
#
# Almost everybody was there within those dates. They are read once for all weeks and people, by
# session; further back is looked only for who was not, one person at a time. The stretches of a
# session are asked for their times and not their spans: the index that holds those serves people.
ATTENDED_AND_AWAY = """
WITH asked AS MATERIALIZED (
    SELECT *
      FROM jsonb_to_recordset(%(asked)s::jsonb)
               AS asked(place int, program_id bigint, since date, first_on date, last_on date)
), attended AS MATERIALIZED (
    SELECT DISTINCT g.program_id, p.participant_id, s.held_on
      FROM (SELECT program_id, min(since) AS since, max(last_on) AS last_on
              FROM asked GROUP BY program_id) reach
      JOIN groups_therapygroup g ON g.program_id = reach.program_id
      JOIN LATERAL (
            SELECT *
              FROM groups_groupsession s
             WHERE s.group_id = g.id AND s.held_on BETWEEN reach.since AND reach.last_on
            OFFSET 0) s ON s.status = 'scheduled'
      JOIN attendance_presence p ON p.session_id = s.id
     WHERE greatest(p.arrived_at, s.starts_at) < least(p.left_at, s.ends_at)
), people AS MATERIALIZED (
    SELECT asked.place, asked.program_id, asked.first_on, asked.last_on, asked.since,
           program.site_id, e.id, e.participant_id, e.admitted_on, e.discharged_on,
           array_agg(attended.held_on) FILTER (WHERE attended.held_on IS NOT NULL) AS dates,
           coalesce(min(attended.held_on) < asked.first_on, false)
               OR e.admitted_on >= asked.since AS is_known
      FROM asked
      JOIN programs_program program ON program.id = asked.program_id
      JOIN programs_enrollment e
        ON e.program_id = asked.program_id AND e.admitted_on <= asked.last_on
       AND coalesce(e.discharged_on, 'infinity') >= greatest(e.admitted_on, asked.first_on)
      LEFT JOIN attended
        ON attended.program_id = e.program_id AND attended.participant_id = e.participant_id
       AND attended.held_on BETWEEN asked.since AND asked.last_on
     GROUP BY asked.place, asked.program_id, asked.first_on, asked.last_on, asked.since, e.id,
              program.site_id
)
SELECT people.place, people.id AS enrollment_key, people.admitted_on, people.discharged_on,
       people.dates, before.held_on AS last_before,
       (SELECT array_agg(DISTINCT day::date)
          FROM (SELECT l.first_on, l.last_on FROM programs_leave l
                 WHERE l.participant_id = people.participant_id
                UNION ALL
                SELECT c.first_on, c.last_on FROM programs_closure c
                 WHERE c.site_id = people.site_id AND c.removed_at IS NULL
                   AND (c.program_id IS NULL OR c.program_id = people.program_id)) off,
               generate_series(
                   greatest(off.first_on, people.admitted_on, before.held_on)::timestamp,
                   least(off.last_on, people.last_on)::timestamp, '1 day') AS day) AS away
  FROM people
  LEFT JOIN LATERAL (
        SELECT max(s.held_on) AS held_on
          FROM attendance_presence p
          JOIN groups_groupsession s ON s.id = p.session_id
          JOIN groups_therapygroup g ON g.id = s.group_id
         WHERE NOT people.is_known AND p.participant_id = people.participant_id
           AND NOT isempty(p.span)
           AND s.status = 'scheduled' AND g.program_id = people.program_id
           AND s.held_on >= people.admitted_on AND s.held_on < people.since
       ) before ON true
"""


def gap_findings(asked: Sequence[Asked], *, as_of: datetime) -> list[Finding]:
    """Return a finding for everybody whose gap is larger than their week's rule allows.

    Nothing, and no statement, where no rule asks.
    """
    asking = [
        each
        for each in asked
        if each.rule.max_gap_days is not None and each.week.first_on < _today(each, as_of)
    ]
    return list(_findings(asking, as_of)) if asking else []


def _findings(asking: Sequence[Asked], as_of: datetime) -> Iterator[Finding]:
    for row in rows_of(ATTENDED_AND_AWAY, {"asked": _as_json(asking, as_of)}):
        each = asking[row.place]
        days = largest_gap(
            first_on=each.week.first_on,
            last_on=each.week.last_on,
            admitted_on=row.admitted_on,
            discharged_on=row.discharged_on,
            today=_today(each, as_of),
            attended=_dates(row),
            away=frozenset(row.away or ()),
        )
        if days > (each.rule.max_gap_days or 0):
            yield Finding(row.enrollment_key, each.week.first_on, AlertKind.GAP, days=days)


def _today(asked: Asked, as_of: datetime) -> date:
    return local_date(as_of, asked.week.zone)


def _dates(row: Any) -> Collection[date]:
    return frozenset([*(row.dates or ()), *([row.last_before] if row.last_before else ())])


def _as_json(asking: Sequence[Asked], as_of: datetime) -> str:
    weeks = [
        {
            "place": place,
            "program_id": each.program_key,
            "since": (each.week.first_on - (each.rule.max_gap_days or 0) * A_DAY).isoformat(),
            "first_on": each.week.first_on.isoformat(),
            "last_on": min(each.week.last_on, _today(each, as_of) - A_DAY).isoformat(),
        }
        for place, each in enumerate(asking)
    ]
    return json.dumps(weeks)
