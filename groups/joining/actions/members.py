"""Somebody joins a group, moves to another, leaves it, or begins later than planned.

Nothing is deleted and past rosters stay: a place that has begun ends, one that has not is moved.
Whoever frees a seat lets the first in line in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from groups.joining.actions.waiting import promote_waiting
from groups.joining.combined import give_back_seats_elsewhere, take_seats_elsewhere
from groups.joining.leaving import A_DAY, cannot_end, cannot_leave, cannot_put_off
from groups.joining.locking import in_words, lock_groups
from groups.joining.places import Accepted, begin, end, facts_of, go_over
from groups.joining.stay import Stay, Words, refusals, warnings
from groups.models import GroupMembership, TherapyGroup
from groups.schedule.edit import CannotSchedule
from programs.models import Enrollment


@dataclass(frozen=True)
class Freed:
    """A place after it ended or moved on, and who came from the waiting list in its stead."""

    place: GroupMembership
    promoted: tuple[GroupMembership, ...] = ()


def join_group(
    *, stay: Stay, override: str = "", now: datetime, by: User | None
) -> GroupMembership:
    """Add the person to the group; they are expected from the first day on.

    Sent twice, it adds them once. Raises CannotSchedule: with words where the dates do not fit,
    with the clashes where a warning has no reason (`override`).
    """
    with in_words(), transaction.atomic():
        (group,) = lock_groups(stay.group)
        stay = replace(stay, group=group, enrollment=_anew(stay.enrollment))
        if standing := _standing(stay):
            return standing
        accepted = _accepted(stay, override, now, by)
        place = begin(stay, accepted)
        write_audit("membership.started", by=by, overridden=accepted.kinds, **facts_of(place))
        return place


def move_member(
    *,
    place: GroupMembership,
    to: TherapyGroup,
    first_on: date,
    override: str = "",
    now: datetime,
    by: User | None,
) -> Freed:
    """End the place the day before and begin one in the other group, in one go.

    A place that has not begun by then goes over whole: the row stays and changes its group. Sent
    twice, it moves once. Raises CannotSchedule as `join_group` does.
    """
    with in_words(), transaction.atomic():
        left, to = lock_groups(place.group, to)
        old = _locked(place, left, to)
        stay = Stay(to, _anew(old.enrollment), first_on, old.last_on, leaves=old)
        if moved := _moved_already(stay, old):
            return Freed(moved)
        _refuse(cannot_leave(old, first_on, now))
        accepted = _accepted(stay, override, now, by)
        give_back_seats_elsewhere(old, since=first_on, now=now)
        new = _change_over(old, stay, accepted)
        facts = facts_of(new) | {"left": str(left.public_id)}
        write_audit("membership.moved", by=by, overridden=accepted.kinds, **facts)
        return Freed(new, promote_waiting(group=left, now=now, by=by))


def end_membership(
    *, place: GroupMembership, last_on: date, now: datetime, by: User | None
) -> Freed:
    """Let the date be the person's last day in the group. Raises CannotSchedule with words."""
    with in_words(), transaction.atomic():
        (group,) = lock_groups(place.group)
        place = _locked(place, group)
        if place.last_on == last_on:
            return Freed(place)
        _refuse(cannot_end(place, last_on, now))
        end(place, last_on)
        give_back_seats_elsewhere(place, since=last_on + A_DAY, now=now)
        write_audit("membership.ended", by=by, **facts_of(place))
        return Freed(place, promote_waiting(group=group, now=now, by=by))


def put_off_membership(
    *, place: GroupMembership, first_on: date, now: datetime, by: User | None
) -> GroupMembership:
    """Let somebody who has not begun begin later. Raises CannotSchedule with words."""
    with in_words(), transaction.atomic():
        (group,) = lock_groups(place.group)
        place = _locked(place, group)
        if place.first_on == first_on:
            return place
        _refuse(cannot_put_off(place, first_on, now))
        give_back_seats_elsewhere(place, since=place.first_on, now=now)
        place.first_on = first_on
        place.save(update_fields=["first_on"])
        take_seats_elsewhere(place, now=now, by=by)
        write_audit("membership.put_off", by=by, **facts_of(place))
        return place


def _anew(enrollment: Enrollment) -> Enrollment:
    """Return the enrollment as it is now."""
    rows = Enrollment.objects.select_related("participant", "program__site")
    return rows.get(pk=enrollment.pk)


def _locked(place: GroupMembership, *groups: TherapyGroup) -> GroupMembership:
    """Return the place as it is now, of one of the groups that are locked, and whose it is."""
    rows = GroupMembership.objects.select_for_update(of=("self",))
    found = rows.select_related("enrollment__participant").get(pk=place.pk)
    for group in groups:
        if group.pk == found.group_id:
            found.group = group
            return found
    words = _("Somebody else has moved them to another group just now.")
    raise CannotSchedule({NON_FIELD_ERRORS: [words]})


def _standing(stay: Stay) -> GroupMembership | None:
    """Return the very place that is asked for, where it is there already."""
    same = stay.group.memberships.filter(enrollment=stay.enrollment, first_on=stay.first_on)
    return same.filter(last_on=stay.until).first()


def _moved_already(stay: Stay, old: GroupMembership) -> GroupMembership | None:
    """Return the place in the other group where the same move was made before."""
    if old.group_id == stay.group.pk and old.first_on == stay.first_on:
        return old
    begun = stay.group.memberships.filter(enrollment=old.enrollment_id, first_on=stay.first_on)
    return begun.first() if old.last_on == stay.first_on - A_DAY else None


def _change_over(old: GroupMembership, stay: Stay, accepted: Accepted) -> GroupMembership:
    """Write the move, and return the place in the other group."""
    if stay.first_on <= old.first_on:
        return go_over(old, stay, accepted)
    end(old, stay.first_on - A_DAY)
    return begin(stay, accepted)


def _accepted(stay: Stay, override: str, now: datetime, by: User | None) -> Accepted:
    """Return the warnings with the reason to accept them; raise where there is none."""
    _refuse(refusals(stay, now))
    clashes = warnings(stay, now)
    if clashes and not override.strip():
        raise CannotSchedule(clashes=clashes)
    return Accepted(clashes, override, now, by)


def _refuse(words: Words) -> None:
    if words:
        raise CannotSchedule(words)
