"""The geometry of the calendar: quarters of an hour on the wall clock, and the hours shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

QUARTER = 15
PER_HOUR = 4
PER_DAY = 24 * PER_HOUR
# What an empty week shows.
OFFICE_HOURS = (36, 68)


@dataclass(frozen=True)
class Hours:
    """The hours shown, from the first to the last one, which is excluded."""

    first: int
    last: int

    @property
    def labels(self) -> range:
        return range(self.first, self.last)

    @property
    def count(self) -> int:
        return self.last - self.first

    def row(self, quarter: int) -> int:
        """Return the row of a quarter of the day, from 1."""
        return quarter - self.first * PER_HOUR + 1

    def holds(self, quarter: int) -> bool:
        return self.first * PER_HOUR <= quarter < self.last * PER_HOUR


def quarters(
    starts_at: datetime, ends_at: datetime, held_on: date, zone: ZoneInfo
) -> tuple[int, int]:
    """Return the quarters of the day a session takes on the wall clock, rounded outward.

    Where the clocks go back in its middle it may seem to end before it starts: it keeps one
    quarter, so that it is seen.
    """
    start = wall_minute(starts_at, held_on, zone) // QUARTER
    end = -(-wall_minute(ends_at, held_on, zone) // QUARTER)
    start = min(start, PER_DAY - 1)
    return start, min(max(end, start + 1), PER_DAY)


def wall_minute(moment: datetime, held_on: date, zone: ZoneInfo) -> int:
    """Return the minute of the day that the clock on the wall shows; 1440 at the midnight after."""
    local = moment.astimezone(zone)
    return (local.date() - held_on).days * 1440 + local.hour * 60 + local.minute


def hours_shown(spans: Iterable[tuple[int, int]]) -> Hours:
    """Return the full hours that hold all spans, with a little air above and below."""
    found = list(spans) or [OFFICE_HOURS]
    first = max(0, min(start for start, _ in found) - 1) // PER_HOUR
    last = max(end for _, end in found) // PER_HOUR + 1
    return Hours(first, min(24, last))
