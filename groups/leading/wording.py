"""How the days and states of staff are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


@dataclass(frozen=True)
class Chip:
    """A state as icon, word and color."""

    tone: str
    icon: str
    label: str


def near_date(day: date, today: date) -> str:
    """Return `Dec 20`, with its year where that is another one."""
    if day.year == today.year:
        return date_format(day, pgettext("date format: Nov 16", "M j"))
    return date_format(day, pgettext("date format: Nov 16, 2027", "M j, Y"))


def stretch_words(first_on: date, last_on: date | None, today: date) -> str:
    """Return `Dec 7 to Dec 11`, `from Dec 7 on`, or the one date."""
    first = near_date(first_on, today)
    if last_on is None:
        return _("from %(day)s on") % {"day": first}
    if first_on == last_on:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": near_date(last_on, today)}


def away_chip(first_on: date, last_on: date | None, today: date) -> Chip:
    """Return a leave that is not over as a chip, such as `On leave until Dec 4`."""
    if first_on > today:
        words = _("Leave %(days)s") % {"days": stretch_words(first_on, last_on, today)}
        return Chip("calm", "calendar-clock", words)
    if last_on is None:
        return Chip("guest", "tree-palm", _("On leave"))
    words = _("On leave until %(day)s") % {"day": near_date(last_on, today)}
    return Chip("guest", "tree-palm", words)
