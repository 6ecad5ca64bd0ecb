"""Who was, is or will be in a group on a date: as it was then, whatever came later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from groups.models import (
    GroupMembership,
    GroupSession,
    MakeUpSeat,
    SessionStatus,
    TherapyGroup,
    WaitingPlace,
)
from programs.models import Enrollment, Leave, Participant

LEFT_AT_MOST = 30


@dataclass(frozen=True)
class RosterOn:
    """The places of a group as seen from one date, and the guests of that day's sessions.

    `away` holds the participants (keys) on leave on the date, `asked` the places (keys) that came
    from the waiting list with the date of asking.
    """

    day: date
    members: Sequence[GroupMembership]
    later: Sequence[GroupMembership]
    left: Sequence[GroupMembership]
    is_left_cut: bool
    sessions: Sequence[GroupSession]
    guests: Sequence[MakeUpSeat]
    away: frozenset[int] = frozenset()
    from_line: frozenset[int] = frozenset()
    line: Sequence[WaitingPlace] = field(default=())

    @property
    def people(self) -> list[Participant]:
        """Everybody who is named on the page."""
        rows: list[GroupMembership | MakeUpSeat | WaitingPlace]
        rows = [*self.members, *self.later, *self.left, *self.guests, *self.line]
        return [each.enrollment.participant for each in rows]


def roster_on(group: TherapyGroup, day: date) -> RosterOn:
    """Return the group as it is on the date."""
    begun = group.memberships.with_dates().select_related("enrollment__participant")
    places = begun.order_by("first_on", "pk")
    members = list(places.filter(_covers(day)))
    left = places.filter(last_on__lt=day).exclude(
        enrollment__participant__in=[each.enrollment.participant_id for each in members]
    )
    latest = list(left.order_by("-last_on", "-pk")[: LEFT_AT_MOST + 1])
    sessions = list(
        GroupSession.objects.in_calendar()
        .filter(group=group, held_on=day)
        .select_related("combined_into__group", "cancelled_for")
        .order_by("starts_at")
    )
    return RosterOn(
        day=day,
        members=members,
        later=list(places.filter(first_on__gt=day)),
        left=latest[:LEFT_AT_MOST],
        is_left_cut=len(latest) > LEFT_AT_MOST,
        sessions=sessions,
        guests=_guests(sessions, day),
        away=_away(members, day),
        from_line=_from_line(group),
    )


def _covers(day: date) -> Q:
    return Q(first_on__lte=day) & (Q(last_on=None) | Q(last_on__gte=day))


def _guests(sessions: Sequence[GroupSession], day: date) -> list[MakeUpSeat]:
    """Return the make-up seats held in the day's sessions, of people enrolled and not away."""
    held = [each.pk for each in sessions if each.status == SessionStatus.SCHEDULED]
    away = Leave.objects.on(day).values("participant")
    return list(
        MakeUpSeat.objects.held()
        .filter(session__in=held, enrollment__in=Enrollment.objects.covering(day))
        .exclude(enrollment__participant__in=away)
        .select_related("enrollment__participant", "combined_from__group")
        .order_by("booked_at", "pk")
    )


def _away(members: Sequence[GroupMembership], day: date) -> frozenset[int]:
    people = [each.enrollment.participant_id for each in members]
    away = Leave.objects.on(day).filter(participant__in=people)
    return frozenset(away.values_list("participant", flat=True))


def _from_line(group: TherapyGroup) -> frozenset[int]:
    came = WaitingPlace.objects.filter(group=group, membership__isnull=False)
    return frozenset(came.values_list("membership", flat=True))
