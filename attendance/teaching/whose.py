"""Whose sessions' lessons a person reads, and where they confirm what was taught."""

from __future__ import annotations

import uuid

from attendance.whose import refuse_row, sessions_of
from groups.models import GroupSession
from groups.readable import with_leaders
from programs.access import Access
from programs.models import Program
from programs.who_may import Scope

READ, CONFIRM = "curriculum.read", "teaching.confirm"


def session_of(
    access: Access, program: Program, session_id: uuid.UUID, *, action: str
) -> GroupSession:
    """Return the session as the teaching pages tell of it.

    Whoever confirms only for their own sessions opens only those. Raises PermissionDenied for
    others of the program, Http404 elsewhere.
    """
    reach = CONFIRM if access.scope(CONFIRM, program) is Scope.OWN else action
    found = with_leaders(sessions_of(access, program, reach).in_calendar()).select_related(
        "group__program__site", "room", "teaching__confirmed_by"
    )
    if session := found.filter(public_id=session_id).first():
        return session
    visible = GroupSession.objects.visible_to(access.user).in_calendar()
    return refuse_row(visible.filter(group__program=program, public_id=session_id))
