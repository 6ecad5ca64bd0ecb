"""Short calls for the tests of the amend page: a signed Monday, and what a browser sends."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from attendance.sheet.states import State
from groups.models import GroupSession
from hours.amending.comparing import Correction
from hours.amending.preview import effect_of
from programs.models import Participant, Program
from tests import build
from tests.attendance.sheet import a_member, on_sheet
from tests.build import NOW

WHY = "She came ten minutes late; the co-leader saw it."
HTMX = {"HX-Request": "true"}


def a_signed_monday(
    program: Program, *leaders: User, name: str = "Process A", **rule: Any
) -> tuple[GroupSession, Participant]:
    """A signed session of three hours with one member there, under a rule of three hours a week.

    A day qualifies with all of it.
    """
    given = {"min_minutes_per_week": 180, "min_minutes_per_day": 180, "min_days_per_week": 1}
    build.a_rule(program, **{**given, **rule})
    session = build.a_session(build.a_group(program, name=name), facilitators=leaders)
    person = a_member(session, first_name="Grace", last_name="Lindqvist")
    build.a_record(session, person, "09:00-12:00")
    build.a_sign_off(session, leaders[0] if leaders else None)
    return session, person


def url_of(session: GroupSession, person: Participant) -> str:
    ids = [session.group.program.public_id, session.public_id, person.public_id]
    return reverse("amending:amend", args=ids)


def sent(mark: str = "here", **fields: str) -> dict[str, str]:
    """Return what a browser sends of the form."""
    times = {"arrived": "09:00", "left": "12:00"} if mark == "here" else {}
    return {"act": "save", "mark": mark, "way": "person", "reason": WHY, **times, **fields}


def shown_in(response: Any) -> str:
    """Return what the page says of the change it has shown."""
    found = re.search(r'name="shown" value="([^"]*)"', response.content.decode())
    return html.unescape(found[1]) if found else ""


def words_of(response: Any) -> str:
    """Return what the page says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def correction(
    session: GroupSession, person: Participant, target: State, reason: str = WHY
) -> Correction:
    """Return a correction made from what the record says now."""
    sessions = GroupSession.objects.filter(pk=session.pk)
    return Correction(sessions, person, target, reason, on_sheet(session, person).state)


def effect(
    session: GroupSession,
    person: Participant,
    target: State,
    now: datetime = NOW,
    by: User | None = None,
) -> Any:
    """Return what an amendment would change."""
    wanted = Correction(GroupSession.objects.filter(pk=session.pk), person, target, "")
    return effect_of(wanted, by=by or build.a_user(), now=now)
