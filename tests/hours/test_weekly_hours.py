"""The verdict, case by case, in the words of the contract."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from hours.facts import PersonWeek
from hours.verdicts import Flag, Tag, Verdict
from hours.weekly_hours import weekly_hours_of
from tests.hours.facts import (
    NEXT_MONDAY,
    WEDNESDAY_NOON,
    a_line,
    a_person,
    a_program_week,
    a_seat,
    attended,
    missed,
)

OVER, RUNNING = NEXT_MONDAY, WEDNESDAY_NOON
THREE_ATTENDED = (attended(0), attended(1), attended(2))


@pytest.mark.parametrize(
    ("person", "as_of", "rule", "verdict"),
    [
        pytest.param(a_person(*THREE_ATTENDED), RUNNING, {}, Verdict.MET, id="exactly the hours"),
        pytest.param(
            a_person(attended(0, 179), attended(1), attended(2)),
            OVER,
            {},
            Verdict.NOT_MET,
            id="a minute short when the week is over",
        ),
        pytest.param(
            a_person(attended(0), attended(1), a_line(2)),
            OVER,
            {},
            Verdict.PENDING,
            id="over, and the missing session is not recorded",
        ),
        pytest.param(
            a_person(attended(0), missed(1), a_line(2)),
            OVER,
            {},
            Verdict.NOT_MET,
            id="over, and recording would not be enough",
        ),
        pytest.param(
            a_person(attended(0), attended(1), a_line(3)),
            RUNNING,
            {},
            Verdict.ON_TRACK,
            id="the rest is still to come",
        ),
        pytest.param(
            a_person(attended(0), attended(1), missed(2), seats=(a_seat(4, 9, 180),)),
            RUNNING,
            {},
            Verdict.RECOVERABLE,
            id="an open seat closes the gap",
        ),
        pytest.param(
            a_person(attended(0), attended(1), missed(2), seats=(a_seat(4, 9, 179),)),
            RUNNING,
            {},
            Verdict.UNREACHABLE,
            id="an open seat a minute too short",
        ),
        pytest.param(
            a_person(attended(0), attended(1), missed(2), seats=(a_seat(4, 9, 180),)),
            OVER,
            {},
            Verdict.NOT_MET,
            id="seats do not help when the week is over",
        ),
        pytest.param(
            a_person(attended(0), ordered=180),
            OVER,
            {},
            Verdict.MET,
            id="an order replaces the rule",
        ),
        pytest.param(
            a_person(admitted_on=date(2026, 11, 24)),
            OVER,
            {},
            Verdict.EXEMPT,
            id="admitted in the week",
        ),
        pytest.param(
            a_person(admitted_on=date(2026, 11, 24)),
            OVER,
            {"partial_weeks": "count"},
            Verdict.NOT_MET,
            id="admitted in the week, and the rule counts it",
        ),
        pytest.param(
            a_person(leave_dates=frozenset({date(2026, 11, 24)})),
            OVER,
            {"leave": "count"},
            Verdict.NOT_MET,
            id="on leave, and the rule counts it",
        ),
    ],
)
def test_verdict(
    person: PersonWeek, as_of: datetime, rule: dict[str, Any], verdict: Verdict
) -> None:
    assert weekly_hours_of(person, a_program_week(person, as_of=as_of, **rule)).verdict is verdict


@pytest.mark.parametrize(
    ("person", "closed", "tag"),
    [
        (a_person(admitted_on=date(2026, 11, 23)), False, Tag.FULL),
        (a_person(admitted_on=date(2026, 11, 24)), False, Tag.ADMIT_PARTIAL),
        (a_person(admitted_on=date(2026, 11, 29)), True, Tag.ADMIT_PARTIAL),
        (a_person(discharged_on=date(2026, 11, 28)), True, Tag.DISCHARGE_PARTIAL),
        (a_person(discharged_on=date(2026, 11, 29)), False, Tag.FULL),
        (a_person(leave_dates=frozenset({date(2026, 11, 25)})), True, Tag.LEAVE),
        (a_person(), True, Tag.CLOSURE),
    ],
)
def test_the_first_tag_that_holds(person: PersonWeek, closed: bool, tag: Tag) -> None:
    assert weekly_hours_of(person, a_program_week(person, closed=closed)).tag is tag


def test_an_open_stretch_counts_what_lies_ahead() -> None:
    here_now = a_line(2, has_record=True, is_open=True, credited=60, net_ahead=0, net=180)
    later = a_line(3, has_record=True, is_open=True, credited=0, net_ahead=120)
    person = a_person(here_now, later)
    row = weekly_hours_of(person, a_program_week(person))
    assert (row.attended, row.remaining) == (60, 120)


@pytest.mark.parametrize(
    ("lines", "rule", "flags"),
    [
        pytest.param(
            (attended(0), attended(1), a_line(3)), {}, {Flag.TIGHT}, id="nothing to spare"
        ),
        pytest.param(
            (attended(0), attended(1), a_line(3), a_line(4)),
            {},
            set(),
            id="one session to spare exactly",
        ),
        pytest.param(
            (attended(0, 119), attended(1, 600)),
            {},
            {Flag.DAYS_SHORT},
            id="one day is a minute short of qualifying",
        ),
        pytest.param(THREE_ATTENDED, {"max_minutes_per_week": 540}, set(), id="at the maximum"),
        pytest.param(
            THREE_ATTENDED, {"max_minutes_per_week": 539}, {Flag.OVER_MAXIMUM}, id="over it"
        ),
        pytest.param(
            (attended(0), attended(1), a_line(2), a_line(3), a_line(4)),
            {},
            {Flag.UNRECORDED},
            id="this morning is not recorded",
        ),
    ],
)
def test_flags(lines: tuple, rule: dict[str, Any], flags: set[Flag]) -> None:
    person = a_person(*lines)
    row = weekly_hours_of(person, a_program_week(person, **rule))
    assert set(row.flags) == flags
    assert list(row.flags) == sorted(row.flags)


def test_a_session_ends_at_its_end() -> None:
    """At the minute a session ends it is no longer ahead, and is unrecorded."""
    line = a_line(2)
    assert (line.remaining(line.ends_at), line.unrecorded(line.ends_at)) == (0, 180)
    assert (line.remaining(line.starts_at), line.unrecorded(line.starts_at)) == (180, 0)
