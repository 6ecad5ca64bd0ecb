"""The pictures of the trends: who met the hours, the hours themselves, and the absences."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hours.trends.attendance import Places, places_by
from hours.trends.chart import (
    Chart,
    Column,
    Key,
    Look,
    Segment,
    Tick,
    hours_segments,
    stacked,
    steps_to,
)
from hours.trends.reading import Trends
from hours.trends.table import percentage
from hours.trends.tables import Topic
from hours.trends.tally import WeekTally
from hours.wording import hours

HOUR = 60


def chart_of(topic: Topic, trends: Trends) -> Chart | None:
    """Return the picture of a topic; attendance by group is a table of shades instead."""
    make = {Topic.MET: _met, Topic.HOURS: _hours, Topic.ABSENCES: _absences}.get(topic)
    return make(trends) if make else None


def _met(trends: Trends) -> Chart:
    weeks = trends.weeks
    said = [
        _("%(day)s %(met)s of %(held)s") % {"day": _day(week), "met": week.met, "held": week.held}
        for week in weeks
    ]
    return Chart(
        says=_("People who met their hours, of those held to the minimum: %(weeks)s.")
        % {"weeks": "; ".join(said)},
        columns=tuple(_met_column(week) for week in weeks),
        keys=(
            Key(Look.SOLID, _("met")),
            Key(Look.HATCHED, _("pending: recording is late")),
            Key(Look.CROSSED, _("not met")),
            Key(Look.HOLLOW, _("exempt: not held to the minimum")),
        ),
        ticks=_ticks(week.people for week in weeks),
    )


def _met_column(week: WeekTally) -> Column:
    parts = (
        (Look.SOLID, week.met),
        (Look.HATCHED, week.pending),
        (Look.CROSSED, week.not_met),
        (Look.HOLLOW, week.exempt),
    )
    note = percentage(week.percent) if week.held else ""
    return Column(_day(week), stacked(parts), note=note, is_marked=week.differs)


def _hours(trends: Trends) -> Chart:
    weeks = trends.weeks
    said = [
        _("%(day)s required %(required)s, offered %(offered)s, attended %(attended)s")
        % {
            "day": _day(week),
            "required": hours(week.required),
            "offered": hours(week.offered),
            "attended": hours(week.attended),
        }
        for week in weeks
    ]
    return Chart(
        says=_("Hours of those held to the minimum: %(weeks)s.") % {"weeks": "; ".join(said)},
        columns=tuple(_hours_column(week) for week in weeks),
        keys=hours_keys(),
        ticks=hours_ticks(max(week.offered, week.required, week.attended) for week in weeks),
    )


def _hours_column(week: WeekTally) -> Column:
    segments = hours_segments(
        offered=week.offered, attended=week.attended, unrecorded=week.unrecorded
    )
    return Column(_day(week), segments, aim=week.required or None)


def hours_keys() -> tuple[Key, ...]:
    """Return what the looks of a picture of hours mean."""
    return (
        Key(Look.HOLLOW, _("offered")),
        Key(Look.SOLID, _("attended")),
        Key(Look.HATCHED, _("not recorded")),
        Key(None, _("required")),
    )


def hours_ticks(minutes: Iterable[int]) -> tuple[Tick, ...]:
    """Return the scale of a picture of hours, in whole hours."""
    most = -(-max(minutes, default=0) // HOUR)
    return tuple(Tick(HOUR * step, hours(HOUR * step)) for step in steps_to(most))


def _absences(trends: Trends) -> Chart:
    found = places_by(trends.places, lambda each: each.week_on)
    weeks = [(week, found.get(week.week_on, Places())) for week in trends.weeks]
    said = [
        _("%(day)s %(missed)s of %(recorded)s")
        % {"day": _day(week), "missed": places.missed, "recorded": places.recorded}
        for week, places in weeks
    ]
    return Chart(
        says=_("Absences, of recorded places in sessions: %(weeks)s.") % {"weeks": "; ".join(said)},
        columns=tuple(Column(_day(week), _missed(places)) for week, places in weeks),
        keys=(
            Key(Look.DOTTED, _("excused")),
            Key(Look.CROSSED, _("unexcused")),
            Key(Look.DARK, _("no call")),
            Key(Look.HOLLOW, _("not explained")),
        ),
        ticks=_ticks(places.missed for _week, places in weeks),
    )


def _missed(places: Places) -> tuple[Segment, ...]:
    return stacked(
        (
            (Look.DOTTED, places.excused),
            (Look.CROSSED, places.unexcused),
            (Look.DARK, places.no_call),
            (Look.HOLLOW, places.unexplained),
        )
    )


def _ticks(amounts: Iterable[int]) -> tuple[Tick, ...]:
    return tuple(Tick(step, str(step)) for step in steps_to(max(amounts, default=0)))


def _day(week: WeekTally) -> str:
    return date_format(week.week_on, pgettext("date format: Nov 16", "M j"))
