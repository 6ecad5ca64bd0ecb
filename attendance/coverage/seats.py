"""In which coming sessions there is a free seat, and who could take it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q

from attendance.coverage.cells import Cell, CoveredPerson
from attendance.coverage.sittings import Sitting, would_help
from groups.models import GroupMembership, GroupSession, MakeUpSeat, SessionStatus
from groups.roster import with_expected_count
from programs.models import Leave, Participant

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Seats:
    """Free seats by session (key), and when and on which dates each person (key) cannot come."""

    free: Mapping[int, int]
    busy: Mapping[int, Collection[Stretch]]
    away: Mapping[int, Collection[tuple[date, date | None]]]

    def can_take(self, person: CoveredPerson, sitting: Sitting) -> bool:
        """Say whether a seat is free that the person could take; booking asks once more."""
        key = person.participant_pk
        return (
            sitting.is_open
            and self.free.get(sitting.session_pk, 0) > 0
            and not any(
                starts_at < sitting.ends_at and ends_at > sitting.starts_at
                for starts_at, ends_at in self.busy.get(key, ())
            )
            and not any(
                first <= sitting.held_on and (last is None or sitting.held_on <= last)
                for first, last in self.away.get(key, ())
            )
        )


def seats_of(sittings: Collection[Sitting], people: Collection[CoveredPerson]) -> Seats:
    """Return what stands for and against seats, in five statements whatever their number."""
    if not sittings or not people:
        return Seats({}, {}, {})
    persons = {person.participant_pk for person in people}
    records = Participant.objects.filter(Q(pk__in=persons) | Q(merged_into__in=persons))
    kept = {pk: merged or pk for pk, merged in records.values_list("pk", "merged_into")}
    busy: dict[int, list[Stretch]] = defaultdict(list)
    for record, starts_at, ends_at in _attended(sittings, kept):
        busy[kept[record]].append((starts_at, ends_at))
    away: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    leaves = Leave.objects.filter(participant__in=kept)
    for record, first_on, last_on in leaves.values_list("participant", "first_on", "last_on"):
        away[kept[record]].append((first_on, last_on))
    return Seats(free=_free(sittings), busy=busy, away=away)


def offers_for(
    person: CoveredPerson, cell: Cell, sittings: Collection[Sitting], seats: Seats
) -> tuple[Sitting, ...]:
    """Return the sittings that would give the person the lesson, the earliest first."""
    return tuple(
        sitting
        for sitting in sittings
        if would_help(cell, person, sitting) and seats.can_take(person, sitting)
    )


def _free(sittings: Collection[Sitting]) -> dict[int, int]:
    keys = {sitting.session_pk for sitting in sittings}
    sessions = with_expected_count(GroupSession.objects.filter(pk__in=keys))
    counts = sessions.select_related("group").only("group__capacity")
    return {each.pk: each.group.capacity - each.expected for each in counts}  # type: ignore[attr-defined]


def _attended(
    sittings: Collection[Sitting], records: Collection[int]
) -> Iterator[tuple[int, datetime, datetime]]:
    """Find where people of these records (keys) are expected around the sittings."""
    days = {each.held_on + timedelta(days=n) for each in sittings for n in (-1, 0, 1)}
    held = F("group__sessions__held_on")
    members = GroupMembership.objects.filter(
        Q(last_on=None) | Q(last_on__gte=held),
        first_on__lte=held,
        group__sessions__held_on__in=days,
        group__sessions__status=SessionStatus.SCHEDULED,
        enrollment__participant__in=records,
    )
    yield from members.values_list(
        "enrollment__participant", "group__sessions__starts_at", "group__sessions__ends_at"
    )
    guests = MakeUpSeat.objects.held().filter(
        session__held_on__in=days,
        session__status=SessionStatus.SCHEDULED,
        enrollment__participant__in=records,
    )
    yield from guests.values_list(
        "enrollment__participant", "session__starts_at", "session__ends_at"
    )
