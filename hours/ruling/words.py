"""What a rule of the weekly hours says, line by line, and which weeks it judges."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from groups.clinic_settings.rule_words import Line
from hours.ruling.applies import Applies
from hours.ruling.boxes import A_WEEK
from hours.wording import all_of, hours
from programs.models import Count, GroupKind, HoursRule, Weeks


def lines_of(rule: HoursRule) -> list[Line]:
    """Return what the rule asks for; its citation and its check stand apart."""
    return [
        Line(_("Hours a week, at least"), hours(rule.min_minutes_per_week)),
        Line(_("Hours a week, at most"), _most(rule.max_minutes_per_week)),
        Line(_("Days a week, at least"), _days_a_week(rule)),
        Line(_("How minutes are counted"), str(Count(rule.count).label)),
        Line(_("First and last weeks"), _held(rule.partial_weeks)),
        Line(_("Weeks with a closure"), _held(rule.closures)),
        Line(_("Weeks with leave"), _held(rule.leave)),
        Line(_("Kinds of group that count"), _kinds(rule.counts)),
        Line(_("Days in a row without attendance"), _gap(rule.max_gap_days)),
    ]


def verified(rule: HoursRule) -> str:
    """Return who checked the rule and when; empty where nobody has."""
    if not rule.verified_by or not rule.verified_on:
        return ""
    return _("by %(who)s on %(day)s") % {
        "who": rule.verified_by.display_name,
        "day": date_format(rule.verified_on),
    }


def judges(found: Applies) -> str:
    """Return the weeks that the rule judges, by their first days."""
    if found.judges_none:
        return _("none: the next rule begins before a week does")
    first = date_format(found.first.first_on)
    if found.last is None:
        return _("from the week of %(first)s on") % {"first": first}
    if found.last == found.first:
        return _("the week of %(first)s") % {"first": first}
    return _("from the week of %(first)s to the week of %(last)s") % {
        "first": first,
        "last": date_format(found.last.first_on),
    }


def begins_within(found: Applies) -> str:
    """Return what it means that a rule begins within a week; empty where it does not."""
    if not found.begins_within_a_week:
        return ""
    words = _("It judges from the week of %(first)s; the week it begins in stays as it was.")
    return words % {"first": date_format(found.first.first_on)}


def closed_weeks(number: int) -> str:
    """Return how many weeks were concluded under the rule."""
    if not number:
        return _("none yet")
    return ngettext("%(n)s week", "%(n)s weeks", number) % {"n": number}


def short_day(day: date) -> str:
    """Return a week's first day where years go without saying: `Nov 16`."""
    return date_format(day, pgettext("date format: Nov 16", "M j"))


def _most(minutes: int) -> str:
    return hours(minutes) if minutes < A_WEEK else _("no limit")


def _days_a_week(rule: HoursRule) -> str:
    least = hours(rule.min_minutes_per_day)
    if not rule.min_days_per_week:
        return _("not asked for; a day counts from %(least)s on") % {"least": least}
    words = ngettext(
        "%(days)s day of at least %(least)s",
        "%(days)s days of at least %(least)s",
        rule.min_days_per_week,
    )
    return words % {"days": rule.min_days_per_week, "least": least}


def _held(treated: str) -> str:
    return _("not held to the least hours") if treated == Weeks.EXEMPT else _("held to them")


def _kinds(counts: list[str] | None) -> str:
    if counts is None:
        return _("all of them")
    return all_of([str(kind.label) for kind in GroupKind if kind.value in counts])


def _gap(days: int | None) -> str:
    if days is None:
        return _("not asked for")
    return ngettext("at most %(n)s day", "at most %(n)s days", days) % {"n": days}
