"""What changes about being signed in: seen, locked, opened again, ended; and the PIN."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import Enum, StrEnum

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from accounts.signed_in.kept import delete_sessions, kept_facts
from accounts.signed_in.standing import LOCKED, MOST_TRIES, SEEN, TRIES, seen_at


class LockedBy(StrEnum):
    """Why a session is locked."""

    IDLE = "idle"
    HAND = "hand"


class EndedBy(StrEnum):
    """Why a session has ended, other than by signing out."""

    HOURS = "hours"
    TRIES = "tries"
    OWNER = "owner"
    LEFT = "left"
    LOST = "lost"


class Unlocked(Enum):
    """What came of the try to open a locked session."""

    OPEN = "open"
    WRONG = "wrong"
    ENDED = "ended"


@transaction.atomic
def see_again(*, key: str, device: dict[str, str], now: datetime, by: User) -> None:
    """Write that the person is there now, from this device; what is seen often is no event.

    The first time of a session is one: it began.
    """
    with kept_facts(key) as facts:
        facts.update(seen_at(facts, now) if facts else {})
    known = UserSession.objects.filter(session_key=key, user=by)
    if not known.update(last_seen_at=now, ip=device["ip"]):
        UserSession.objects.filter(session_key=key).delete()
        UserSession.objects.create(
            session_key=key, user=by, created_at=now, last_seen_at=now, **device
        )


@transaction.atomic
def lock_session(*, key: str, how: LockedBy, by: User) -> None:
    """Let the session open nothing until its person unlocks it. Twice is as once."""
    with kept_facts(key) as facts:
        is_new = bool(facts) and not facts.get(LOCKED)
        if is_new:
            facts.update({LOCKED: True, TRIES: 0})
    if is_new:
        write_audit("session.locked", by=by, subject=by, how=how.value)


@transaction.atomic
def unlock_session(
    *, key: str, is_right: bool, how: str, now: datetime, by: User
) -> tuple[Unlocked, int]:
    """Open the session where the answer was right; return what came of it, and the tries left.

    The fifth wrong answer ends the session: the count stands in its row, so that many tries at
    once are as many tries one after another. A right one that comes after it opens nothing.
    """
    with kept_facts(key) as facts:
        tries = facts.get(TRIES, 0) + 1
        opens = is_right and bool(facts)
        if opens:
            facts.update({LOCKED: False, TRIES: 0, SEEN: now.isoformat()})
        elif facts:
            facts[TRIES] = tries
    if opens:
        write_audit("session.unlocked", by=by, subject=by, how=how)
        return Unlocked.OPEN, MOST_TRIES
    write_audit("session.unlock_refused", by=by, subject=by, how=how, tries=tries)
    if tries < MOST_TRIES and facts:
        return Unlocked.WRONG, MOST_TRIES - tries
    end_sessions(keys=[key], user=by, why=EndedBy.TRIES, by=by)
    return Unlocked.ENDED, 0


@transaction.atomic
def end_sessions(*, keys: Collection[str], user: User, why: EndedBy, by: User | None) -> int:
    """End these sessions of the user at once; return how many there were."""
    ended = delete_sessions(keys)
    if ended:
        write_audit("session.ended", by=by, subject=user, why=why.value, sessions=ended)
    return ended


@transaction.atomic
def end_all_sessions(*, user: User, why: EndedBy, by: User | None) -> int:
    """End every session of the user on every device."""
    keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    return end_sessions(keys=list(keys), user=user, why=why, by=by)


@transaction.atomic
def choose_pin(*, pin: str, by: User) -> None:
    """Keep the hash of the PIN with which this person unlocks a page; blank: none any more."""
    by.pin = make_password(pin) if pin else ""
    by.save(update_fields=["pin"])
    write_audit("user.chose_pin" if pin else "user.dropped_pin", by=by, subject=by)
