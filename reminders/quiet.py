"""Quiet hours: when nothing goes out to somebody, by the clock of their zone.

Where the clocks change inside them, and a time happens twice or not at all, the longer reading is
quiet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from programs.weeks import instant, local_date

# Quiet hours of one day overlap those of the next at most by a change of the clocks.
DAYS_AROUND = 3


@dataclass(frozen=True)
class Quiet:
    """A stretch of quiet hours: the start is quiet, the end no more."""

    starts_at: datetime
    ends_at: datetime

    def holds(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at


def is_within(clock: time, begins: time, ends: time) -> bool:
    """Whether the time on the wall is in such quiet hours; they go past midnight if need be."""
    if begins < ends:
        return begins <= clock < ends
    return clock >= begins or clock < ends


def quiets_around(moment: datetime, *, begins: time, ends: time, zone: ZoneInfo) -> Iterator[Quiet]:
    """Yield the quiet hours of the days around a moment in order; those that meet are one."""
    today = local_date(moment, zone)
    last: Quiet | None = None
    for ahead in range(-DAYS_AROUND, DAYS_AROUND + 1):
        each = _quiet_from(today + timedelta(days=ahead), begins, ends, zone)
        if last is None or each.starts_at > last.ends_at:
            if last is not None:
                yield last
            last = each
        else:
            last = Quiet(last.starts_at, max(last.ends_at, each.ends_at))
    if last is not None:
        yield last


@lru_cache(maxsize=4096)
def _quiet_from(day: date, begins: time, ends: time, zone: ZoneInfo) -> Quiet:
    """Return the quiet hours that begin on the date; they may end on the next."""
    ends_on = day + timedelta(days=1) if begins > ends else day
    return Quiet(min(_readings(day, begins, zone)), max(_readings(ends_on, ends, zone)))


def _readings(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return both instants that a local time may mean; as a rule they are one."""
    return instant(day, clock, zone), instant(day, clock.replace(fold=1), zone)
