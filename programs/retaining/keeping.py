"""Until when a chart is kept: years after discharge, and for a minor years after coming of age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programs.models import RetentionRule

OF_AGE = 18


@dataclass(frozen=True)
class Chart:
    """One participant's chart in a program: when they were born, and when they last left."""

    born_on: date | None
    # None while they are here, or expected.
    left_on: date | None


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February becomes 1 March, which is later."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def kept_until(chart: Chart, rule: RetentionRule) -> date | None:
    """Return the last day on which the chart must be there; None while nothing has ended.

    A minor's is kept for both: the years after discharge, and those after they come of age. Whose
    birth date nobody knows counts as an adult.
    """
    if chart.left_on is None:
        return None
    until = years_after(chart.left_on, rule.adult_years)
    if chart.born_on and (of_age := years_after(chart.born_on, OF_AGE)) > chart.left_on:
        return max(until, years_after(of_age, rule.minor_years))
    return until
