"""Reads one program's week for the weekly hours: at most three statements, however many people.

The sums and the candidate sessions come from SQL; verdict, make-up and words are plain Python
(`weekly_hours.py`, `make_up.py`, `explanation.py`). The statements stand in `week_sql.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection

from hours.facts import PersonWeek, ProgramWeek, SessionLine, WeekRule
from hours.make_up import Seat
from hours.week_sql import PEOPLE_AND_LINES, RULE_AND_CLOSURES, SEATS_AND_BUSY
from hours.weekly_hours import WeeklyHours, weekly_hours_of
from programs.models import GroupKind, Program
from programs.weeks import Week, local_date, whole_minute

Busy = dict[int, list[tuple[datetime, datetime]]]


def weekly_hours(program: Program, *, week: Week, as_of: datetime) -> list[WeeklyHours]:
    """Return the rows of a program's week, by chart number and admission.

    One row per enrollment that touches the week; none where no rule covers its first date.
    `as_of` moves the clock only: every record now stored counts.
    """
    facts = program_week(program, week=week, as_of=as_of)
    return [weekly_hours_of(person, facts) for person in facts.people] if facts else []


def program_week(
    program: Program, *, week: Week, as_of: datetime, rule: WeekRule | None = None
) -> ProgramWeek | None:
    """Return the facts of a program's week as of a moment, cut to the whole minute.

    `rule` is tried in the place of the one in effect; there has to be one.
    """
    as_of = whole_minute(as_of)
    values: dict[str, Any] = {
        "program": program.pk,
        "first": week.first_on,
        "last": week.last_on,
        "as_of": as_of,
        "week_ends_at": week.ends_at,
    }
    rule_row = next(rows_of(RULE_AND_CLOSURES, values), None)
    if rule_row is None:
        return None
    rule = rule or rule_of(rule_row)
    values |= {"count": rule.count, "kinds": list(rule.counts or GroupKind.values)}
    closed = json.loads(rule_row.closed_dates)
    return ProgramWeek(
        program_code=program.code,
        week=week,
        as_of=as_of,
        rule=rule,
        closed_dates=tuple((date.fromisoformat(day), reason) for day, reason in closed),
        people=_people(week, as_of, values),
    )


def _people(week: Week, as_of: datetime, values: dict[str, Any]) -> tuple[PersonWeek, ...]:
    rows = list(rows_of(PEOPLE_AND_LINES, values))
    seats, busy = ([], {}) if week.is_over(as_of) else _seats_and_busy(values)
    return tuple(
        person_of(list(of_one), week, seats, busy)
        for _, of_one in groupby(rows, key=lambda row: row.enrollment_key)
    )


def current_week(program: Program, now: datetime) -> Week:
    """Return the week of the program in which this moment falls."""
    return program.week_of(local_date(now, program.zone))


def rows_of(statement: str, values: dict[str, Any]) -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row_type = NamedTuple("Row", [(column.name, Any) for column in cursor.description])  # type: ignore[misc]
        return iter([row_type._make(row) for row in cursor.fetchall()])


def rule_of(row: Any) -> WeekRule:
    facts = {name: getattr(row, name) for name in WeekRule.__dataclass_fields__}
    return WeekRule(**facts | {"counts": tuple(row.counts) if row.counts else None})


def person_of(rows: list[Any], week: Week, seats: Iterable[Seat], busy: Busy) -> PersonWeek:
    first = rows[0]
    lines = tuple(_line(row) for row in rows if row.session_id)
    covered = [
        day
        for day in week.dates
        if first.admitted_on <= day and (not first.discharged_on or day <= first.discharged_on)
    ]
    on_leave = frozenset(day for day in covered if any(day in part for part in first.leave))
    taken = {line.session_id for line in lines}
    return PersonWeek(
        **{name: getattr(first, name) for name in PERSON_COLUMNS},
        leave_dates=on_leave,
        lines=lines,
        seats=tuple(
            seat
            for seat in seats
            if seat.session_id not in taken
            and seat.held_on in covered
            and seat.held_on not in on_leave
        ),
        busy=tuple(busy.get(first.enrollment_key, ())),
    )


PERSON_COLUMNS = (
    "enrollment_id",
    "enrollment_key",
    "participant_id",
    "chart_number",
    "first_name",
    "last_name",
    "preferred_name",
    "admitted_on",
    "discharged_on",
    "planned_discharge_on",
    "ordered",
)


def _line(row: Any) -> SessionLine:
    return SessionLine(
        session_id=row.session_id,
        group=row.group_name,
        held_on=row.held_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_expected=row.is_expected,
        has_record=row.has_record,
        absence=row.absence or "",
        is_open=bool(row.is_open),
        is_signed=row.is_signed,
        stretches=tuple(zip(row.arrived or (), row.departed or (), strict=True)),
        net=row.net,
        credited=row.credited,
        net_ahead=row.net_ahead,
        grace_minutes=row.grace_minutes,
    )


def _seats_and_busy(values: dict[str, Any]) -> tuple[list[Seat], Busy]:
    seats: list[Seat] = []
    busy: Busy = {}
    for row in rows_of(SEATS_AND_BUSY, values):
        if row.enrollment_key is None:
            seats.append(
                Seat(
                    row.session_id,
                    row.group_name,
                    row.kind,
                    row.held_on,
                    row.starts_at,
                    row.ends_at,
                    row.net,
                    row.free,
                )
            )
        else:
            busy.setdefault(row.enrollment_key, []).append((row.starts_at, row.ends_at))
    return seats, busy
