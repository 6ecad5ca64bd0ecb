"""Somebody asks to wait for a seat, steps out of the line, or comes in when a seat frees.

The group is locked while it happens: of two workers and one seat, one promotes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from groups.joining.days import is_closed_on, next_day
from groups.joining.line import cannot_wait, first_day, is_discharged, place_from
from groups.joining.locking import in_words, lock_groups
from groups.joining.places import Accepted, begin, facts_of
from groups.joining.seats import seats_for
from groups.joining.stay import Stay, session_clashes
from groups.models import GroupMembership, TherapyGroup, WaitingPlace
from groups.schedule.edit import CannotSchedule
from programs.models import Enrollment

logger = logging.getLogger(__name__)


def ask_to_wait(
    *, group: TherapyGroup, enrollment: Enrollment, now: datetime, by: User | None
) -> WaitingPlace:
    """Put the person at the end of the line, once. Raises CannotSchedule with words."""
    with in_words(), transaction.atomic():
        (group,) = lock_groups(group)
        standing = WaitingPlace.objects.waiting().filter(group=group, enrollment=enrollment)
        if waits := standing.first():
            return waits
        if words := cannot_wait(group, enrollment, now):
            raise CannotSchedule(words)
        place = WaitingPlace.objects.create(
            group=group, enrollment=enrollment, asked_at=now, asked_by=by
        )
        _audit("waiting.asked", place, by)
        return place


@transaction.atomic
def stop_waiting(*, place: WaitingPlace, now: datetime, by: User | None) -> None:
    """Take the person out of the line; who is out of it already stays so."""
    if _step_out(place, now):
        _audit("waiting.left", place, by)


def promote_waiting(
    *, group: TherapyGroup, now: datetime, by: User | None
) -> tuple[GroupMembership, ...]:
    """Let the first in line in, as long as a seat stays free for them, and return their places.

    They begin at the next session. Whoever is discharged before it steps out. Nobody is passed
    over: a clash with another group of theirs goes to the director's list. Run again, it does
    nothing.
    """
    with in_words(), transaction.atomic():
        (group,) = lock_groups(group)
        day, promoted = next_day(group, now), []
        for place in _line(group, day, now, by):
            if not _is_their_turn(group, place.enrollment, first_day(place.enrollment, day)):
                break
            promoted.append(_let_in(place, group, day, now, by))
        return tuple(promoted)


def promote_all(
    *, groups: Iterable[TherapyGroup], now: datetime, by: User | None
) -> tuple[GroupMembership, ...]:
    """Let in who waits for each of the groups, each on its own, and return their places.

    Where one group's line cannot go on, the others' do; the next sweep tries it again.
    """
    came: list[GroupMembership] = []
    for group in groups:
        try:
            came += promote_waiting(group=group, now=now, by=by)
        except CannotSchedule:
            logger.warning("Nobody could be let into group %s.", group.public_id, exc_info=True)
    return tuple(came)


def _line(group: TherapyGroup, day: date, now: datetime, by: User | None) -> list[WaitingPlace]:
    """Return who still waits, in order; the discharged step out, and those who are in by now."""
    waiting = WaitingPlace.objects.waiting().filter(group=group).select_for_update(of=("self",))
    still = []
    for place in waiting.select_related("enrollment__participant"):
        place.group = group
        standing = place_from(group, place.enrollment, day)
        comes_on = first_day(place.enrollment, day)
        if standing is None and not is_discharged(place.enrollment, comes_on):
            still.append(place)
        elif _step_out(place, now, membership=standing):
            _audit("waiting.left", place, by)
    return still


def _is_their_turn(group: TherapyGroup, enrollment: Enrollment, first_on: date) -> bool:
    """Return whether the first in line, as this person now is, finds a seat that stays free."""
    if is_closed_on(group, first_on):
        return False
    seats = seats_for(group, enrollment, first_on=first_on, last_on=enrollment.discharged_on)
    return seats.free > 0


def _let_in(
    place: WaitingPlace, group: TherapyGroup, day: date, now: datetime, by: User | None
) -> GroupMembership:
    stay = Stay(group, place.enrollment, first_day(place.enrollment, day))
    why = _("Their turn came on the waiting list.")
    accepted = Accepted(session_clashes(stay, now), why, now, by)
    came = begin(stay, accepted)
    write_audit(
        "waiting.promoted",
        by=by,
        asked_at=place.asked_at.isoformat(),
        overridden=accepted.kinds,
        **facts_of(came),
    )
    return came


def _step_out(
    place: WaitingPlace, now: datetime, membership: GroupMembership | None = None
) -> bool:
    standing = WaitingPlace.objects.filter(pk=place.pk, left_at=None)
    left_at = max(now, place.asked_at)
    return bool(standing.update(left_at=left_at, membership=membership))


def _audit(verb: str, place: WaitingPlace, by: User | None) -> None:
    write_audit(
        verb,
        by=by,
        subject=place,
        participant_id=place.enrollment.participant.public_id,
        program_id=place.group.program.public_id,
        group=str(place.group.public_id),
        asked_at=place.asked_at.isoformat(),
    )
