"""Reads the sums of many weeks, in one statement however many they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from hours.sums.asked import Asked
from hours.sums.sums_sql import WEEK_SUMS
from hours.sums.week_sums import WeekSums
from hours.weekly_hours import Amounts, Days, tag_of_dates
from programs.weeks import whole_minute


def week_sums(
    asked: Sequence[Asked], *, as_of: datetime, only_troubled: bool = False
) -> list[WeekSums]:
    """Return one `WeekSums` for every enrollment that touches a week asked for; one statement.

    They come in the order of what is asked. `as_of` moves the clock only, and is cut to the whole
    minute. With `only_troubled`, whoever is well and recorded is left out: nothing is short, over
    a maximum or without a record.
    """
    if not asked:
        return []
    as_of = whole_minute(as_of)
    values = asked_values(asked) | {"as_of": as_of, "only_troubled": only_troubled}
    with connection.cursor() as cursor:
        cursor.execute(WEEK_SUMS, values)
        return [_sums_of(row, asked, as_of) for row in cursor.fetchall()]


def asked_values(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return what the statements ask by: arrays with one entry per week, in order."""
    weeks, rules = [each.week for each in asked], [each.rule for each in asked]
    return {
        "program": [each.program_key for each in asked],
        "first_on": [week.first_on for week in weeks],
        "last_on": [week.last_on for week in weeks],
        "ends_at": [each.ends_at for each in asked],
        "count": [rule.count for rule in rules],
        "kinds": [_listed(rule.counts) for rule in rules],
        "min_week": [rule.min_minutes_per_week for rule in rules],
        "max_week": [rule.max_minutes_per_week for rule in rules],
        "min_days": [rule.min_days_per_week for rule in rules],
        "min_day": [rule.min_minutes_per_day for rule in rules],
        "earliest": min(week.first_on for week in weeks),
        "latest": max(week.last_on for week in weeks),
    }


def _listed(kinds: Iterable[str] | None) -> str | None:
    return None if kinds is None else ",".join(kinds)


def _sums_of(row: tuple[Any, ...], asked: Sequence[Asked], as_of: datetime) -> WeekSums:
    place, key, public_id, admitted_on, discharged_on, is_away, is_closed, *sums = row
    required, offered, attended, unrecorded, remaining, smallest, *days, since = sums
    each = asked[place - 1]
    return WeekSums(
        asked=each,
        as_of=as_of,
        enrollment_key=key,
        enrollment_id=public_id,
        admitted_on=admitted_on,
        tag=tag_of_dates(
            each.week, admitted_on, discharged_on, is_away=bool(is_away), is_closed=is_closed
        ),
        required=required,
        amounts=Amounts(offered, attended, unrecorded, remaining, smallest),
        days=Days(*days),
        unrecorded_since=since,
    )
