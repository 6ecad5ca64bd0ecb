"""Dates and units of an episode's care: what of them is worth an alert today.

Plain values in, the date it is about out; None where nothing is to be done yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hours.fuel.gauge import Gauge
from programs.authorizing.coverage import Covered, Dated, coverage_on
from programs.models.alert_rule import AlertRule
from programs.models.authorization import IN_FORCE, Authorization


def is_low(gauge: Gauge, rule: AlertRule) -> bool:
    """Return whether the units are used up, or nearly, and too few for what is scheduled."""
    if gauge.left <= 0:
        return True
    return gauge.left <= rule.units_left and gauge.used + gauge.scheduled > gauge.approved


def can_be_low(authorization: Authorization, most_used: int, rule: AlertRule) -> bool:
    """Return whether its gauge can be low at all, if no more than so many units are used."""
    return (authorization.approved_units or 0) - most_used <= max(rule.units_left, 0)


def coverage_ends(authorizations: Iterable[Dated], today: date, rule: AlertRule) -> date | None:
    """Return the last day in force that is near, with nothing after it; or the last that is past.

    Approved ones that follow each other count as one. An end that nothing followed stays worth an
    alert until something does.
    """
    authorizations = list(authorizations)
    coverage = coverage_on(authorizations, today)
    if coverage.covered is Covered.IN_FORCE and coverage.day:
        return coverage.day if is_near(coverage.day, today, rule.days_left) else None
    past = (
        each.last_on for each in authorizations if each.last_on < today and each.status in IN_FORCE
    )
    return max(past, default=None)


def is_near(day: date, today: date, days: int) -> bool:
    """Return whether the date is at most so many days away, or past."""
    return day - today <= timedelta(days=days)
