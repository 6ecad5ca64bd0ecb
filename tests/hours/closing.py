"""A small closed week for the tests of closing: three signed sessions, and the oracle's minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.models import User
from groups.models import GroupSession
from hours.concluding.actions import close_week
from hours.models import WeekClose
from programs.models import Participant, Program
from programs.weeks import Week
from tests import build
from tests.build import CHICAGO, MONDAY

# The Monday after the week of MONDAY, at noon in Chicago.
NEXT_MONDAY = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)
DAYS = (MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=3))
WEEK = Week(MONDAY, CHICAGO)


def a_week_of_sessions(program: Program, **group: Any) -> list[GroupSession]:
    """Monday, Tuesday and Thursday from nine to twelve, with a break of ten minutes."""
    core = build.a_group(program, **{"name": "Core", **group})
    return [build.a_session(core, day, breaks="10:30-10:40") for day in DAYS]


def somebody_in(sessions: list[GroupSession], **fields: Any) -> Participant:
    """A member of the sessions' group, enrolled since long before."""
    program = sessions[0].group.program
    enrollment = build.an_enrollment(
        program, build.a_participant(**fields), admitted_on="2026-10-05"
    )
    build.a_membership(sessions[0].group, enrollment)
    return enrollment.participant


def close(
    program: Program, *, by: User | None = None, now: datetime = NEXT_MONDAY, on: date = MONDAY
) -> WeekClose:
    """Close the week that begins on a date."""
    return close_week(program=program, week=Week(on, program.zone), now=now, by=by)
