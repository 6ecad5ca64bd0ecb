"""The steps of an import in order, so that whoever waits is told how far it is."""

from __future__ import annotations

from collections.abc import Callable

from attendance.clinic_folder.problems import FILES

STORED, CALENDAR, CHECKS = "stored", "calendar", "checks"
WRITING = tuple(
    f"write {table}"
    for table in ("clinic", "people", "groups", "memberships", "attendance", "lessons")
)
STEPS = (*FILES, STORED, CALENDAR, CHECKS, *WRITING)

# Told the step that begins, one of STEPS.
Begin = Callable[[str], None]


def tell_nobody(step: str) -> None:
    """Let the step begin unseen."""
