"""When a session really began and ended: times of its date, as typed on the wall clock there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from programs.weeks import instant


def nearest(day: date, clock: time, zone: ZoneInfo, *, planned: datetime) -> datetime:
    """Return the instant of the local time; of an hour that comes twice, the nearer to `planned`.

    A time that is skipped when the clocks go forward is as many minutes after the jump.
    """
    first = instant(day, clock, zone)
    second = datetime.combine(day, clock, tzinfo=zone).replace(fold=1).astimezone(UTC)
    comes_twice = second > first
    if comes_twice and abs(second - planned) < abs(first - planned):
        return second
    return first
