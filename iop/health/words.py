"""Stretches of time in words: seconds, minutes, hours or days, whichever says most."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


def span_words(seconds: float) -> str:
    """Return "12 seconds", "3 minutes", "5 hours" or "2 days", rounded down."""
    whole = int(seconds)
    if whole < MINUTE:
        return ngettext("%(n)d second", "%(n)d seconds", whole) % {"n": whole}
    if whole < HOUR:
        minutes = whole // MINUTE
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if whole < DAY:
        hours = whole // HOUR
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = whole // DAY
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def took_words(seconds: float) -> str:
    """Return how long something took; what is over in a moment is said so."""
    return _("under a second") if seconds < 1 else span_words(seconds)
