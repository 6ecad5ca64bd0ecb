"""The four tables of the trends."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hours.trends.attendance import Places, places_by
from hours.trends.reading import Trends
from hours.trends.table import Column, Shown, Table, a_count, a_day, a_share, some_minutes, words
from hours.trends.tally import WeekTally
from programs.models import Weekday
from programs.weeks import DAYS


class Topic(StrEnum):
    """What a picture and its table are about."""

    MET = "met"
    HOURS = "hours"
    ATTENDANCE = "attendance"
    ABSENCES = "absences"


def table_of(topic: Topic, trends: Trends) -> Table:
    """Return the table of a topic, in the language of whoever asks."""
    return TABLES[topic](trends)


def how_it_differs(week: WeekTally) -> str:
    """Return what the closed week was concluded with, where that differs from now."""
    if week.concluded is None or not week.differs:
        return ""
    if week.concluded.met != week.met:
        return _("%(then)s met as concluded, %(now)s now") % {
            "then": week.concluded.met,
            "now": week.met,
        }
    return ngettext(
        "%(count)s person stands differently than concluded",
        "%(count)s people stand differently than concluded",
        week.concluded.differing,
    ) % {"count": week.concluded.differing}


def _met(trends: Trends) -> Table:
    return Table(
        name=Topic.MET,
        title=_("People who met their hours"),
        columns=(
            Column(_("Week of"), weight=3),
            Column(_("People"), is_number=True),
            Column(_("Met"), is_number=True),
            Column(_("Not met"), is_number=True),
            Column(_("Pending"), is_number=True),
            Column(_("Exempt"), is_number=True),
            Column(_("Met, of those held"), _("Met, percent of those held"), is_number=True),
            Column(_("When it was closed"), weight=6),
        ),
        rows=tuple(
            (
                a_day(week.week_on),
                *map(a_count, (week.people, week.met, week.not_met, week.pending, week.exempt)),
                a_share(week.percent),
                words(_closed(week)),
            )
            for week in trends.weeks
        ),
    )


def _closed(week: WeekTally) -> str:
    if week.concluded is None:
        return _("Not closed")
    return how_it_differs(week) or _("As now")


def _hours(trends: Trends) -> Table:
    return Table(
        name=Topic.HOURS,
        title=_("Hours required, offered and attended"),
        columns=(
            Column(_("Week of"), weight=3),
            Column(_("People held"), is_number=True),
            Column(_("Required"), _("Required, minutes"), is_number=True),
            Column(_("Offered"), _("Offered, minutes"), is_number=True),
            Column(_("Attended"), _("Attended, minutes"), is_number=True),
            Column(_("Not recorded"), _("Not recorded, minutes"), is_number=True),
            Column(_("Attended, of required"), _("Attended, percent of required"), is_number=True),
            Column(_("Attended by exempt"), _("Attended by exempt, minutes"), is_number=True),
        ),
        rows=tuple(
            (
                a_day(week.week_on),
                a_count(week.held),
                *map(some_minutes, (week.required, week.offered, week.attended, week.unrecorded)),
                a_share(100 * week.attended // week.required if week.required else None),
                some_minutes(week.exempt_attended),
            )
            for week in trends.weeks
        ),
    )


def _attendance(trends: Trends) -> Table:
    first = trends.span.program.week_starts_on
    found = places_by(trends.places, lambda each: (each.group, each.group_id, each.weekday))
    in_order = sorted(
        found.items(),
        key=lambda item: (item[0][0].casefold(), item[0][1], (item[0][2] - first) % DAYS),
    )
    return Table(
        name=Topic.ATTENDANCE,
        title=_("Attendance by group and weekday"),
        columns=(
            Column(_("Group"), weight=4),
            Column(_("Weekday"), weight=3),
            *_place_columns(),
        ),
        rows=tuple(
            (words(group), words(str(Weekday(weekday).label)), *_place_cells(places))
            for (group, _key, weekday), places in in_order
        ),
    )


def _absences(trends: Trends) -> Table:
    found = places_by(trends.places, lambda each: each.week_on)
    return Table(
        name=Topic.ABSENCES,
        title=_("Absences by kind"),
        columns=(Column(_("Week of"), weight=3), *_place_columns()),
        rows=tuple(
            (a_day(week.week_on), *_place_cells(found.get(week.week_on, Places())))
            for week in trends.weeks
        ),
    )


def _place_columns() -> tuple[Column, ...]:
    return (
        Column(_("Expected"), is_number=True),
        Column(_("Attended"), is_number=True),
        Column(_("Rate"), _("Attended, percent of recorded"), is_number=True),
        Column(_("Excused"), is_number=True),
        Column(_("Unexcused"), is_number=True),
        Column(_("No call"), is_number=True),
        Column(_("Not explained"), is_number=True),
        Column(_("Not recorded"), is_number=True),
    )


def _place_cells(places: Places) -> tuple[Shown, ...]:
    return (
        a_count(places.expected),
        a_count(places.attended),
        a_share(places.percent),
        a_count(places.excused),
        a_count(places.unexcused),
        a_count(places.no_call),
        a_count(places.unexplained),
        a_count(places.unrecorded),
    )


TABLES: dict[Topic, Callable[[Trends], Table]] = {
    Topic.MET: _met,
    Topic.HOURS: _hours,
    Topic.ATTENDANCE: _attendance,
    Topic.ABSENCES: _absences,
}
