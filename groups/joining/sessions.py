"""The sessions that a place in a group comes with: its own, and those that take them in."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from groups.models import GroupMembership, GroupSession, MakeUpSeat, SessionStatus, TherapyGroup

Sessions = list[GroupSession]


def sessions_of(group: TherapyGroup, *, first_on: date, last_on: date | None) -> Sessions:
    """Return where the members of the group meet on these dates, by start."""
    own, combined = Q(group=group), Q(combined_here__group=group)
    held = GroupSession.objects.filter(own | combined, status=SessionStatus.SCHEDULED)
    held = held.filter(held_on__gte=first_on)
    if last_on is not None:
        held = held.filter(held_on__lte=last_on)
    return list(held.select_related("group").distinct().order_by("starts_at", "pk"))


def left_sessions(membership: GroupMembership, *, since: date) -> Sessions:
    """Return where the place no longer counts when it ends before the date."""
    own = Q(group=membership.group_id, held_on__gte=since)
    if membership.last_on is not None:
        own &= Q(held_on__lte=membership.last_on)
    seats = MakeUpSeat.objects.held().filter(
        enrollment=membership.enrollment_id,
        combined_from__group=membership.group_id,
        combined_from__held_on__gte=since,
    )
    combined = Q(pk__in=seats.values("session"))
    held = GroupSession.objects.filter(own | combined, status=SessionStatus.SCHEDULED)
    return list(held.select_related("group").order_by("starts_at", "pk"))
