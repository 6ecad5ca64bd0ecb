"""When a reminder goes out: the evening before, at the site, and not at night."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from programs.weeks import instant, local_date

# Six in the evening: after a day's work, with time left to call the site back.
GOES_OUT = time(18, 0)
# Nobody is written to after nine in the evening; late is worse than never.
ENDS = time(21, 0)


def day_reminded_of(now: datetime, zone: ZoneInfo) -> date:
    """Return the date that reminders of this moment are about: tomorrow, at the site."""
    return local_date(now, zone) + timedelta(days=1)


def due_at(day: date, zone: ZoneInfo) -> datetime:
    """Return when reminders about that date go out."""
    return instant(day - timedelta(days=1), GOES_OUT, zone)


def is_too_late(day: date, now: datetime, zone: ZoneInfo) -> bool:
    """Return whether the evening before that date is over for reminders."""
    return now >= instant(day - timedelta(days=1), ENDS, zone)
