"""Which sessions a person may open a sheet of, and what can be done with one now."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from attendance.grace import grace_of, with_grace
from attendance.sheet.states import Moment
from attendance.whose import sessions_of
from groups.models import GroupSession, SessionStatus
from groups.models.session import GroupSessionQuerySet
from programs.access import Access
from programs.models import Program
from programs.weeks import whole_minute

# A sheet opens this long before its session; until then it is a roster to read.
OPENS = timedelta(hours=12)
# Signing may begin this long before the end; who is in the room then stays until the end.
SIGNING_OPENS = timedelta(minutes=15)


class Phase(StrEnum):
    """What a sheet is for at this moment."""

    CANCELLED = "cancelled"
    CLOSED = "closed"
    SIGNED = "signed"
    FUTURE = "future"
    OPEN = "open"


def sheets_of(access: Access, program: Program) -> GroupSessionQuerySet:
    """Return the program's sessions whose sheet this person may open: all, or their own.

    `is_mine` says that they lead the session now.
    """
    return sessions_of(access, program, "attendance.mark")


def phase_of(session: GroupSession, now: datetime) -> Phase:
    """Return what can be done; `session` comes with its signature."""
    if hasattr(session, "sign_off"):
        return Phase.SIGNED
    if session.status != SessionStatus.SCHEDULED:
        return Phase.CANCELLED
    if session.closed_at is not None:
        return Phase.CLOSED
    return Phase.FUTURE if session.starts_at - now > OPENS else Phase.OPEN


def moment_of(session: GroupSession, now: datetime) -> Moment:
    """Return the session's times, this minute, and what is forgiven at the door."""
    return Moment(session.starts_at, session.ends_at, whole_minute(now), grace_of(session))


def whole(sessions: GroupSessionQuerySet) -> GroupSessionQuerySet:
    """Return the sessions with everything the sheet's page says of them."""
    found = sessions.select_related("group__program__site", "room", "sign_off__signed_by")
    return with_grace(found)
