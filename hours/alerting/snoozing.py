"""How long an alert can wait: from tomorrow on, two weeks at most."""

from __future__ import annotations

from datetime import date, timedelta

MOST_DAYS = 14


def last_day(today: date) -> date:
    """Return the last date until which it can be put off today."""
    return today + timedelta(days=MOST_DAYS)


def can_wait_until(day: date, today: date) -> bool:
    """Return whether it can be put off until this date. Until today would be no putting off."""
    return today < day <= last_day(today)
