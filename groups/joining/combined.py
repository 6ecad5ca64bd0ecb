"""Where a session meets with another for a date, its members hold seats in the one that is held."""

from __future__ import annotations

from datetime import date, datetime

from accounts.models import User
from groups.models import GroupMembership, GroupSession, MakeUpSeat, SessionStatus


def take_seats_elsewhere(
    membership: GroupMembership, *, now: datetime, by: User | None
) -> list[MakeUpSeat]:
    """Give the member a seat in each session still to end that takes in one of their group's."""
    meeting = GroupSession.objects.filter(
        group=membership.group_id,
        held_on__gte=membership.first_on,
        combined_into__status=SessionStatus.SCHEDULED,
        combined_into__ends_at__gt=now,
    ).select_related("combined_into")
    if membership.last_on is not None:
        meeting = meeting.filter(held_on__lte=membership.last_on)
    return MakeUpSeat.objects.bulk_create(
        MakeUpSeat(
            session=into,
            enrollment_id=membership.enrollment_id,
            combined_from=given_up,
            booked_by=by,
            booked_at=now,
        )
        for given_up in meeting.order_by("pk")
        if (into := given_up.combined_into) and not _is_expected(membership.enrollment_id, into)
    )


def give_back_seats_elsewhere(membership: GroupMembership, *, since: date, now: datetime) -> None:
    """Give back the seats that came with the place on dates from `since` on."""
    seats = MakeUpSeat.objects.held().filter(
        enrollment=membership.enrollment_id,
        combined_from__group=membership.group_id,
        combined_from__held_on__gte=since,
        session__ends_at__gt=now,
    )
    seats.update(released_at=now)


def _is_expected(enrollment: int, session: GroupSession) -> bool:
    """Return whether the person has a place in the session already."""
    member = GroupMembership.objects.on(session.held_on).filter(group=session.group_id)
    seat = MakeUpSeat.objects.held().filter(session=session)
    return any(rows.filter(enrollment=enrollment).exists() for rows in (member, seat))
