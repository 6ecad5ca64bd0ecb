"""A session whose notes are written: who is on its sheet, what a browser sends, what is stored."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from attendance.models import ParticipantNote
from attendance.notes.session import whole
from attendance.notes.written import Written, written_of
from attendance.whose import sessions_of
from groups.models import GroupSession
from programs.access import access_of
from programs.models import Participant, Program
from programs.weeks import local_date
from tests import build
from tests.attendance.sheet import a_member

X_PART = {"X-Part": "1"}
HTMX = {"HX-Request": "true"}


def a_noted_session(program: Program, leader: User, **fields: Any) -> GroupSession:
    """A session of MONDAY that `leader` leads; it is over at build.NOW."""
    group = fields.pop("group", None) or build.a_group(program, name="Process A")
    return build.a_session(group, facilitators=[leader], **fields)


def days_ago(program: Program, days: int) -> date:
    """The local date so many days before the real one: pages read the clock."""
    return local_date(timezone.now(), program.zone) - timedelta(days=days)


def someone(session: GroupSession, first: str, last: str = "Okoye", *stretches: str, **fields):
    """A member who was present the whole time, or as `stretches` say; absent by `absence`."""
    absence = fields.pop("absence", "")
    person = a_member(session, first_name=first, last_name=last, **fields)
    if not absence and not stretches:
        stretches = ("09:00-12:00",)
    build.a_record(session, person, *stretches, absence=absence)
    return person


def url_of(session: GroupSession, view: str = "notes", person: Participant | None = None) -> str:
    ids = [session.group.program.public_id, session.public_id]
    return reverse(f"notes:{view}", args=[*ids, person.public_id] if person else ids)


def typed(**fields: str) -> dict[str, str]:
    """What the browser sends of a person's part that nobody wrote before."""
    blank = dict.fromkeys(("participation", "goal", "goal_progress", "response", "plan"), "")
    return blank | {"version": "0"} | fields


def save(client: Client, session: GroupSession, person: Participant, **fields: str):
    """Save one person's part as the script does."""
    return client.post(url_of(session, "person", person), typed(**fields), headers=X_PART)


def save_group(client: Client, session: GroupSession, **fields: str):
    blank = dict.fromkeys(("topic", "intervention", "began", "ended"), "")
    data = blank | {"version": "0"} | fields
    return client.post(url_of(session, "group"), data, headers=X_PART)


def note_of(session: GroupSession, person: Participant) -> ParticipantNote:
    return ParticipantNote.objects.get(session=session, participant=person)


def read(session: GroupSession, by: User) -> Written:
    """Read the notes as a page does for this person."""
    sessions = sessions_of(access_of(by), session.group.program, "notes.write")
    return written_of(whole(sessions).get(pk=session.pk))


def words_of(response) -> str:
    """Return what the page says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def long_ago(session: GroupSession, weeks: int = 1, **fields: Any) -> GroupSession:
    """An earlier session of the same group."""
    day = session.held_on - timedelta(weeks=weeks)
    return build.a_session(session.group, day, **fields)
