"""How amounts, days and sessions are written: minutes in code, hours on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

NARROW = "\N{NO-BREAK SPACE}"


class Meeting(Protocol):
    """Anything with a group's name and a start."""

    @property
    def group(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...


def hours(minutes: int) -> str:
    """Return minutes as a clinic says them: `9 h`, `3 h 30 min`, `55 min`, `0 h`."""
    whole, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    if not rest:
        return f"{sign}{whole}{NARROW}h"
    if not whole:
        return f"{sign}{rest}{NARROW}min"
    return f"{sign}{whole}{NARROW}h{NARROW}{rest:02}{NARROW}min"


def short_hours(minutes: int) -> str:
    """Return the same for narrow places: `3 h 30`."""
    whole, rest = divmod(abs(minutes), 60)
    return hours(minutes) if not rest or not whole else f"{whole}{NARROW}h{NARROW}{rest:02}"


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Return the local time, such as `5:30 PM`."""
    return date_format(moment.astimezone(zone), "TIME_FORMAT")


def weekday(moment: datetime, zone: ZoneInfo) -> str:
    """Return the local weekday in three letters."""
    return date_format(moment.astimezone(zone), "D")


def session_name(meeting: Meeting, zone: ZoneInfo) -> str:
    """Return `Sat Skills group 9:00 AM`."""
    return _("%(day)s %(group)s %(time)s") % {
        "day": weekday(meeting.starts_at, zone),
        "group": meeting.group,
        "time": clock(meeting.starts_at, zone),
    }


def session_names(meetings: Iterable[Meeting], zone: ZoneInfo) -> str:
    """Return the sessions as one enumeration."""
    return all_of([session_name(meeting, zone) for meeting in meetings])


def all_of(words: Sequence[str]) -> str:
    """Return `a`, `a and b`, or `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
