"""The weekly sweep in a process of its own: how long it takes, and how much memory at the most."""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import time
from datetime import datetime
from pathlib import Path


def main(moment: str) -> None:
    """Sweep twice as of the moment, and tell it as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.db import connection

    from hours.actions import check_weekly_hours
    from hours.models import Alert

    connection.ensure_connection()
    now = datetime.fromisoformat(moment)
    told: dict[str, float] = {"before": peak_memory()}
    for which in ("first", "again"):
        begun = time.perf_counter()
        check_weekly_hours(now=now, by=None)
        told[which] = time.perf_counter() - begun
    told |= {"peak": peak_memory(), "alerts": Alert.objects.filter(resolved_at=None).count()}
    print(json.dumps(told))


def peak_memory() -> float:
    """Return the most memory this process has held, in megabytes.

    On Linux getrusage counts what the parent held, too, when it made this process.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"^VmHWM:\s+(\d+) kB", status.read_text(), re.MULTILINE)
        assert found
        return int(found[1]) / (1 << 10)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


if __name__ == "__main__":
    main(sys.argv[1])
