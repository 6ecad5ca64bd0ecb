"""How many messages somebody had today and this week, whichever program they were from."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from programs.weeks import instant, local_date, week_containing
from reminders.models import ReminderKind, ReminderRule
from reminders.planning.telling import ARRIVED

# Found by the person, of whom there are few messages; of the week there are everybody's.
HAD = """
SELECT count(*) FILTER (WHERE m.claimed_at >= %(day_from)s AND m.claimed_at < %(day_until)s),
       count(*)
  FROM programs_participant p
  JOIN reminders_reminder m ON m.participant_id = p.id
 WHERE (p.id = %(person)s OR p.merged_into_id = %(person)s)
   AND m.status = ANY(%(arrived)s) AND m.kind <> %(response)s
   AND m.claimed_at >= %(week_from)s AND m.claimed_at < %(week_until)s
"""


def is_one_too_many(
    person: int, *, now: datetime, zone: ZoneInfo, week_starts_on: int, rule: ReminderRule
) -> bool:
    """Return whether the rule's most a day, or a week, has gone to the person; one statement.

    Days and weeks are the recipient's, whose `zone` it is. What may have arrived counts; what was
    said back to them when they wrote does not. `person` is the key of the record that is kept.
    """
    today = local_date(now, zone)
    week = week_containing(today, starts_on=week_starts_on, zone=zone)
    asked: dict[str, Any] = {
        "person": person,
        "arrived": [str(each) for each in ARRIVED],
        "response": ReminderKind.RESPONSE,
        "day_from": instant(today, time(), zone),
        "day_until": instant(today + timedelta(days=1), time(), zone),
        "week_from": week.starts_at,
        "week_until": week.ends_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(HAD, asked)
        day, in_week = cursor.fetchone()
    return day >= rule.most_a_day or in_week >= rule.most_a_week
