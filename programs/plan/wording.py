"""How the plan of care writes amounts, days and stretches of days."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NARROW = "\N{NO-BREAK SPACE}"


def hours(minutes: int) -> str:
    """Return minutes as the weekly hours write them (`hours/wording.py`; a test holds the two)."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return f"{whole}{NARROW}h"
    return f"{whole}{NARROW}h{NARROW}{rest:02}{NARROW}min" if whole else f"{rest}{NARROW}min"


def day_words(day: date) -> str:
    """Return a date as the pages about a record write it: `Nov 2, 2026`."""
    return date_format(day, "DATE_FORMAT")


def days_a_week(number: int) -> str:
    return ngettext("%(number)s day a week", "%(number)s days a week", number) % {"number": number}


def span_words(first_on: date, last_on: date | None) -> str:
    """Return the stretch of days; one without an end is still going on."""
    if last_on is None:
        return _("From %(day)s on") % {"day": day_words(first_on)}
    return _("%(first)s to %(last)s") % {"first": day_words(first_on), "last": day_words(last_on)}
