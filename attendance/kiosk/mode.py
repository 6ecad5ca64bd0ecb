"""The kiosk as the browser's session knows it: for which session of a group, and who answers now.

All of it stands on the server, in the session of whoever signed in and opened the kiosk. Nothing
of it is in an address, a title or a cookie that the browser could read.
"""

from __future__ import annotations

import uuid
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from groups.models import GroupSession
from programs.models import Participant

KEY, ANSWERING, THANKED = "kiosk", "kiosk_answering", "kiosk_thanked"
# Who has answered nothing for so long has walked away.
PATIENCE = timedelta(minutes=5)
# Time is given again no more often than that.
OFTEN = timedelta(seconds=30)

Store = MutableMapping[str, Any]


@dataclass(frozen=True)
class Kiosk:
    """An open kiosk; `id` is its own, the others are public ids of what it is for."""

    id: str
    program: uuid.UUID
    session: uuid.UUID


@dataclass(frozen=True)
class Thanks:
    """What is said once somebody has answered."""

    language: str
    is_safety: bool


def kiosk_of(store: Store) -> Kiosk | None:
    """Return the kiosk that this browser is, or None where it is none."""
    kept = store.get(KEY)
    if kept is None:
        return None
    return Kiosk(kept["id"], uuid.UUID(kept["program"]), uuid.UUID(kept["session"]))


def open_kiosk(store: Store, session: GroupSession) -> None:
    """Make this browser a kiosk for the session."""
    forget(store)
    store[KEY] = {
        "id": uuid.uuid4().hex,
        "program": str(session.group.program.public_id),
        "session": str(session.public_id),
    }


def close_kiosk(store: Store) -> None:
    """Make this browser an ordinary one again."""
    forget(store)
    store.pop(KEY, None)


def let_answer(store: Store, participant: Participant, now: datetime) -> None:
    """Let this person answer; whoever did before is forgotten."""
    forget(store)
    until = (now + PATIENCE).isoformat()
    store[ANSWERING] = {"participant": str(participant.public_id), "until": until}


def who_answers(store: Store, now: datetime) -> uuid.UUID | None:
    """Return who answers now, and give them time again; None where nobody does any more."""
    kept = store.get(ANSWERING)
    if kept is None:
        return None
    left = datetime.fromisoformat(kept["until"]) - now
    if left <= timedelta():
        del store[ANSWERING]
        return None
    if left < PATIENCE - OFTEN:
        store[ANSWERING] = {**kept, "until": (now + PATIENCE).isoformat()}
    return uuid.UUID(kept["participant"])


def thank(store: Store, thanks: Thanks) -> None:
    """Forget who answered; keep only what is to be said now."""
    forget(store)
    store[THANKED] = {"language": thanks.language, "is_safety": thanks.is_safety}


def thanks_of(store: Store) -> Thanks | None:
    """Return what is to be said to whoever has just answered."""
    kept = store.get(THANKED)
    return Thanks(**kept) if kept else None


def forget(store: Store) -> None:
    """Forget who answers or has just answered; writes nothing where nobody does."""
    for name in (ANSWERING, THANKED):
        if name in store:
            del store[name]
