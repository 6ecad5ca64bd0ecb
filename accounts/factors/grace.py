"""Until when one may go on without a second factor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Grace:
    """The time that is left to set up a second factor; at `ends_at` it is over."""

    ends_at: datetime
    is_over: bool


def grace(*, asked_at: datetime, days: int, now: datetime) -> Grace:
    """Return the grace of who was first asked at `asked_at`; with 0 days there is none."""
    ends_at = asked_at + timedelta(days=days)
    return Grace(ends_at, is_over=now >= ends_at)
