"""How an authorization burns down: dates with their minutes in, units and the run-out date out.

Plain values: no database, no clock. A payer pays for dates of service, each a line of its own in
whole units, so minutes become units date by date, always rounded down, and what is left of one
date never adds to another. Attendance itself is never rounded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from programs.authorizing.page import MINUTES_OF
from programs.models import Unit


@dataclass(frozen=True)
class BurnDay:
    """One date: minutes credited, not recorded yet, and still expected.

    `least` is the minutes a day of the rule in effect on the first date of its week.
    """

    on: date
    least: int
    credited: int
    unrecorded: int
    expected: int


@dataclass(frozen=True)
class Burned:
    """Units used, waiting to be recorded, and scheduled; the date on which the last one goes."""

    used: int
    waiting: int
    scheduled: int
    runs_out_on: date | None


def units_of(minutes: int, *, unit: str, least: int) -> int:
    """Return the units of one date's minutes: a day that qualifies, or whole units of time.

    A date without a minute is no day, whatever the rule asks for.
    """
    if unit == Unit.DAY:
        return int(minutes >= max(least, 1))
    return minutes // MINUTES_OF[Unit(unit)]


def burned(days: Iterable[BurnDay], *, unit: str, approved: int) -> Burned:
    """Return how the days burn the approved units down, each date once."""
    used = recorded = total = 0
    runs_out_on = None
    for day in sorted(days, key=lambda day: day.on):
        used += units_of(day.credited, unit=unit, least=day.least)
        recorded += units_of(day.credited + day.unrecorded, unit=unit, least=day.least)
        total += _at_most(day, unit)
        if runs_out_on is None and total >= approved:
            runs_out_on = day.on
    return Burned(used, recorded - used, total - recorded, runs_out_on)


def weeks_over(
    days: Sequence[BurnDay],
    *,
    unit: str,
    most: int | None,
    week_on: Callable[[date], date],
    since: date,
) -> tuple[date, ...]:
    """Return the weeks, from the one of `since` on, with units on more than `most` dates.

    `week_on` gives the first date of a date's week.
    """
    if most is None:
        return ()
    dates = Counter(week_on(day.on) for day in days if _at_most(day, unit))
    first = week_on(since)
    return tuple(sorted(week for week, count in dates.items() if count > most and week >= first))


def _at_most(day: BurnDay, unit: str) -> int:
    """Return the date's units if everything is attended."""
    minutes = day.credited + day.unrecorded + day.expected
    return units_of(minutes, unit=unit, least=day.least)
