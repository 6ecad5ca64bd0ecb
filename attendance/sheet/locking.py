"""Locks a session's sheet, so that two who mark at once do it one after the other."""

from __future__ import annotations

from datetime import datetime

from attendance.sheet.refusals import ReadOnly
from attendance.sheet.session import Phase, phase_of, whole
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet


def locked_sheet(session: GroupSessionQuerySet, now: datetime) -> GroupSession:
    """Return the one session, locked; raises GroupSession.DoesNotExist, ReadOnly."""
    found = whole(session).select_for_update(of=("self",), no_key=True).get()
    phase = phase_of(found, now)
    if phase is not Phase.OPEN:
        raise ReadOnly(phase)
    return found
