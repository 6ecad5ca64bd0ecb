"""How many minutes somebody leads in a week, said twice: once for PostgreSQL, once in Python.

What is led are the net minutes of the sessions that are held and that one leads: a cancelled
session counts for nobody, one led by two counts for both, and who was replaced led nothing. A
session belongs to the week that holds its date on the wall calendar of its own site. A test draws
sessions and weeks and holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from groups.counting import Span, counted, counted_sql
from programs.models import Count, Program
from programs.weeks import DAYS, Week, local_date

WHOLE = "tstzmultirange(tstzrange(s.starts_at, s.ends_at))"

LED = f"""
SELECT f.user_id, (s.held_on - %(first)s::date) / {DAYS} AS number,
       sum({counted_sql(WHOLE, "s.breaks", f"'{Count.NET_MINUTES}'")}) AS minutes,
       g.program_id = %(program)s AS is_here
  FROM groups_facilitation f
  JOIN groups_groupsession s ON s.id = f.session_id
  JOIN groups_therapygroup g ON g.id = s.group_id
 WHERE f.user_id = ANY(%(users)s) AND NOT f.is_former AND s.status = 'scheduled'
   AND s.held_on BETWEEN %(first)s AND %(last)s
 GROUP BY f.user_id, number, is_here
"""  # noqa: S608 (its parts are ours)


@dataclass(frozen=True)
class Led:
    """Minutes led in one week: in the program asked about, and in all others together."""

    here: int = 0
    elsewhere: int = 0

    @property
    def total(self) -> int:
        return self.here + self.elsewhere


@dataclass(frozen=True)
class LedSession:
    """A session of a group that is held, with one of those who lead it; breaks in order."""

    user: int
    program: int
    starts_at: datetime
    ends_at: datetime
    breaks: tuple[Span, ...]
    zone: ZoneInfo
    group: str = ""

    @property
    def minutes(self) -> int:
        """Its net minutes."""
        return counted([(self.starts_at, self.ends_at)], self.breaks, Count.NET_MINUTES)

    def is_in(self, week: Week) -> bool:
        return week.first_on <= local_date(self.starts_at, self.zone) <= week.last_on


def led_by_week(
    users: Collection[int], first: Week, weeks: int, *, program: Program
) -> dict[tuple[int, date], Led]:
    """Return what each user leads in so many weeks from `first` on; one statement.

    By user (key) and first day of the week, also where it is nothing.
    """
    shown = [first.moved(number) for number in range(weeks)]
    found: dict[tuple[int, int], dict[bool, int]] = defaultdict(dict)
    values: dict[str, Any] = {
        "users": list(users),
        "program": program.pk,
        "first": first.first_on,
        "last": shown[-1].last_on,
    }
    with connection.cursor() as cursor:
        cursor.execute(LED, values)
        for user, number, minutes, is_here in cursor.fetchall():
            found[user, number][is_here] = minutes
    return {
        (user, week.first_on): _led(found[user, number])
        for user in users
        for number, week in enumerate(shown)
    }


def _led(minutes: Mapping[bool, int]) -> Led:
    return Led(here=minutes.get(True, 0), elsewhere=minutes.get(False, 0))


def led_of(sessions: Iterable[LedSession], user: int, week: Week, *, program: Program) -> Led:
    """Return what the user leads in the week, out of these sessions."""
    mine = [each for each in sessions if each.user == user and each.is_in(week)]
    here = sum(each.minutes for each in mine if each.program == program.pk)
    return Led(here, sum(each.minutes for each in mine) - here)
