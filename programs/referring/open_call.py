"""The call of somebody of which nothing has become yet, and who cannot have one."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from programs.models import Enrollment, Participant, Program, Referral, ReferralStatus
from programs.models.referral import ReferralQuerySet


def open_call_of(person: Participant, program: Program) -> ReferralQuerySet:
    """Return the person's open call to the program, also one under a duplicate's record."""
    theirs = Q(participant=person) | Q(participant__merged_into=person)
    return Referral.objects.open().filter(theirs, program=program).order_by("pk")


def lead_here(enrollment: Enrollment) -> tuple[Referral | None, str]:
    """Let the person's open call have led to the enrollment; return it, and where it stood.

    It is for the actions: call it inside the action's own transaction.
    """
    calls = open_call_of(enrollment.participant, enrollment.program)
    call = calls.select_for_update(of=("self",)).first()
    if call is None:
        return None, ""
    came_from, call.status, call.enrollment = call.status, ReferralStatus.ENROLLED, enrollment
    call.save(update_fields=["status", "enrollment"])
    return call, came_from


def cannot_refer(person: Participant, program: Program, today: date) -> str:
    """Return why somebody on record cannot be referred, in words; empty where they can."""
    if is_enrolled(person, program, today):
        return _("They are enrolled in this program already.")
    if open_call_of(person, program).exists():
        return _("They are referred to this program already: look at the open calls.")
    return ""


def is_enrolled(person: Participant, program: Program, day: date) -> bool:
    """Return whether they are in the program on the date, or will be, also under a duplicate."""
    episodes = Enrollment.objects.of_person(person.kept).begun().filter(program=program)
    return episodes.filter(Q(discharged_on=None) | Q(discharged_on__gte=day)).exists()
