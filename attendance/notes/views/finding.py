"""Finds the session that a page is about, as far as who asks may know of it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import NoReturn

from django.http import HttpRequest

from accounts.audit import write_audit
from accounts.models import User
from attendance.notes.cards import Desk
from attendance.notes.session import Asked, whole, why_closed, with_asked
from attendance.notes.written import Written
from attendance.whose import refuse_row, sessions_of
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet
from programs.models import Program

READ, WRITE = "notes.read", "notes.write"


def sessions(
    request: HttpRequest, program: Program, session_id: uuid.UUID, action: str
) -> GroupSessionQuerySet:
    """Return the one session, or none where it is not this person's."""
    access = request.access  # type: ignore[attr-defined]
    return sessions_of(access, program, action).filter(public_id=session_id)


def found(
    request: HttpRequest,
    program: Program,
    session_id: uuid.UUID,
    *,
    action: str = READ,
    asked: Asked | None = None,
) -> GroupSession:
    """Return the session with everything its page says, or refuse."""
    one = whole(sessions(request, program, session_id, action))
    session = (with_asked(one, asked) if asked else one).first()
    return session or refuse(request, program, session_id)


def refuse(request: HttpRequest, program: Program, session_id: uuid.UUID) -> NoReturn:
    """Someone else's session of one's own program is forbidden; any other is not there."""
    visible = GroupSession.objects.visible_to(user(request))
    refuse_row(visible.filter(group__program=program, public_id=session_id))


def desk_of(request: HttpRequest, written: Written, now: datetime) -> Desk:
    return Desk(written, user(request), now, why_closed(written.session, now))


def audit_read(request: HttpRequest, written: Written, *people: uuid.UUID) -> None:
    """Put on the trail whose notes of the session were read."""
    session = written.session
    write_audit(
        "notes.read",
        by=user(request),
        subject=session,
        participant_id=people[0] if len(people) == 1 else None,
        program_id=session.group.program.public_id,
        people=len(people),
        participants=[str(each) for each in people],
    )


def user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
