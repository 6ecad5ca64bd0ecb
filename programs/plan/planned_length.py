"""How long an episode is planned, in weeks, and whether that is usual."""

from __future__ import annotations

from datetime import date

USUAL_WEEKS = (8, 12)


def weeks_planned(admitted_on: date, planned_on: date) -> int:
    """Return the weeks from the first day to the planned last one, a begun week counted whole."""
    days = (planned_on - admitted_on).days + 1
    return -(-days // 7)


def is_usual(weeks: int) -> bool:
    """Return whether programs usually last so many weeks: 8 to 12."""
    least, most = USUAL_WEEKS
    return least <= weeks <= most
