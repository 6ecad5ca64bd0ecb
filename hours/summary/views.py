"""Hands out the summary of an episode of care."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.audit import write_audit
from hours.summary.pdf import pdf_of
from hours.summary.summary import summary_of
from programs.access import needs
from programs.disclosing.leaving import leaves
from programs.models import Enrollment, Program
from programs.table_file import file_answer


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participants.read")
@leaves(_("Summary of an episode of care"))
def discharge(request: HttpRequest, program: Program, enrollment_id: uuid.UUID) -> HttpResponse:
    """Hand out one page about the episode, so far or as a whole, and put it on the trail."""
    episodes = Enrollment.objects.visible_to(request.user).begun().filter(program=program)  # type: ignore[arg-type]
    people = episodes.select_related("participant__merged_into", "program__site")
    enrollment, now = get_object_or_404(people, public_id=enrollment_id), timezone.now()
    request.leaving.holds([enrollment.participant.public_id])  # type: ignore[attr-defined]
    with timezone.override(program.zone):
        summary = summary_of(enrollment, made_by=request.user, now=now)  # type: ignore[arg-type]
    response = file_answer(pdf_of(summary), name="summary", kind="pdf")
    write_audit(
        "summary.exported",
        by=request.user,  # type: ignore[arg-type]
        subject=enrollment,
        participant_id=enrollment.participant.kept.public_id,
        program_id=program.public_id,
    )
    return response
