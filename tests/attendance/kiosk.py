"""A session under way on a kiosk, people with birthdays on its sheet, and what they type."""

from __future__ import annotations

from datetime import datetime

from django.test import Client

from groups.models import GroupSession
from programs.models import Participant
from tests.attendance.sheet import a_member

HERE, ANSWERS, THANKS, LEAVE = "/kiosk/", "/kiosk/answers/", "/kiosk/thanks/", "/kiosk/leave/"
ASK = "Please ask the facilitator to help you check in."


def start_of(session: GroupSession) -> str:
    return f"/kiosk/{session.group.program.public_id}/{session.public_id}/start/"


def sheet_of(session: GroupSession) -> str:
    return f"/sheet/{session.group.program.public_id}/{session.public_id}/"


def amara(session: GroupSession, **fields) -> Participant:
    """Amara, called Mara, born on April 17."""
    facts = {
        "first_name": "Amara",
        "preferred_name": "Mara",
        "last_name": "Okoye",
        "birth_date": "1988-04-17",
    }
    return a_member(session, **{**facts, **fields})


def who(name: str = "Mara", month: int | str = 4, day: int | str = 17) -> dict[str, str]:
    return {"name": name, "month": str(month), "day": str(day)}


def words(response) -> str:
    """Return the page's text, with white space made one."""
    return " ".join(response.content.decode().split())


def in_kiosk(client: Client, session: GroupSession) -> Client:
    """Return the browser once it is a kiosk."""
    assert client.post(start_of(session)).status_code == 302
    return client


def forward(client: Client, until: datetime) -> None:
    """Let the time run out of whoever answers."""
    store = client.session
    store["kiosk_answering"] = {**store["kiosk_answering"], "until": until.isoformat()}
    store.save()
