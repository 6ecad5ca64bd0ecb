"""Whether an entry was made later than on the day of its session."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from programs.weeks import local_date


def is_late_entry(recorded_at: datetime, held_on: date, zone: ZoneInfo) -> bool:
    """Say whether something was put on record after its session's own date, on the clinic's clock.

    Attendance is recorded and signed on the day itself; what comes later is called late.
    """
    return local_date(recorded_at, zone) > held_on
