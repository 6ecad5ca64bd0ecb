"""What the tests of moving sessions share: a program with rooms, groups, people and sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client

from accounts.models import User
from groups.models import GroupSession, MeetingPattern, TherapyGroup
from programs.models import Enrollment, Program, Room
from tests import build

# The Thursday and Friday after NOW, and the Monday after them.
THURSDAY, FRIDAY, NEXT_MONDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 30)


@dataclass(frozen=True)
class Place:
    """Process A on Fridays in Harbor Room with two people, and the rooms it could move to."""

    program: Program
    harbor: Room
    garden: Room
    group: TherapyGroup
    slot: MeetingPattern
    session: GroupSession
    people: tuple[Enrollment, ...]


def a_place(program: Program, leader: User) -> Place:
    """Return Process A with its session of FRIDAY, 9 to 12 with a break, and four later ones."""
    build.a_rule(program)
    harbor = build.a_room(program.site, name="Harbor Room")
    garden = build.a_room(program.site, name="Garden Room")
    group = build.a_group(program, name="Process A", kind="process")
    slot = build.a_pattern(
        group, weekday=4, room=harbor, facilitators=[leader], breaks="10:30-10:45"
    )
    fields: dict[str, Any] = {"room": harbor, "pattern": slot, "facilitators": [leader]}
    days = [date.fromordinal(FRIDAY.toordinal() + 7 * week) for week in range(5)]
    sessions = [build.a_session(group, day, breaks="10:30-10:45", **fields) for day in days]
    people = [build.an_enrollment(program, _person(name)) for name in ("Ada", "Ben")]
    for each in people:
        build.a_membership(group, each)
    return Place(program, harbor, garden, group, slot, sessions[0], tuple(people))


def _person(name: str) -> Any:
    return build.a_participant(first_name=name, last_name="Katz")


def url_of(session: GroupSession, act: str = "") -> str:
    """Return the address of the session's page, or of what can be done with it."""
    tail = f"{act}/" if act else ""
    return f"/sessions/{session.group.program.public_id}/{session.public_id}/{tail}"


def add_url(program: Program) -> str:
    """Return the address at which a session is added."""
    return f"/sessions/{program.public_id}/add/"


def placed(
    day: date, starts: str = "09:00", ends: str = "12:00", room: Room | None = None, **more: Any
) -> dict[str, Any]:
    """Return the form of a placement as a browser sends it."""
    return {
        "act": "save",
        "how_much": "this",
        "held_on_0": day.month,
        "held_on_1": day.day,
        "held_on_2": day.year,
        "starts": starts,
        "ends": ends,
        "room": str(room.public_id) if room else "",
        **more,
    }


def words_of(client: Client, url: str, **data: Any) -> str:
    """Return the page as text; what is sent is posted."""
    answer = client.post(url, data) if data else client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()
