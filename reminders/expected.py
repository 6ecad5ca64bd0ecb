"""When people's days begin: the rosters of all sessions of any dates at once.

`groups/roster.py` says who is expected at one session; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection

from groups.models import SessionStatus
from reminders.expected_sql import FIRST_STARTS


class Start(NamedTuple):
    """When somebody's first session of a date begins, and the program in which they attend it."""

    at: datetime
    program_id: int


# By the participant whose record is kept, and the local date.
Starts = dict[tuple[int, date], Start]


def first_starts(people: Iterable[int], days: Iterable[date]) -> Starts:
    """Return when the days of these people (primary keys of records that are kept) begin.

    Whoever is not expected on a date is not in it: on leave, discharged, or with no session that
    is held. One statement, for any number of people and dates.
    """
    keys = sorted(set(people))
    return _first(keys, days) if keys else {}


def everyones_first_starts(days: Iterable[date]) -> Starts:
    """Return when the day of everybody begins who is expected on one of these dates."""
    return _first(None, days)


def _first(people: list[int] | None, days: Iterable[date]) -> Starts:
    asked = {"people": people, "days": sorted(set(days)), "scheduled": SessionStatus.SCHEDULED}
    if not asked["days"]:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(FIRST_STARTS, asked)
        return {(person, day): Start(at, program) for person, day, at, program in cursor}
