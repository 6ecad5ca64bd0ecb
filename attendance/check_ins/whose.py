"""Whose check-ins a person may see and write: the program's, or those of their own sessions."""

from __future__ import annotations

import uuid

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from attendance.models import AttendanceRecord, CheckIn, SafetyAlert
from attendance.models.check_in import CheckInQuerySet, SafetyAlertQuerySet
from attendance.sheet.session import whole
from attendance.whose import refuse_row, sessions_of
from groups.models import GroupMembership, GroupSession, MakeUpSeat
from groups.models.session import GroupSessionQuerySet
from groups.roster import expected_at
from programs.access import Access
from programs.models import Participant, Program
from programs.who_may import Scope
from programs.whose import participant_of

READ, WRITE = "notes.read", "notes.write"
# What a name on a roster is made of.
NAMED = ("public_id", "chart_number", "first_name", "last_name", "preferred_name")


def session_of(
    access: Access, program: Program, session_id: uuid.UUID, *, action: str
) -> GroupSession:
    """Return the session, with all that a page says of it.

    Raises Http404 outside the program, PermissionDenied where it is somebody else's.
    """
    found = whole(sessions_of(access, program, action).filter(public_id=session_id)).first()
    visible = GroupSession.objects.visible_to(access.user).filter(group__program=program)
    return found or refuse_row(visible.filter(public_id=session_id))


def on_sheet(session: GroupSession) -> QuerySet[Participant]:
    """Return everyone on the session's sheet, expected or with a record: their names alone."""
    expected = expected_at(session).values("participant")
    recorded = AttendanceRecord.objects.filter(session=session).values("participant")
    found = Participant.objects.filter(Q(pk__in=expected) | Q(pk__in=recorded))
    kept = [f"merged_into__{name}" for name in NAMED]
    return found.select_related("merged_into").only(*NAMED, *kept)


def alerts_of(access: Access, program: Program, *, action: str) -> SafetyAlertQuerySet:
    """Return the program's safety alerts that the action reaches, each with all it tells of."""
    alerts = SafetyAlert.objects.visible_to(access.user).select_related(
        "check_in__participant__merged_into",
        "check_in__session__group__program__site",
        "check_in__session__room",
        "check_in__entered_by",
        "acknowledged_by",
    )
    sessions = sessions_of(access, program, action)
    return alerts.filter(check_in__session__in=sessions)


def alert_of(access: Access, program: Program, alert_id: uuid.UUID, *, action: str) -> SafetyAlert:
    """Return the alert; raises Http404 and PermissionDenied as `session_of` does."""
    found = alerts_of(access, program, action=action).filter(public_id=alert_id).first()
    visible = SafetyAlert.objects.visible_to(access.user)
    theirs = visible.filter(check_in__session__group__program=program, public_id=alert_id)
    return found or refuse_row(theirs)


def check_ins_of(access: Access, program: Program, person: Participant) -> CheckInQuerySet:
    """Return the person's check-ins in the program that one may read, also of duplicates."""
    theirs = Q(participant=person) | Q(participant__merged_into=person)
    sessions = sessions_of(access, program, READ)
    return CheckIn.objects.visible_to(access.user).filter(theirs, session__in=sessions)


def person_of(
    access: Access, program: Program, participant_id: uuid.UUID, *, action: str = READ
) -> Participant:
    """Return the participant, or raise Http404: also where they are in none of one's sessions."""
    person = participant_of(access, program, participant_id)
    if access.scope(action, program) is Scope.OWN and not _comes_to(
        sessions_of(access, program, action), person
    ):
        raise Http404
    return person


def _comes_to(sessions: GroupSessionQuerySet, person: Participant) -> bool:
    """Say whether one of the sessions is, or was, the person's: as member, guest or on record."""
    held = F("group__sessions__held_on")
    member = GroupMembership.objects.filter(
        Q(last_on=None) | Q(last_on__gte=held), first_on__lte=held, group__sessions__in=sessions
    )
    guest = MakeUpSeat.objects.held().filter(session__in=sessions)
    seen = AttendanceRecord.objects.filter(session__in=sessions)
    asked = CheckIn.objects.filter(session__in=sessions)
    rows = Participant.objects.filter(Q(pk=person.pk) | Q(merged_into=person))
    return rows.filter(
        Exists(member.filter(enrollment__participant=OuterRef("pk")))
        | Exists(guest.filter(enrollment__participant=OuterRef("pk")))
        | Exists(seen.filter(participant=OuterRef("pk")))
        | Exists(asked.filter(participant=OuterRef("pk")))
    ).exists()
