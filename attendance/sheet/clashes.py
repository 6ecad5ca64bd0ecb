"""Where else somebody is on record at the same time, told as far as one may know."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from attendance.models import Presence
from attendance.sheet.states import State
from groups.models import GroupSession
from programs.models import Participant, Program


def clashes_of(
    session: GroupSession, wanted: Sequence[tuple[Participant, State]], by: User
) -> dict[uuid.UUID, str]:
    """Return words for each person whose stretches share a minute with another session."""
    start, end = session.starts_at, session.ends_at
    shared = [
        Q(participant=participant, span__overlap=(max(arrived, start), min(left or end, end)))
        for participant, state in wanted
        for arrived, left in state.stretches
    ]
    found = Presence.objects.filter(reduce(or_, shared, Q(pk=None))).exclude(session=session)
    found = found.select_related("session__group", "participant")
    known = set(Program.objects.visible_to(by).values_list("pk", flat=True))
    said = {}
    for stay in found:
        group = stay.session.group  # type: ignore[union-attr]
        name = group.name if group.program_id in known else ""
        said[stay.participant.public_id] = _words(name)  # type: ignore[union-attr]
    # The other one may be gone again by now.
    return said or {participant.public_id: _words("") for participant, _state in wanted}


def _words(group: str) -> str:
    if not group:
        return _("Busy: already recorded in another session at this time.")
    return _("Already recorded in %(group)s at this time.") % {"group": group}
