"""The rows behind the ids that a page sends back: who wants which seat."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.http import Http404

from accounts.models import User
from groups.making_up.refusals import Wish
from groups.models import GroupSession, MakeUpSeat
from programs.models import Enrollment, Program

Pairs = Sequence[tuple[uuid.UUID, uuid.UUID]]


def enrollment_of(user: User, program: Program, enrollment_id: uuid.UUID) -> Enrollment:
    """Return the enrollment in the program, or raise Http404."""
    found = Enrollment.objects.visible_to(user).filter(program=program, public_id=enrollment_id)
    row = found.select_related("participant__merged_into", "program__site").first()
    if row is None:
        raise Http404
    return row


def seat_of(user: User, program: Program, enrollment: Enrollment, seat: uuid.UUID) -> MakeUpSeat:
    """Return the person's seat in a session of the program, or raise Http404."""
    sessions = GroupSession.objects.visible_to(user).filter(group__program=program)
    found = MakeUpSeat.objects.filter(session__in=sessions, enrollment=enrollment, public_id=seat)
    row = found.select_related("session__group").first()
    if row is None:
        raise Http404
    return row


def wishes_of(
    user: User, program: Program, pairs: Pairs, *, makes_up: uuid.UUID | None = None
) -> list[Wish]:
    """Return the wishes behind pairs of an enrollment and a session, or raise Http404."""
    ids = {session for _, session in pairs} | ({makes_up} if makes_up else set())
    visible = GroupSession.objects.visible_to(user).filter(group__program=program)
    sessions = {
        each.public_id: each
        for each in visible.filter(public_id__in=ids).select_related("group__program__site")
    }
    found = Enrollment.objects.visible_to(user).filter(program=program)
    people = {
        each.public_id: each
        for each in found.filter(public_id__in={person for person, _ in pairs}).select_related(
            "participant__merged_into"
        )
    }
    if len(sessions) < len(ids) or len(people) < len({person for person, _ in pairs}):
        raise Http404
    missed = sessions[makes_up] if makes_up else None
    return [Wish(sessions[session], people[person], missed) for person, session in pairs]
