"""Whether somebody's need of this level of care is certified on a date, and for how long yet."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

SOON = timedelta(days=14)


class Certified(Enum):
    """How it stands with the certification."""

    MISSING = "missing"
    STANDING = "standing"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


def certified_on(due_on: date | None, today: date) -> Certified:
    """Return how it stands when the latest certification is due on `due_on`; None: there is none.

    On the day itself it is still due, and overdue from the day after.
    """
    if due_on is None:
        return Certified.MISSING
    if due_on < today:
        return Certified.OVERDUE
    return Certified.DUE_SOON if due_on - today <= SOON else Certified.STANDING
