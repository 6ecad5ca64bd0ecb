"""Which group or weekly slot somebody asks to change: their program's, and still to be changed."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from django.shortcuts import get_object_or_404

from accounts.models import User
from groups.meeting_dates import dates_of
from groups.models import MeetingPattern, TherapyGroup
from groups.schedule.slot_planning import next_date_of
from programs.models import Program

A_YEAR = timedelta(weeks=52)


def group_to_edit(user: User, program: Program, public_id: uuid.UUID) -> TherapyGroup:
    """Return the program's group; 404 where there is none of that id."""
    visible = TherapyGroup.objects.visible_to(user).filter(program=program)
    related = visible.select_related("program__site", "default_room", "teaches")
    return get_object_or_404(related, public_id=public_id)


def slot_to_edit(
    user: User, program: Program, public_id: uuid.UUID, *, now: datetime
) -> tuple[MeetingPattern, list[date]]:
    """Return a slot of the program with its dates still to come, for a year; 404 if none is so."""
    groups = TherapyGroup.objects.visible_to(user).filter(program=program)
    slots = MeetingPattern.objects.filter(group__in=groups)
    related = slots.select_related("group__program__site", "room")
    found = get_object_or_404(related, public_id=public_id)
    return found, _coming(found, now)


def _coming(slot: MeetingPattern, now: datetime) -> list[date]:
    """Return the slot's dates whose sessions are still to come; none of one taken back."""
    first = None if slot.withdrawn_at else next_date_of(slot, now)
    if first is None:
        return []
    until = first + A_YEAR
    days = dates_of(slot, until=until)
    return [day for day in days if first <= day <= until]
