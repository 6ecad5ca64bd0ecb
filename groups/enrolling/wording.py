"""How amounts and weekly slots are written: `9 h 30 min`, `Mon, Thu 10:45 AM to 12:15 PM`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from groups.meeting_dates import WeeklySlot

NARROW = "\N{NO-BREAK SPACE}"
A_MONDAY = date(2026, 11, 23)


def hours(minutes: int) -> str:
    """Return minutes as the weekly hours write them (`hours/wording.py`; a test holds the two)."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return f"{whole}{NARROW}h"
    return f"{whole}{NARROW}h{NARROW}{rest:02}{NARROW}min" if whole else f"{rest}{NARROW}min"


def short_hours(minutes: int) -> str:
    """Return the same for narrow places: `3 h 30`."""
    whole, rest = divmod(minutes, 60)
    return hours(minutes) if not rest or not whole else f"{whole}{NARROW}h{NARROW}{rest:02}"


def slots_in_words(slots: Iterable[WeeklySlot]) -> str:
    """Return the slots, days of the same times together: `Mon, Wed 9:00 AM to 10:30 AM`."""
    days: dict[tuple[time, time], list[int]] = {}
    for slot in sorted(slots, key=lambda slot: (slot.weekday, slot.starts)):
        met = days.setdefault((slot.starts, slot.ends), [])
        if slot.weekday not in met:
            met.append(slot.weekday)
    return "; ".join(
        _("%(days)s %(starts)s to %(ends)s")
        % {
            "days": ", ".join(weekday_name(each) for each in weekdays),
            "starts": time_format(starts, "TIME_FORMAT"),
            "ends": time_format(ends, "TIME_FORMAT"),
        }
        for (starts, ends), weekdays in days.items()
    )


def weekday_name(weekday: int) -> str:
    """Return the weekday in three letters; Monday is 0."""
    return date_format(A_MONDAY + timedelta(days=weekday), "D")
