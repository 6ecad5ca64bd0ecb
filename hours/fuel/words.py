"""A gauge in words: how much is used and left, when it runs out, and what is to be looked at."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.wording import short_day
from hours.fuel.gauge import Gauge
from programs.authorizing.coverage import Coverage, Covered
from programs.authorizing.page import amount
from programs.authorizing.states import states_of
from programs.models import Unit
from programs.plan.looks import Look
from programs.plan.wording import day_words

SOON = timedelta(days=7)


def used_words(gauge: Gauge) -> tuple[str, str]:
    """Return `15 of 24 days` and `used, 9 left`."""
    unit = gauge.authorization.unit
    approved = str(gauge.approved) if unit == Unit.QUARTER_HOUR else amount(gauge.approved, unit)
    strong = _("%(used)s of %(approved)s") % {"used": gauge.used, "approved": approved}
    if unit == Unit.QUARTER_HOUR:
        strong = _("%(units)s × 15 min") % {"units": strong}
    if gauge.left >= 0:
        return strong, _("used, %(n)s left") % {"n": gauge.left}
    return strong, _("used, %(n)s more than approved") % {"n": -gauge.left}


def coming_words(gauge: Gauge) -> str:
    """Return `9 scheduled`, and what is not recorded yet."""
    said = _("%(n)s scheduled") % {"n": gauge.scheduled}
    if not gauge.waiting:
        return said
    waiting = _("%(n)s not recorded yet") % {"n": gauge.waiting}
    return f"{waiting}, {said}"


def end_words(gauge: Gauge, today: date) -> str:
    """Return when the units run out, or that they last: the sentence beside the picture."""
    out_on = gauge.runs_out_on
    if out_on is None:
        over = gauge.left - gauge.waiting - gauge.scheduled
        return _("Lasts to its last day, with %(n)s left over.") % {"n": over}
    day = {"day": near_day(out_on, today)}
    if gauge.left <= 0:
        return _("Used up on %(day)s.") % day
    if out_on < today:
        return _("Used up on %(day)s, if what is not recorded yet was attended.") % day
    return f"{_('Runs out %(day)s at the scheduled pace.') % day}{_and_then(gauge, today)}"


def _and_then(gauge: Gauge, today: date) -> str:
    """Return what that date means: how long before the planned discharge, how sure it is."""
    said = []
    planned_on = gauge.authorization.enrollment.planned_discharge_on
    if gauge.runs_out_on and planned_on and gauge.runs_out_on < planned_on:
        days = (planned_on - gauge.runs_out_on).days
        before = ngettext(
            "That is %(n)s day before the planned discharge.",
            "That is %(n)s days before the planned discharge.",
            days,
        )
        said.append(before % {"n": days})
    if gauge.is_projected and gauge.calendar_ends_on:
        ends = {"day": near_day(gauge.calendar_ends_on, today)}
        said.append(_("The calendar ends %(day)s; its last four weeks repeat.") % ends)
    return "".join(f" {each}" for each in said)


def gauge_looks(gauge: Gauge, today: date) -> tuple[Look, ...]:
    """Return what is to be looked at, the most urgent first; nothing where all is well."""
    main, *others = states_of(gauge.authorization, today)
    begins_later = [main] if gauge.authorization.first_on > today else []
    found = [_units_look(gauge, today), *others, *begins_later, _week_look(gauge)]
    return tuple(each for each in found if each)


def _units_look(gauge: Gauge, today: date) -> Look | None:
    out_on = gauge.runs_out_on
    if gauge.left <= 0:
        return Look(_("Used up"), "lost", "octagon-alert")
    if out_on is None or out_on - today > SOON:
        return None
    days = max(0, (out_on - today).days)
    if days == 0:
        return Look(_("Runs out today"), "risk", "fuel")
    words = ngettext("Runs out in %(n)s day", "Runs out in %(n)s days", days) % {"n": days}
    return Look(words, "risk", "fuel")


def _week_look(gauge: Gauge) -> Look | None:
    if not gauge.weeks_over:
        return None
    most = gauge.authorization.days_per_week or 0
    words = ngettext(
        "More scheduled than %(n)s day a week",
        "More scheduled than %(n)s days a week",
        most,
    )
    return Look(words % {"n": most}, "warn", "calendar-x")


def weeks_over_words(gauge: Gauge) -> str:
    """Return in which weeks more days are planned than the payer allows; blank in none."""
    if not gauge.weeks_over:
        return ""
    first, *more = gauge.weeks_over
    most = gauge.authorization.days_per_week or 0
    said = ngettext(
        "More than %(n)s day is scheduled in the week of %(day)s",
        "More than %(n)s days are scheduled in the week of %(day)s",
        most,
    ) % {"n": most, "day": short_day(first)}
    if not more:
        return f"{said}."
    others = ngettext("and in %(n)s more week", "and in %(n)s more weeks", len(more))
    return f"{said} {others % {'n': len(more)}}."


def missing_words(coverage: Coverage, *, since: date) -> str:
    """Return that nothing is in force, since when, and what there is instead."""
    said = _("No authorization in force since %(day)s.") % {"day": day_words(since)}
    if coverage.covered is Covered.PENDING:
        return f"{said} {_('One is pending.')}"
    if coverage.covered is Covered.LATER and coverage.day:
        return f"{said} {_('One begins %(day)s.') % {'day': day_words(coverage.day)}}"
    return said


def near_day(day: date, today: date) -> str:
    """Return `Mon Dec 7`; with its year, where that is another one."""
    return short_day(day) if day.year == today.year else day_words(day)
