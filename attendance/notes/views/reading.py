"""One person's notes over time."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.audit import write_audit
from attendance.notes.over_time import is_known_to, over_time
from programs.access import needs
from programs.models import Program
from programs.person_frame import person_frame
from programs.whose import participant_of

PAGE = "notes:of_person"


@require_safe
@needs("notes.read")
def of_person(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show one person's notes, the newest first."""
    access = request.access  # type: ignore[attr-defined]
    person = participant_of(access, program, participant_id)
    if not is_known_to(person, program, access):
        raise Http404
    write_audit(
        "participant.read",
        by=request.user,  # type: ignore[arg-type]
        participant_id=person.public_id,
        program_id=program.public_id,
        page="notes",
    )
    with timezone.override(program.zone):
        page = over_time(person, program, access, page=request.GET.get("page", ""))
        frame = person_frame(access, program, person, here=PAGE)
        return render(request, "notes/of_person.html", {"frame": frame, "page": page})
