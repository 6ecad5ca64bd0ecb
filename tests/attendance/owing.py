"""A session that is over, and what may be on record of it, for the tests of what is owed."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from groups.models import GroupSession
from programs.models import Program
from tests import build
from tests.build import MONDAY, Day
from tests.build_records import signed_notes


def a_past_session(
    program: Program,
    *leaders: User,
    day: Day = MONDAY,
    starts: str = "09:00",
    ends: str = "10:30",
    people: int = 1,
    recorded: int = 0,
    **fields: Any,
) -> GroupSession:
    """A session with so many members, the first so many of them recorded."""
    named = {"name": fields.pop("name")} if "name" in fields else {}
    group = build.a_group(program, **named)
    session = build.a_session(group, day, starts, ends, facilitators=leaders, **fields)
    for number in range(people):
        enrollment = build.an_enrollment(program, admitted_on="2020-01-01")
        build.a_membership(group, enrollment)
        if number < recorded:
            build.a_record(session, enrollment.participant, f"{starts}-{ends}")
    return session


def signed(session: GroupSession, by: User | None = None) -> GroupSession:
    """Sign its attendance at its end."""
    build.a_sign_off(session, by)
    return session


def to_cosign(session: GroupSession, by: User, **fields: Any) -> GroupSession:
    """Sign its notes, an hour after its end, so that somebody else has to co-sign."""
    at = {"signed_at": build.moment(session.held_on, "11:30"), "due_at": session.ends_at}
    signed_notes(session, by, **{**at, "is_cosignature_needed": True, **fields})
    return session
