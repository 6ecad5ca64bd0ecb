"""A worker of its own that checks every program, a few at a time, and says so after each batch."""

from __future__ import annotations

import os
import sys
from datetime import datetime


def main(moment: str, batch: str) -> None:
    """Print the number of the database's process, then a line when everything is checked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.db import connection

    from hours import actions

    actions.BATCH = int(batch)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        print(cursor.fetchone()[0], flush=True)
    actions.check_weekly_hours(now=datetime.fromisoformat(moment), by=None)
    print("checked", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
