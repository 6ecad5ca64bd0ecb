"""Times and spans of a session's notes in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HOURS_OF_A_DAY = 24


def time_on(zone: ZoneInfo) -> Callable[[datetime], str]:
    """Return how an instant reads as a time of day there."""
    return lambda at: date_format(at.astimezone(zone), "TIME_FORMAT")


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return the instant as a local date and time, such as `Nov 23, 2026, 10:19 AM`."""
    return date_format(at.astimezone(zone), "DATETIME_FORMAT")


def elapsed(span: timedelta) -> str:
    """Return a span as `40 min`, `5 h`, `5 h 20 min` or `2 days 3 h`."""
    minutes = int(span.total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    days, left = divmod(hours, HOURS_OF_A_DAY)
    if days:
        said = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
        return f"{said} {_('%(n)s h') % {'n': left}}" if left else said
    parts = [_("%(n)s h") % {"n": hours}] if hours else []
    if rest or not hours:
        parts.append(_("%(n)s min") % {"n": rest})
    return " ".join(parts)


def late_by(at: datetime, due_at: datetime) -> str:
    """Return how late a signature was, or nothing where it was in time."""
    if at <= due_at:
        return ""
    words = _("Signed late: %(time)s after it was due.")
    return words % {"time": elapsed(at - due_at)}


def entered_late(at: datetime, due_at: datetime) -> str:
    """Return how late something was added, or nothing where the notes were not due yet."""
    if at <= due_at:
        return ""
    return _("Late entry: %(time)s after the notes were due.") % {"time": elapsed(at - due_at)}
