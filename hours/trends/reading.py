"""Reads everything a trend shows: a fixed number of statements, however many weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hours.models import WeekClose
from hours.sums.asked import asked_weeks
from hours.sums.reading import week_sums
from hours.trends.attendance import GroupPlaces, places_in
from hours.trends.span import Span
from hours.trends.tally import Verdicts, WeekTally, tallies_of


@dataclass(frozen=True)
class Trends:
    """The weeks in numbers, the oldest first; those that no rule covers are only counted."""

    span: Span
    weeks: tuple[WeekTally, ...]
    places: tuple[GroupPlaces, ...]
    without_rule: int

    @property
    def is_empty(self) -> bool:
        """Whether nobody was enrolled in any of the weeks."""
        return not any(each.people for each in self.weeks)


def trends_of(span: Span, *, as_of: datetime) -> Trends:
    """Return the trends of these weeks as everything now stands."""
    asked = asked_weeks((span.program, week) for week in span.weeks)
    sums = week_sums(asked, as_of=as_of) if asked else []
    return Trends(
        span=span,
        weeks=tallies_of(asked, sums, _closed(span)),
        places=tuple(places_in(span.program, asked, as_of=as_of)),
        without_rule=len(span.weeks) - len(asked),
    )


def _closed(span: Span) -> dict[date, Verdicts]:
    """Return what the weeks that are closed were concluded with."""
    closes = WeekClose.objects.filter(
        program=span.program, week_on__in=[week.first_on for week in span.weeks]
    )
    found: dict[date, dict[int, str]] = {}
    rows = closes.values_list("week_on", "conclusions__enrollment", "conclusions__verdict")
    for week_on, enrollment_key, verdict in rows:
        verdicts = found.setdefault(week_on, {})
        if enrollment_key:
            verdicts[enrollment_key] = verdict
    return dict(found)
