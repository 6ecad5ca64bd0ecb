"""The largest gap: how many days in a row somebody was not there.

Plain values in, a number out. Only dates that are over count. Days of leave, closed days and dates
outside the enrollment are not counted, and do not end a run: nobody was there in between either.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

A_DAY = timedelta(days=1)


def largest_gap(
    *,
    first_on: date,
    last_on: date,
    admitted_on: date,
    discharged_on: date | None,
    today: date,
    attended: Collection[date],
    away: Collection[date] = (),
) -> int:
    """Return the longest run of days without attendance that reaches into the week.

    `first_on` and `last_on` are the week's; `attended` holds its dates with attendance and the last
    one before it, `away` the dates on leave, or closed, since then.
    """
    before = [day for day in attended if day < first_on]
    day = max([admitted_on, *(each + A_DAY for each in before)])
    until = min(last_on, discharged_on or last_on, today - A_DAY)
    run = largest = 0
    while day <= until:
        if day in attended:
            run = 0
        elif day not in away:
            run += 1
            largest = max(largest, run) if day >= first_on else largest
        day += A_DAY
    return largest
