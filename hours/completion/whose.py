"""Whose completion one may see: everybody's of the program, or that of one's own people."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from hours.models import Certificate
from hours.people.whose import people_of
from hours.program_week import current_week
from programs.access import Access
from programs.models import Enrollment, Participant, Program
from programs.who_may import Scope
from programs.whose import participant_of

LINE = "coverage.read"


def person_of(
    access: Access, program: Program, participant_id: uuid.UUID, *, now: datetime
) -> Participant:
    """Return the person, or raise Http404; OWN reaches to the people of one's sessions."""
    if access.scope(LINE, program) is not Scope.OWN:
        return participant_of(access, program, participant_id)
    people = people_of(access, program, week=current_week(program, now))
    return get_object_or_404(people, public_id=participant_id).kept


def enrollments_of(access: Access, program: Program, *, now: datetime) -> QuerySet[Enrollment]:
    """Return the episodes in the program of everybody whom one may see."""
    found = Enrollment.objects.visible_to(access.user).filter(program=program)
    if access.scope(LINE, program) is not Scope.OWN:
        return found
    people = people_of(access, program, week=current_week(program, now))
    return found.filter(participant__in=people.values("pk"))


def certificate_of(
    access: Access, program: Program, certificate_id: uuid.UUID, *, now: datetime
) -> Certificate:
    """Return the certificate, or raise Http404."""
    known = Certificate.objects.visible_to(access.user).filter(enrollment__program=program)
    related = known.select_related(
        "enrollment__participant__merged_into", "enrollment__program__site", "issued_by"
    )
    certificate = related.filter(public_id=certificate_id).first()
    if certificate is None:
        raise Http404
    person_of(access, program, certificate.enrollment.participant.kept.public_id, now=now)
    return certificate
