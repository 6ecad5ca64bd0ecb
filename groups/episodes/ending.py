"""Ends what hangs on an episode after its last day, and keeps what it ended by public id.

Checks nothing; it is for the actions. What begins later gets no dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from groups.episodes.refusals import A_DAY
from groups.models import GroupMembership, MakeUpSeat, TherapyGroup, WaitingPlace
from programs.models import Enrollment, Leave

Kept = dict[str, str | None]


@dataclass(frozen=True)
class Ended:
    """What was ended, as the step keeps it, and the groups (keys) in which seats came free."""

    detail: dict[str, Any] = field(default_factory=dict)
    groups: frozenset[int] = frozenset()

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        return {name: len(rows) for name, rows in self.detail.items()}

    def freed(self, groups: Mapping[int, TherapyGroup]) -> list[TherapyGroup]:
        """Return the groups, of those given by key, in which seats came free."""
        return [groups[key] for key in sorted(self.groups)]


def end_places(enrollment: Enrollment, last_on: date, now: datetime) -> Ended:
    """End the memberships, give the seats back and leave the lines after the last day."""
    memberships, seats = list(after(enrollment, last_on)), seats_after(enrollment, last_on)
    waiting = WaitingPlace.objects.waiting().filter(enrollment=enrollment)
    seat_ids, waiting_ids = _ids(seats), _ids(waiting)
    freed = {each.group_id for each in memberships}
    detail = {
        "memberships": [_end(each, last_on) for each in memberships],
        "seats": seat_ids,
        "waiting": waiting_ids,
    }
    seats.update(released_at=Greatest(F("booked_at"), now))
    waiting.update(left_at=Greatest(F("asked_at"), now))
    return Ended(detail, frozenset(freed))


def end_leaves(enrollment: Enrollment, last_on: date) -> list[Kept]:
    """End the person's leaves with the episode, so that they are not away when they come back."""
    return [_end(each, last_on) for each in leaves_after(enrollment, last_on)]


def call_off_leaves(enrollment: Enrollment) -> list[Kept]:
    """Let the leaves not be that were planned inside an episode which never begins."""
    never = enrollment.admitted_on - A_DAY
    planned = leaves_after(enrollment, never).filter(first_on__gt=never)
    return [_end(each, never) for each in planned]


def after(enrollment: Enrollment, last_on: date) -> QuerySet[GroupMembership]:
    """Return the places with dates after the day, and their groups."""
    later = Q(last_on=None) | Q(last_on__gt=last_on, last_on__gte=F("first_on"))
    found = GroupMembership.objects.filter(later, enrollment=enrollment)
    return found.select_related("group").order_by("group__name", "first_on")


def seats_after(enrollment: Enrollment, last_on: date) -> QuerySet[MakeUpSeat]:
    """Return the seats held on dates after the day, combined sessions among them."""
    held = MakeUpSeat.objects.held().filter(enrollment=enrollment)
    return held.filter(session__held_on__gt=last_on)


def leaves_after(enrollment: Enrollment, last_on: date) -> QuerySet[Leave]:
    """Return the person's leaves with dates after the day."""
    later = Q(last_on=None) | Q(last_on__gt=last_on, last_on__gte=F("first_on"))
    return Leave.objects.filter(later, participant=enrollment.participant)


def _end(row: GroupMembership | Leave, last_on: date) -> Kept:
    was = row.last_on
    row.last_on = last_on if row.first_on <= last_on else row.first_on - A_DAY
    row.save(update_fields=["last_on"])
    return {"id": str(row.public_id), "was": _text(was), "now": _text(row.last_on)}


def _ids(rows: Iterable[Any]) -> list[str]:
    return [str(each.public_id) for each in rows]


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
