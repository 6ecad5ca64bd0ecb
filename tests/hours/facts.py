"""Facts built by hand for the tests of the pure rules: one week, one person, some sessions."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hours.facts import PersonWeek, ProgramWeek, SessionLine, WeekRule
from hours.make_up import Seat
from programs.weeks import Week
from tests.build import CHICAGO, MONDAY

WEEK = Week(MONDAY, CHICAGO)
WEDNESDAY_NOON = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)


def a_week_rule(**fields: Any) -> WeekRule:
    defaults: dict[str, Any] = {
        "effective_from": date(2026, 1, 1),
        "min_minutes_per_week": 540,
        "max_minutes_per_week": 1_140,
        "min_days_per_week": 3,
        "min_minutes_per_day": 120,
        "count": "net_minutes",
        "partial_weeks": "exempt",
        "closures": "exempt",
        "leave": "exempt",
        "citation": "Example rule 1.2",
    }
    return WeekRule(**defaults | fields)


def a_line(day: int, **fields: Any) -> SessionLine:
    """A three-hour session from 9 AM on a day of the week (0 is Monday), expected, no record."""
    on = MONDAY + timedelta(days=day)
    start = datetime.combine(on, time(9), tzinfo=CHICAGO).astimezone(UTC)
    defaults: dict[str, Any] = {
        "session_id": uuid.uuid4(),
        "group": "Core",
        "held_on": on,
        "starts_at": start,
        "ends_at": start + timedelta(minutes=180),
        "is_expected": True,
        "has_record": False,
        "absence": "",
        "is_open": False,
        "is_signed": False,
        "stretches": (),
        "net": 180,
        "credited": 0,
        "net_ahead": 0,
    }
    return SessionLine(**defaults | fields)


def attended(day: int, minutes: int = 180, **fields: Any) -> SessionLine:
    """The same, attended from its start for so many minutes."""
    line = a_line(day)
    stretch = (line.starts_at, line.starts_at + timedelta(minutes=minutes))
    return a_line(day, has_record=True, credited=minutes, stretches=(stretch,), **fields)


def missed(day: int, absence: str = "unexcused") -> SessionLine:
    return a_line(day, has_record=True, absence=absence)


def a_seat(day: int, hour: int, minutes: int, **fields: Any) -> Seat:
    on = MONDAY + timedelta(days=day)
    start = datetime.combine(on, time(hour), tzinfo=CHICAGO).astimezone(UTC)
    defaults: dict[str, Any] = {
        "session_id": uuid.uuid4(),
        "group": "Skills",
        "kind": "skills",
        "held_on": on,
        "starts_at": start,
        "ends_at": start + timedelta(minutes=minutes),
        "net": minutes,
        "free": 2,
    }
    return Seat(**defaults | fields)


def a_person(*lines: SessionLine, **fields: Any) -> PersonWeek:
    defaults: dict[str, Any] = {
        "enrollment_id": uuid.uuid4(),
        "enrollment_key": 1,
        "participant_id": uuid.uuid4(),
        "chart_number": "C-1",
        "first_name": "Ada",
        "last_name": "Nolan",
        "preferred_name": "",
        "admitted_on": date(2026, 10, 5),
        "discharged_on": None,
        "planned_discharge_on": None,
        "ordered": None,
        "leave_dates": frozenset(),
        "seats": (),
        "busy": (),
    }
    return PersonWeek(lines=lines, **defaults | fields)


def a_program_week(
    *people: PersonWeek, as_of: datetime = WEDNESDAY_NOON, closed: bool = False, **rule: Any
) -> ProgramWeek:
    return ProgramWeek(
        program_code="iop",
        week=WEEK,
        as_of=as_of,
        rule=a_week_rule(**rule),
        closed_dates=((date(2026, 11, 26), "Holiday"),) if closed else (),
        people=people,
    )
