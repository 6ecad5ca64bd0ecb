"""What the clock does in the next quarter of an hour, done at once: the last turn, and settling.

`python -m tests.reminders.fault_end`, with the clock ahead of what is tried again later.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

# After most retries, before the reminders expire; then after a claim is given up.
BEFORE, AFTER = timedelta(minutes=12), timedelta(minutes=16)


def main() -> None:
    """Send what is due by then, then settle what is left."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iop.settings")
    import django

    django.setup()
    from reminders.sending.actions import expire_overdue, send_due, settle_unknown

    def clock() -> datetime:
        return datetime.now(UTC) + BEFORE

    send_due(channel="email", clock=clock, until=clock() + timedelta(seconds=60))
    later = datetime.now(UTC) + AFTER
    settle_unknown(now=later, by=None)
    expire_overdue(now=later, by=None)


if __name__ == "__main__":
    main()
