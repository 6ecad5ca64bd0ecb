"""Who is expected at each session of one day, for all of them in two statements.

It says what `roster.expected_at` says of one session; a test holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from groups.models import GroupMembership, GroupSession, MakeUpSeat, SessionStatus
from programs.models import Enrollment, Leave, Participant


@dataclass(frozen=True)
class Expected:
    """A participant who holds a seat in a session; a guest comes on a make-up seat only."""

    participant: Participant
    is_guest: bool


def expected_on(day: date, sessions: Sequence[GroupSession]) -> dict[int, tuple[Expected, ...]]:
    """Return the expected people of each session, by its primary key; all are held on `day`."""
    held = [each for each in sessions if each.status == SessionStatus.SCHEDULED]
    found: dict[int, dict[int, Expected]] = defaultdict(dict)
    by_group: dict[int, list[GroupSession]] = defaultdict(list)
    for session in held:
        by_group[session.group_id].append(session)
    if held:
        for seat in _seats(day, held):
            person = seat.enrollment.participant
            found[seat.session_id][person.pk] = Expected(person, is_guest=True)
        for membership in _memberships(day, by_group):
            person = membership.enrollment.participant
            for session in by_group[membership.group_id]:
                found[session.pk][person.pk] = Expected(person, is_guest=False)
    return {session.pk: tuple(found[session.pk].values()) for session in sessions}


def _memberships(day: date, groups: dict[int, list[GroupSession]]) -> Sequence[GroupMembership]:
    return list(
        GroupMembership.objects.on(day)
        .filter(_is_here(day), group__in=groups.keys())
        .select_related("enrollment__participant__merged_into")
    )


def _seats(day: date, sessions: Sequence[GroupSession]) -> Sequence[MakeUpSeat]:
    return list(
        MakeUpSeat.objects.held()
        .filter(_is_here(day), session__in=[each.pk for each in sessions])
        .select_related("enrollment__participant__merged_into")
    )


def _is_here(day: date) -> Q:
    """Enrolled on the day, and not on leave."""
    enrolled = Enrollment.objects.covering(day).filter(pk=OuterRef("enrollment"))
    away = Leave.objects.on(day).filter(participant=OuterRef("enrollment__participant"))
    return Q(Exists(enrolled)) & ~Q(Exists(away))
