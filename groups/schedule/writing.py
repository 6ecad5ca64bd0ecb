"""Writes a planned edit: slots, sessions, who leads them, seats. Checks nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet

from accounts.models import User
from groups.models import (
    Facilitation,
    GroupSession,
    MakeUpSeat,
    MeetingPattern,
    PatternFacilitator,
    SessionStatus,
)
from groups.schedule.edit import Edit, SessionEdit, SlotEdit

PLACE = ("held_on", "starts_at", "ends_at", "breaks", "room", "status")
WHY_NOT = ("cancelled_for", "cancelled_reason", "combined_into")


@dataclass(frozen=True)
class Written:
    """The keys of what was written."""

    patterns: Sequence[int]
    sessions: Sequence[int]
    seats: Sequence[int]


def write_edit(edit: Edit, *, reason: str, now: datetime, by: User | None) -> Written:
    """Write everything the edit says, in an order in which no constraint meets a state between."""
    _end(edit.ends, now)
    slots = [_begin(each) for each in edit.slots]
    _give_up_leading(edit.sessions)
    stored = [*_change(edit, slots), *_add(edit, slots)]
    kept = _refill(edit, slots)
    _lead(stored)
    _stand_in(edit, reason)
    seats = [*_take_in(edit, now, by), *_give_back(edit, now)]
    return Written(
        patterns=[*edit.ends, *(slot.pk for slot in slots)],
        sessions=[*(each.proposal.key or 0 for each in stored), *kept],
        seats=[seat.pk for seat in seats],
    )


def seats_given_back(edit: Edit) -> QuerySet[MakeUpSeat]:
    """Return the seats elsewhere of people whose combined session is held after all."""
    back = [each.key for each in edit.held if each.key is not None]
    return MakeUpSeat.objects.held().filter(combined_from__in=back)


def _end(ends: Mapping[int, object], now: datetime) -> None:
    for key, last_on in ends.items():
        slot = MeetingPattern.objects.filter(pk=key)
        slot.update(**({"withdrawn_at": now} if last_on is None else {"last_on": last_on}))


def _begin(slot: SlotEdit) -> MeetingPattern:
    wish = slot.wish
    pattern = MeetingPattern.objects.create(
        group_id=slot.group,
        weekday=wish.weekday,
        starts=wish.starts,
        ends=wish.ends,
        breaks=[list(each) for each in wish.breaks],
        room_id=wish.room,
        first_on=wish.first_on,
        last_on=wish.last_on,
        every_weeks=wish.every_weeks,
        follows_id=slot.follows,
    )
    leading = [PatternFacilitator(pattern=pattern, user_id=user) for user in wish.leaders]
    PatternFacilitator.objects.bulk_create(leading)
    return pattern


def _values(edit: SessionEdit) -> dict[str, object]:
    each = edit.proposal
    return {
        "held_on": each.held_on,
        "starts_at": each.starts_at,
        "ends_at": each.ends_at,
        "breaks": each.breaks,
        "room_id": each.room,
        "status": edit.status,
        "cancelled_for_id": edit.cancelled_for,
        "cancelled_reason": edit.cancelled_reason,
        "combined_into_id": edit.combined_into,
    }


def _change(edit: Edit, slots: Sequence[MeetingPattern]) -> list[SessionEdit]:
    """Write the stored sessions that the edit alters."""
    rows = GroupSession.objects.in_bulk(edit.touched)
    edits = [each for each in edit.sessions if each.proposal.key is not None]
    for each in edits:
        row = rows[each.proposal.key or 0]
        for name, value in _values(each).items():
            setattr(row, name, value)
        if each.slot is not None:
            row.pattern, row.slot_on = slots[each.slot], each.slot_on
    GroupSession.objects.bulk_update(rows.values(), ["pattern", "slot_on", *PLACE, *WHY_NOT])
    return edits


def _add(edit: Edit, slots: Sequence[MeetingPattern]) -> list[SessionEdit]:
    """Write the new sessions, and return them with their keys."""
    edits = [each for each in edit.sessions if each.proposal.key is None]
    rows = GroupSession.objects.bulk_create(
        GroupSession(
            group_id=each.proposal.group,
            pattern=None if each.slot is None else slots[each.slot],
            slot_on=each.slot_on,
            **_values(each),
        )
        for each in edits
    )
    return [
        replace(each, proposal=replace(each.proposal, key=row.pk))
        for each, row in zip(edits, rows, strict=True)
    ]


def _refill(edit: Edit, slots: Sequence[MeetingPattern]) -> list[int]:
    """Let the kept sessions fill their dates of the new slot; nothing else of them changes."""
    kept = [each for each in edit.kept if each.slot is not None]
    for each in kept:
        stays = GroupSession.objects.filter(pk=each.key)
        stays.update(pattern=slots[each.slot or 0], slot_on=each.slot_on)
    return [each.key for each in kept]


def _give_up_leading(edits: Iterable[SessionEdit]) -> None:
    """Let those who lead no longer go first, so that nobody is in two places for a moment."""
    wanted = {each.proposal.key: set(each.proposal.leaders) for each in edits}
    leading = Facilitation.objects.filter(session__in=[key for key in wanted if key is not None])
    gone = [
        row.pk
        for row in leading.filter(is_former=False)
        if row.user_id not in wanted[row.session_id]
    ]
    Facilitation.objects.filter(pk__in=gone).update(is_former=True)


def _lead(edits: Sequence[SessionEdit]) -> None:
    """Let the proposed people lead; who led before and comes back is former no more."""
    sessions = [each.proposal.key or 0 for each in edits]
    there = {
        (row.session_id, row.user_id): row
        for row in Facilitation.objects.filter(session__in=sessions)
    }
    wanted = [(each.proposal.key or 0, user) for each in edits for user in each.proposal.leaders]
    back = [there[pair].pk for pair in wanted if pair in there and there[pair].is_former]
    Facilitation.objects.filter(pk__in=back).update(is_former=False, instead_of=None, reason="")
    Facilitation.objects.bulk_create(
        Facilitation(session_id=session, user_id=user)
        for session, user in wanted
        if (session, user) not in there
    )


def _stand_in(edit: Edit, reason: str) -> None:
    """Say of each substitute for whom they stand in, and why."""
    for each in edit.stand_ins:
        led = Facilitation.objects.filter(session=each.session)
        former = led.get(user=each.instead_of)
        led.filter(user=each.leader).update(instead_of=former, reason=reason)


def _take_in(edit: Edit, now: datetime, by: User | None) -> list[MakeUpSeat]:
    """Give the people of a combined session their seats in the one that takes them in."""
    origin: dict[int | None, int | None] = {
        each.combined_into: each.proposal.key for each in edit.sessions if each.combined_into
    }
    return MakeUpSeat.objects.bulk_create(
        MakeUpSeat(
            session_id=proposal.key or 0,
            enrollment_id=enrollment,
            booked_by=by,
            booked_at=now,
            combined_from_id=origin[proposal.key],
        )
        for proposal in edit.held
        for enrollment in proposal.guests
    )


def _give_back(edit: Edit, now: datetime) -> list[MakeUpSeat]:
    seats = list(seats_given_back(edit))
    MakeUpSeat.objects.filter(pk__in=[seat.pk for seat in seats]).update(released_at=now)
    return seats


def withdraw(model: type[models.Model], keys: Iterable[int], now: datetime) -> None:
    """Take back rows that a change added: nothing is deleted, none counts any more."""
    taken_back: dict[type[models.Model], dict[str, Any]] = {
        MeetingPattern: {"withdrawn_at": now},
        GroupSession: {"status": SessionStatus.WITHDRAWN, "cancelled_for": None},
        Facilitation: {"is_former": True},
        MakeUpSeat: {"released_at": now},
    }
    rows = model._default_manager.filter(pk__in=list(keys))
    rows.update(**taken_back[model])
