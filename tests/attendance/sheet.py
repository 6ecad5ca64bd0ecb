"""A session under way with people on its sheet, and what a browser sends of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from attendance.sheet.actions import Recorded, record_attendance
from attendance.sheet.people import Person, people_of
from attendance.sheet.wishes import RowMarks
from groups.models import GroupSession
from programs.models import Participant, Program
from tests import build
from tests.build import MONDAY, moment

AT_TEN = moment(MONDAY, "10:00")
AT_THE_END = moment(MONDAY, "12:00")


def a_running_session(program: Program, now: datetime, *leaders: User) -> GroupSession:
    """A session of 90 minutes that began 70 minutes before `now`, on one local date.

    Around midnight at its site, the site lies elsewhere, where it is evening.
    """
    group = build.a_group(program, name="Process A")
    start = now.replace(second=0, microsecond=0) - timedelta(minutes=70)
    around = (start, start + timedelta(minutes=89))
    if len({each.astimezone(program.zone).date() for each in around}) > 1:
        program.site.timezone = "Pacific/Auckland"
        program.site.save(update_fields=["timezone"])
    session = GroupSession.objects.create(
        group=group,
        held_on=start.astimezone(program.zone).date(),
        starts_at=start,
        ends_at=start + timedelta(minutes=90),
    )
    for user in leaders:
        build.a_facilitation(session, user)
    return session


def a_member(session: GroupSession, **fields: Any) -> Participant:
    enrollment = build.an_enrollment(
        session.group.program, build.a_participant(**fields), admitted_on="2020-01-01"
    )
    build.a_membership(session.group, enrollment)
    return enrollment.participant


def record(session: GroupSession, by: User, *marks: RowMarks, now: datetime = AT_TEN) -> Recorded:
    """Record the marks at ten in the morning of the session's day."""
    sheets = GroupSession.objects.filter(pk=session.pk)
    return record_attendance(session=sheets, marks=marks, by=by, now=now)


def on_sheet(session: GroupSession, participant: Participant) -> Person:
    """Return the person as they stand on the sheet now."""
    return next(each for each in people_of(session) if each.id == participant.public_id)


def said(session: GroupSession, participant: Participant) -> str:
    """Return the record in local times: `09:00-, 10:00-10:30`, an absence, or `-`."""
    state = on_sheet(session, participant).state
    zone = session.group.program.zone
    if not state.stretches:
        return str(state).removeprefix("a:")
    return ", ".join(
        f"{came.astimezone(zone):%H:%M}-{f'{left.astimezone(zone):%H:%M}' if left else ''}"
        for came, left in state.stretches
    )


def row(participant: Participant, seen: str = "-", **fields: str) -> dict[str, str]:
    """Return what a browser sends of one row."""
    who = participant.public_id
    named = {f"{name}-{who}": value for name, value in fields.items()}
    return {"row": str(who), f"seen-{who}": seen, **named}


def rows(session: GroupSession, mark: str) -> dict[str, Any]:
    """Return what a browser sends of the whole sheet when every row gets this mark."""
    data: dict[str, Any] = {"row": []}
    for person in people_of(session):
        each = row(person.participant, str(person.state), mark=mark)
        data["row"].append(each.pop("row"))
        data |= each
    return data
