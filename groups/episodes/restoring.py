"""Brings back what a discharge ended: that and nothing else, where nobody has changed it since.

Past rosters stay: a place comes back from the first date whose roster may change. It is for the
action; the enrollment is open again when it is called, and its groups are locked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from accounts.models import User
from groups.episodes.refusals import A_DAY, today_of
from groups.joining.combined import take_seats_elsewhere
from groups.joining.days import changes_from
from groups.joining.line import place_from
from groups.joining.places import Accepted, begin
from groups.joining.seats import seats_for
from groups.joining.stay import Stay
from groups.models import (
    GroupMembership,
    GroupSession,
    MakeUpSeat,
    SessionStatus,
    TherapyGroup,
    WaitingPlace,
)
from groups.roster import with_expected_count
from groups.schedule.fixed import fixed_among
from programs.models import Enrollment, Leave

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Restored:
    """What came back, how many of each kind, and the groups whose seats are taken by now."""

    counts: Mapping[str, int]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Back:
    """Whose episode is open again, with its locked groups, when and by whom."""

    enrollment: Enrollment
    groups: Mapping[int, TherapyGroup]
    now: datetime
    by: User | None


def restore(back: Back, detail: Row) -> Restored:
    """Bring back what the step's detail names, as far as it is free."""
    leaves = [*_leaves(back, detail.get("leaves", ()))]
    places, lost = _memberships(back, detail.get("memberships", ()))
    seats = [each for each in _seats(back, detail.get("seats", ())) if _take(back, each)]
    waiting = [*_waiting(back, detail.get("waiting", ()))]
    counts = {
        "memberships": len(places),
        "seats": len(seats),
        "waiting": len(waiting),
        "leaves": len(leaves),
    }
    return Restored(counts, tuple(sorted(set(lost))))


def _memberships(back: Back, rows: Any) -> tuple[list[GroupMembership], list[str]]:
    kept = {row["id"]: row for row in rows}
    found = GroupMembership.objects.filter(enrollment=back.enrollment, public_id__in=kept)
    places, lost = [], []
    for place in found.order_by("first_on", "pk"):
        row = kept[str(place.public_id)]
        group = back.groups[place.group_id]
        if place.last_on != day_in(row["now"]):
            continue
        stay = stay_again(back, place, group, until=day_in(row["was"]))
        if stay is None:
            continue
        if not is_free(stay):
            lost.append(group.name)
            continue
        places.append(_again(back, place, stay))
    return places, lost


def stay_again(
    back: Back, place: GroupMembership, group: TherapyGroup, until: date | None
) -> Stay | None:
    """Return the place as it would be from now on; None where its last day has passed."""
    since = changes_from(group, back.now, leaving=True)
    ended_on = place.last_on or place.first_on
    first_on = max(since, ended_on + A_DAY, place.first_on)
    if until is not None and until < first_on:
        return None
    return Stay(group, back.enrollment, first_on, until)


def is_free(stay: Stay) -> bool:
    """Return whether a seat stays free for them, whoever waits: it was theirs before."""
    until = stay.until
    return seats_for(stay.group, stay.enrollment, first_on=stay.first_on, last_on=until).free > 0


def _again(back: Back, place: GroupMembership, stay: Stay) -> GroupMembership:
    """Let the place go on where no date is missing between, else begin one from now on."""
    ended_on = place.last_on or place.first_on
    if stay.first_on != ended_on + A_DAY:
        return begin(stay, Accepted((), "", back.now, back.by))
    place.last_on = stay.until
    place.save(update_fields=["last_on"])
    take_seats_elsewhere(place, now=back.now, by=back.by)
    return place


def _seats(back: Back, ids: Any) -> list[MakeUpSeat]:
    """Return the make-up seats that were given back; combined sessions come with the places."""
    ahead = Q(session__status=SessionStatus.SCHEDULED, session__ends_at__gt=back.now)
    found = MakeUpSeat.objects.filter(
        ahead, enrollment=back.enrollment, public_id__in=ids, combined_from=None
    ).exclude(released_at=None)
    fixed = fixed_among(found.values_list("session", flat=True))
    return [each for each in found.select_related("session") if each.session_id not in fixed]


def _take(back: Back, seat: MakeUpSeat) -> bool:
    """Take the seat again, where one is free and the person has none; return whether it was."""
    sessions = GroupSession.objects.filter(pk=seat.session_id)
    session = with_expected_count(sessions).select_related("group").get()
    held = MakeUpSeat.objects.held().filter(session=session, enrollment=back.enrollment)
    if session.expected >= session.group.capacity or held.exists():  # type: ignore[attr-defined]
        return False
    seat.released_at = None
    seat.save(update_fields=["released_at"])
    return True


def _waiting(back: Back, ids: Any) -> Iterator[WaitingPlace]:
    found = WaitingPlace.objects.filter(
        enrollment=back.enrollment, public_id__in=ids, membership=None
    )
    for place in found.exclude(left_at=None):
        group = back.groups[place.group_id]
        waits = WaitingPlace.objects.waiting().filter(group=group, enrollment=back.enrollment)
        if waits.exists() or place_from(
            group, back.enrollment, today_of(back.enrollment, back.now)
        ):
            continue
        place.left_at = None
        place.save(update_fields=["left_at"])
        yield place


def _leaves(back: Back, rows: Any) -> Iterator[Leave]:
    kept = {row["id"]: row for row in rows}
    person = back.enrollment.participant
    for leave in Leave.objects.filter(participant=person, public_id__in=kept):
        row = kept[str(leave.public_id)]
        until = day_in(row["was"])
        if leave.last_on != day_in(row["now"]) or _is_away_else(leave, until):
            continue
        leave.last_on = until
        leave.save(update_fields=["last_on"])
        yield leave


def _is_away_else(leave: Leave, until: date | None) -> bool:
    """Return whether another leave shares a date with this one, were it to go on."""
    later = Q(last_on=None) | Q(last_on__gte=leave.first_on)
    others = Leave.objects.filter(later, participant=leave.participant_id).exclude(pk=leave.pk)
    others = others.exclude(last_on__lt=F("first_on"))
    return others.filter(first_on__lte=until or date.max).exists()


def day_in(text: str | None) -> date | None:
    """Return the date that a step kept as text; None where it kept none."""
    return date.fromisoformat(text) if text else None
