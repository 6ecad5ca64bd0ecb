"""Where the name of a session leads: to its sheet for who may mark it, else to its group."""

from __future__ import annotations

from django.urls import reverse

from groups.models import GroupSession, SessionStatus
from groups.readable import leaders_of
from programs.access import Access
from programs.models import Program
from programs.who_may import Scope


def may_mark(session: GroupSession, access: Access, program: Program) -> bool:
    """Return whether this person may mark the session; it was read `with_leaders`."""
    scope = access.scope("attendance.mark", program)
    if scope is Scope.OWN:
        return str(access.user.public_id) in {leader.key for leader in leaders_of(session)}
    return scope is Scope.PROGRAM


def session_url(session: GroupSession, access: Access, program: Program) -> str:
    """Return the address of the session's sheet; of its group where it is cancelled."""
    is_held = session.status == SessionStatus.SCHEDULED
    if is_held and may_mark(session, access, program):
        return sheet_url(session, program)
    return reverse("groups:group", args=[program.public_id, session.group.public_id])


def sheet_url(session: GroupSession, program: Program) -> str:
    """Return the address of the session's attendance sheet."""
    return reverse("sheet:sheet", args=[program.public_id, session.public_id])
