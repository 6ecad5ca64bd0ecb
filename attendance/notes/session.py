"""Everything that one page of notes says of a session, and when they may be written."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from attendance.grace import with_grace
from attendance.sheet.session import Phase, phase_of
from attendance.teaching.told import with_taught
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet
from programs.models import Goal


def whole(sessions: GroupSessionQuerySet) -> GroupSessionQuerySet:
    """Return the sessions with their signatures and the part for every chart."""
    found = sessions.select_related(
        "group__program__site",
        "sign_off",
        "group_note__lesson",
        "group_note__written_by",
        "notes_sign_off__signed_by",
        "notes_sign_off__cosignature__signed_by",
    )
    return with_taught(with_grace(found))


# The id of no row.
NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True)
class Asked:
    """The public ids that a form names: whose goal, and which."""

    participant: uuid.UUID = NOBODY
    goal: uuid.UUID = NOBODY


def with_asked(sessions: GroupSessionQuerySet, asked: Asked) -> GroupSessionQuerySet:
    """Return the sessions with `goal_pk`, None where it is not one to choose.

    So a save finds out in the statement that reads the session.
    """
    day = OuterRef("held_on")
    goals = Goal.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=day),
        Q(enrollment__discharged_on=None) | Q(enrollment__discharged_on__gte=day),
        public_id=asked.goal,
        enrollment__participant__public_id=asked.participant,
        enrollment__admitted_on__lte=day,
    )
    return sessions.annotate(goal_pk=Subquery(goals.values("pk")[:1]))


def why_closed(session: GroupSession, now: datetime) -> str:
    """Say why its notes cannot be written now; nothing where they can.

    They can from when the sheet opens, and when it is signed, until they are signed themselves.
    """
    if hasattr(session, "notes_sign_off"):
        return _("These notes are signed. What comes later is an addendum below them.")
    words = {
        Phase.CANCELLED: _("This session is cancelled: it has no notes."),
        Phase.CLOSED: _("This session is closed: no notes are asked for it any more."),
        Phase.FUTURE: _("Notes can be written from 12 hours before the session."),
    }
    return words.get(phase_of(session, now), "")
