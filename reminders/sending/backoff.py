"""When a message is tried again of which nothing was taken: later and later."""

from __future__ import annotations

from datetime import datetime, timedelta

MINUTES = (1, 2, 4, 8, 15)
# Up to a fifth more, so that what failed at once is not tried at once again.
SPREAD = 0.2
# Knuth's multiplier: keys that follow each other come out far apart.
MULTIPLIER, SPACE = 2_654_435_761, 2**32


def next_try(now: datetime, *, attempts: int, key: int) -> datetime:
    """Return when to try again after this many attempts (1 or more); the same for the same key."""
    minutes = MINUTES[min(attempts, len(MINUTES)) - 1]
    share = (key * MULTIPLIER % SPACE) / SPACE
    return now + timedelta(minutes=minutes * (1 + SPREAD * share))
