"""Where a person is signed in: their sessions that still open something, this one first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.signed_in.device import device_in_words, icon_of
from accounts.signed_in.standing import LOCKED


@dataclass(frozen=True)
class SignedIn:
    """One device; `handle` names its session on the page without giving it away."""

    handle: str
    key: str
    device: str
    icon: str
    address: str
    since: datetime
    seen_at: datetime
    is_this: bool
    is_locked: bool


def sessions_of(user: User, *, this: str | None, now: datetime) -> list[SignedIn]:
    """Return the person's sessions, this one first, then the latest seen; two statements."""
    known = {each.session_key: each for each in UserSession.objects.filter(user=user)}
    rows = Session.objects.filter(pk__in=known, expire_date__gt=now)
    found = [_signed_in(known[row.pk], row, this) for row in rows if _is_of(row, user)]
    return sorted(found, key=lambda each: (each.is_this, each.seen_at), reverse=True)


def handle_of(key: str) -> str:
    """Return the name that a session has on a page: nobody is let in by it."""
    return sha256(f"session {key}".encode()).hexdigest()


def _signed_in(known: UserSession, row: Session, this: str | None) -> SignedIn:
    return SignedIn(
        handle=handle_of(row.pk),
        key=row.pk,
        device=device_in_words(known.user_agent),
        icon=icon_of(known.user_agent),
        address=known.ip,
        since=known.created_at,
        seen_at=known.last_seen_at,
        is_this=row.pk == this,
        is_locked=bool(row.get_decoded().get(LOCKED)),
    )


def _is_of(row: Session, user: User) -> bool:
    """Return whether the session lets this person in: not with the password before this one."""
    facts = row.get_decoded()
    kept, wanted = facts.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()
    return facts.get(SESSION_KEY) == str(user.pk) and constant_time_compare(kept, wanted)
