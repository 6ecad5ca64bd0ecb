"""Calendar files as programs of others read them, and the addresses that give them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import vobject
from dateutil.tz import tzical
from django.test import Client
from django.utils import timezone
from vobject.icalendar import registerTzid

from accounts.models import User
from groups.feeds.actions import make_feed
from groups.models import GroupSession
from programs.models import Program

# From when until when, and in which room.
Told = tuple[datetime, datetime, str]


def an_address(user: User, program: Program | None = None) -> str:
    """Return the path of a fresh address of the person's."""
    return f"/feed/{make_feed(program=program, now=timezone.now(), by=user).secret}.ics"


def read(address: str) -> bytes:
    """Return what a calendar program that is signed in to nothing gets there."""
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content


def rows(sessions: Iterable[GroupSession]) -> Counter[Told]:
    """Return what the rows say of sessions."""
    return Counter(
        (each.starts_at, each.ends_at, each.room.name if each.room else "") for each in sessions
    )


def events_of(body: bytes) -> list[Any]:
    """Return the file's events as vobject reads them, in the zones that the file itself tells."""
    text = body.decode()
    if "BEGIN:VTIMEZONE" in text:
        zones = tzical(StringIO(text))
        for name in zones.keys():  # noqa: SIM118 (it has keys, and is no mapping)
            # Else vobject keeps those of the file before, or knows of its own what is in Chicago.
            registerTzid(name, zones.get(name))
    return vobject.readOne(text).contents.get("vevent", [])


def told(body: bytes) -> Counter[Told]:
    """Return what vobject and dateutil make of the file, its rules expanded to instants."""
    events = events_of(body)
    found: Counter[Told] = Counter()
    replaced = {
        (each.uid.value, _instant(each.recurrence_id.value))
        for each in events
        if "recurrence-id" in each.contents
    }
    for event in events:
        length = _instant(event.dtend.value) - _instant(event.dtstart.value)
        for start in _starts(event):
            if "rrule" in event.contents and (event.uid.value, start) in replaced:
                replaced.remove((event.uid.value, start))
            else:
                found[(start, start + length, _room(event))] += 1
    assert not replaced, "overrides of what the rules do not give"
    return found


def _starts(event: Any) -> list[datetime]:
    if "rrule" not in event.contents:
        return [_instant(event.dtstart.value)]
    return [_instant(each) for each in event.getrruleset(addRDate=True)]


def _room(event: Any) -> str:
    return event.location.value if "location" in event.contents else ""


def _instant(moment: datetime) -> datetime:
    assert moment.tzinfo is not None
    return moment.astimezone(UTC)
