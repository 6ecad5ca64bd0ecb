"""Reads the gauges of any number of authorizations, in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from hours.fuel.burn_sql import DATES_OF_AUTHORIZATIONS, DATES_OF_EPISODES
from hours.fuel.burning import BurnDay, burned, weeks_over
from hours.fuel.gauge import Gauge
from hours.program_week import rows_of
from programs.models import Authorization, Enrollment, Program, Unit
from programs.models.authorization import IN_FORCE
from programs.weeks import local_date, whole_minute


def gauges_for(authorizations: Sequence[Authorization], *, now: datetime) -> list[Gauge]:
    """Return the gauges of these, in one statement; each enrollment carries its program."""
    programs = {each.enrollment.program for each in authorizations}
    keys = [each.pk for each in authorizations]
    dates = _dates(DATES_OF_AUTHORIZATIONS, keys, programs, now) if keys else {}
    return [_gauge(each, dates.get(each.pk, []), now) for each in authorizations]


def days_attended(
    enrollments: Sequence[Enrollment], *, program: Program, first_on: date, now: datetime
) -> dict[int, list[date]]:
    """Return each episode's qualifying days from a date to today, by key; one statement."""
    keys = [each.pk for each in enrollments]
    span = {"first": first_on, "last": local_date(now, program.zone)}
    found = _dates(DATES_OF_EPISODES, keys, {program}, now, **span) if keys else {}
    return {
        key: [row.held_on for row in rows if burned([_day(row)], unit=Unit.DAY, approved=1).used]
        for key, rows in found.items()
    }


def is_running(authorization: Authorization, today: date) -> bool:
    """Whether it is approved, and neither it nor its episode is over."""
    discharged_on = authorization.enrollment.discharged_on
    is_there = discharged_on is None or discharged_on >= today
    return is_there and authorization.status in IN_FORCE and authorization.last_on >= today


def _dates(
    statement: str, keys: list[int], programs: Iterable[Program], now: datetime, **span: date
) -> dict[int, list[Any]]:
    todays = {program.pk: local_date(now, program.zone) for program in programs}
    values = {
        "keys": keys,
        "programs": list(todays),
        "todays": list(todays.values()),
        "as_of": whole_minute(now),
        **span,
    }
    rows = rows_of(statement, values)
    return {key: list(of_one) for key, of_one in groupby(rows, key=attrgetter("key"))}


def _day(row: Any) -> BurnDay:
    return BurnDay(row.held_on, row.least, row.credited, row.unrecorded, row.expected)


def _gauge(authorization: Authorization, rows: list[Any], now: datetime) -> Gauge:
    days, unit = [_day(row) for row in rows], authorization.unit
    program = authorization.enrollment.program
    result = burned(days, unit=unit, approved=authorization.approved_units or 0)
    ends = (row.calendar_ends_on for row in rows if row.calendar_ends_on)
    return Gauge(
        authorization=authorization,
        used=result.used,
        scheduled=result.scheduled,
        runs_out_on=result.runs_out_on,
        waiting=result.waiting,
        calendar_ends_on=next(ends, None),
        weeks_over=weeks_over(
            days,
            unit=unit,
            most=authorization.days_per_week,
            week_on=lambda day: program.week_of(day).first_on,
            since=local_date(now, program.zone),
        ),
    )
