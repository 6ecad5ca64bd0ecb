"""Whom one may see: everybody of the program, or the people of one's own sessions."""

from __future__ import annotations

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
    people = Participant.objects.visible_to(access.user).filter(enrollments__program=program)
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
        enrollment__participant=OuterRef("pk"),
    )
    guest = MakeUpSeat.objects.held().filter(
        session__in=sessions, enrollment__participant=OuterRef("pk")
    )
    seen = AttendanceRecord.objects.filter(session__in=sessions, participant=OuterRef("pk"))
    return people.filter(Exists(member) | Exists(guest) | Exists(seen))
