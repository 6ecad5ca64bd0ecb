"""Whom one may see: everybody of the program, or the people of one's own sessions."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q

from attendance.models import AttendanceRecord
from groups.models import GroupMembership, GroupSession, MakeUpSeat, SessionStatus
from groups.readable import led_by
from programs.access import Access
from programs.models import Participant, Program
from programs.models.participant import ParticipantQuerySet
from programs.weeks import Week
from programs.who_may import Scope

# How long the people of one's sessions stay one's people, in weeks before this one.
WEEKS_BACK = 4


def people_of(access: Access, program: Program, *, week: Week) -> ParticipantQuerySet:
    """Return the program's people, past and present, whom this person may see the names of."""
    people = Participant.objects.visible_to(access.user).enrolled_in(program)
    if access.scope("participants.name", program) is not Scope.OWN:
        return people
    sessions = led_by(
        access.user,
        GroupSession.objects.visible_to(access.user).filter(
            group__program=program,
            status=SessionStatus.SCHEDULED,
            held_on__range=(week.first_on - timedelta(weeks=WEEKS_BACK), week.last_on),
        ),
    )
    member = GroupMembership.objects.filter(
        Q(last_on=None) | Q(last_on__gte=F("group__sessions__held_on")),
        first_on__lte=F("group__sessions__held_on"),
        group__sessions__in=sessions,
    )
    guest = MakeUpSeat.objects.held().filter(session__in=sessions)
    seen = AttendanceRecord.objects.filter(session__in=sessions)
    return people.filter(
        Exists(member.filter(_theirs("enrollment__participant")))
        | Exists(guest.filter(_theirs("enrollment__participant")))
        | Exists(seen.filter(_theirs("participant")))
    )


def kept_instead(access: Access, program: Program, participant_id: uuid.UUID) -> uuid.UUID | None:
    """Return the id of the record that is kept, where this id is that of a duplicate."""
    people = Participant.objects.visible_to(access.user).of_program(program)
    duplicates = people.filter(public_id=participant_id, merged_into__isnull=False)
    return duplicates.values_list("merged_into__public_id", flat=True).first()


def _theirs(person: str) -> Q:
    """Accept rows of the person, under this record or under a duplicate of it."""
    return Q(**{person: OuterRef("pk")}) | Q(**{f"{person}__merged_into": OuterRef("pk")})
