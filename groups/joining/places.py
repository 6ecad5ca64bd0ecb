"""Writes a place in a group with what comes with it. Checks nothing; it is for the actions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import User
from groups.joining.combined import take_seats_elsewhere
from groups.joining.stay import Stay
from groups.models import GroupMembership, WaitingPlace
from groups.schedule.clashes import Clash
from groups.schedule.exceptions import record_exceptions


@dataclass(frozen=True)
class Accepted:
    """The warnings that were accepted and why, by whom and when."""

    clashes: Collection[Clash]
    reason: str
    now: datetime
    by: User | None

    @property
    def kinds(self) -> list[str]:
        """The kinds of the warnings, each once."""
        return sorted({str(each.kind) for each in self.clashes})


def begin(stay: Stay, accepted: Accepted) -> GroupMembership:
    """Write a new place, and take the person out of the line for it."""
    place = GroupMembership.objects.create(
        group=stay.group,
        enrollment=stay.enrollment,
        first_on=stay.first_on,
        last_on=stay.until,
    )
    settle(place, accepted)
    return place


def go_over(place: GroupMembership, stay: Stay, accepted: Accepted) -> GroupMembership:
    """Let a place that has not begun be one in another group; its history keeps what it was."""
    place.group, place.first_on = stay.group, stay.first_on
    place.save(update_fields=["group", "first_on"])
    settle(place, accepted)
    return place


def settle(place: GroupMembership, accepted: Accepted) -> None:
    """Write what comes with a place: no more waiting, combined sessions, the exceptions."""
    now, by = accepted.now, accepted.by
    waiting = WaitingPlace.objects.waiting().filter(group=place.group, enrollment=place.enrollment)
    waiting.update(left_at=now, membership=place)
    take_seats_elsewhere(place, now=now, by=by)
    record_exceptions(
        clashes=accepted.clashes,
        reason=accepted.reason,
        program=place.group.program,
        membership=place,
        now=now,
        by=by,
    )


def end(place: GroupMembership, last_on: date) -> None:
    """Write the last day of a place."""
    place.last_on = last_on
    place.save(update_fields=["last_on"])


def facts_of(place: GroupMembership) -> dict[str, Any]:
    """Return what the trail keeps of a place: whose it is, in which group, since and until when."""
    return {
        "subject": place,
        "participant_id": place.enrollment.participant.public_id,
        "program_id": place.group.program.public_id,
        "group": str(place.group.public_id),
        "first_on": place.first_on.isoformat(),
        "last_on": place.last_on.isoformat() if place.last_on else None,
    }
