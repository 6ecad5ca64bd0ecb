"""Weeks: the only place that knows Monday, midnight and the zone.

A week is seven local dates. Its start and end are instants at local midnight, so the week in
which the clocks change is an hour longer or shorter than the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = 7


@dataclass(frozen=True)
class Week:
    """Seven local dates of one zone, the first included and the last included."""

    first_on: date
    zone: ZoneInfo

    @property
    def last_on(self) -> date:
        return self.first_on + timedelta(days=DAYS - 1)

    @property
    def dates(self) -> tuple[date, ...]:
        return tuple(self.first_on + timedelta(days=day) for day in range(DAYS))

    @property
    def starts_at(self) -> datetime:
        """The instant of the first local midnight, in UTC."""
        return instant(self.first_on, time(), self.zone)

    @property
    def ends_at(self) -> datetime:
        """The instant after the last date ends, in UTC; not part of the week."""
        return instant(self.first_on + timedelta(days=DAYS), time(), self.zone)

    def is_over(self, as_of: datetime) -> bool:
        return as_of >= self.ends_at

    def moved(self, weeks: int) -> Week:
        """Return the week that many weeks later (earlier where negative)."""
        return Week(self.first_on + timedelta(days=DAYS * weeks), self.zone)


def week_containing(day: date, *, starts_on: int, zone: ZoneInfo) -> Week:
    """Return the week of `day` where weeks start on weekday `starts_on` (Monday is 0)."""
    return Week(day - timedelta(days=(day.weekday() - starts_on) % DAYS), zone)


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """Return the date on the wall calendar of the zone."""
    return moment.astimezone(zone).date()


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, of a local date and wall-clock time.

    A time that happens twice when clocks go back means the first one; a time that is skipped
    when they go forward means as many minutes after the jump.
    """
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def whole_minute(moment: datetime) -> datetime:
    """Return the moment with its seconds cut off: a tap means the minute it falls in."""
    return moment.replace(second=0, microsecond=0)
