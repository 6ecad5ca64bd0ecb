"""A change of tables beside pages that are being served: it waits for a lock shortly, then anew.

Whoever waits for a table's lock has everybody behind them wait, too, readers included. So after a
few seconds the change lets go, the pages go through, and it tries again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

LOCK_SECONDS, TRIES = 3, 20
# How long the pages have the tables for themselves before the next try.
LONGEST_PAUSE_SECONDS = 10.0
Result = TypeVar("Result")


def is_lock_refused(error: OperationalError) -> bool:
    """Return whether a lock was waited for as long as is allowed, and not got."""
    return isinstance(error.__cause__, LockNotAvailable)


def patiently(
    change: Callable[[], Result],
    *,
    say: Callable[[str], object],
    lock_seconds: float = LOCK_SECONDS,
    tries: int = TRIES,
) -> Result:
    """Run the change of tables; return what it returns.

    `lock_seconds` is how long a statement may wait for a lock. Where it does not get it, `say` is
    told, and the change begins again after a pause as long as that; what was migrated before stays.
    Raises OperationalError after so many tries.
    """
    for number in range(1, tries + 1):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('lock_timeout', %s, false)", [f"{lock_seconds * 1000:.0f}ms"]
            )
        try:
            return change()
        except OperationalError as error:
            if number == tries or not is_lock_refused(error):
                raise
        say(f"A table is in use; let go of it after {lock_seconds:g} s (try {number} of {tries}).")
        time.sleep(min(lock_seconds, LONGEST_PAUSE_SECONDS))
    raise AssertionError("the last try returns or raises")
