"""When somebody is called after a discharge."""

from __future__ import annotations

from datetime import date, timedelta

from programs.models import FOLLOW_UP_DAYS


def follow_up_dates(last_on: date) -> list[tuple[int, date]]:
    """Return after how many days, and on which dates, somebody is called."""
    return [(days, last_on + timedelta(days=days)) for days in FOLLOW_UP_DAYS]
