"""Makes reminders that are due now: `python -m tests.reminders.fault_seed HOW_MANY [MINUTES]`.

A program of its own, since it writes to the database of the workers and not to that of the tests.
They expire after so many minutes, a quarter of an hour where it is not said.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

EVENING = 18
MINUTES = "15"


def main(how_many: int, minutes: int) -> None:
    """Fill the database named by DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iop.settings")
    import django

    django.setup()
    from tests.reminders.due_rows import make_due

    now = datetime.now(UTC)
    make_due(how_many, now=now, minutes=minutes, zone=evening_zone(now))


def evening_zone(now: datetime) -> str:
    """Return a zone whose local hour is EVENING now, when reminders of tomorrow may go out."""
    ahead = (EVENING - now.hour + 11) % 24 - 11
    # The sign of these names counts westward.
    return f"Etc/GMT{-ahead:+d}"


if __name__ == "__main__":
    main(int(sys.argv[1]), int("".join(sys.argv[2:3]) or MINUTES))
