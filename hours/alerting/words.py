"""An alert in words: what was found, and since when it is open."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from groups.wording import day_words, short_day
from hours.alerting.facts import Facts
from hours.models import Alert, AlertKind
from hours.wording import hours
from programs.models import Unit
from programs.weeks import local_date


def alert_words(alert: Alert, facts: Facts, today: date) -> str:
    """Return what was found, such as `3 h short; recoverable`."""
    kind = AlertKind(alert.kind)
    if kind in _SHORT:
        return str(_SHORT[kind]()) % {"short": hours(alert.minutes_short)}
    if kind in _PLAIN:
        return _PLAIN[kind]()
    if kind == AlertKind.GAP:
        days = alert.days or 0
        said = ngettext(
            "%(n)s day without attendance", "%(n)s days in a row without attendance", days
        )
        return said % {"n": days}
    if kind == AlertKind.UNRECORDED:
        return _unrecorded(alert, facts, today)
    return _of_care(alert, kind, facts, today)


_SHORT = {
    AlertKind.RECOVERABLE: lambda: _("%(short)s short; recoverable"),
    AlertKind.UNREACHABLE: lambda: _("%(short)s short; no seat is enough"),
    AlertKind.NOT_MET: lambda: _("%(short)s short; the week is over"),
}
_PLAIN = {
    AlertKind.PENDING: lambda: _("the week is over, and the hours hang on missing records"),
    AlertKind.DAYS_SHORT: lambda: _("too few days can still qualify"),
    AlertKind.OVER_MAXIMUM: lambda: _("more hours than the rule allows"),
}


def _unrecorded(alert: Alert, facts: Facts, today: date) -> str:
    session = facts.unrecorded.get(alert.pk)
    if session is None:
        return _("a session has no record")
    return _("no record for %(group)s since %(day)s") % {
        "group": session.group,
        "day": day_words(session.held_on, today),
    }


def _of_care(alert: Alert, kind: AlertKind, facts: Facts, today: date) -> str:
    day = alert.due_on or today
    said = {"day": day_words(day, today)}
    if kind == AlertKind.UNITS_LOW:
        return _units(alert, facts, today)
    if kind == AlertKind.EXPIRING:
        if day < today:
            return _("ended %(day)s; nothing is in force") % said
        return _("ends %(day)s; nothing is in force after it") % said
    if day < today:
        return _("was due %(day)s") % said
    return _("due %(day)s") % said


def _units(alert: Alert, facts: Facts, today: date) -> str:
    """Return `2 days left of 12, ends Nov 30`; what was used beyond is said as such."""
    left, day = alert.units_left or 0, alert.due_on or today
    authorization = facts.authorizations.get(alert.pk)
    ends = date_format(day, pgettext("date format: Nov 16", "M j"))
    unit = Unit(authorization.unit) if authorization else None
    of = (authorization.approved_units if authorization else None) or 0
    if left <= 0:
        said = {"used": of - left, "of": of, "ends": ends}
        if not of:
            return _("used up, ends %(ends)s") % said
        return _("used up: %(used)s of %(of)s, ends %(ends)s") % said
    return _("%(left)s left of %(of)s, ends %(ends)s") % {
        "left": _amount(left, unit),
        "of": of,
        "ends": ends,
    }


def _amount(units: int, unit: Unit | None) -> str:
    if unit == Unit.DAY:
        return ngettext("%(n)s day", "%(n)s days", units) % {"n": units}
    if unit == Unit.HOUR:
        return ngettext("%(n)s hour", "%(n)s hours", units) % {"n": units}
    return ngettext("%(n)s unit", "%(n)s units", units) % {"n": units}


def since_words(alert: Alert, today: date, zone: ZoneInfo) -> str:
    """Return since when it is open, or when it was seen to."""
    if alert.resolved_at:
        day = day_words(local_date(alert.resolved_at, zone), today)
        return _("resolved %(day)s") % {"day": day}
    return _("open since %(day)s") % {"day": day_words(local_date(alert.opened_at, zone), today)}


def week_words(alert: Alert) -> str:
    """Return the week it is about; dates in care say theirs themselves."""
    if alert.kind in _SHORT or alert.kind in _PLAIN or alert.kind == AlertKind.GAP:
        return _("week of %(day)s") % {"day": short_day(alert.week_on)}
    return ""
