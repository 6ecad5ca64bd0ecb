"""People, and one participant."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from hours.people.forms import SearchForm
from hours.people.participant_page import participant_page
from hours.people.people_page import people_page
from hours.people.whose import kept_instead
from programs.access import Access, needs
from programs.models import Program
from programs.whose import participant_of


@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
@needs("participants.name")
def people(request: HttpRequest, program: Program) -> HttpResponse:
    """Show who is enrolled, or whom a posted search found; a search leaves a trace."""
    page = people_page(
        program=program,
        form=SearchForm(request.POST),
        access=request.access,  # type: ignore[attr-defined]
        by_name=request.GET.get("order") == "name",
        now=timezone.now(),
    )
    if page.is_search:
        write_audit(
            "participants.searched",
            by=request.user,  # type: ignore[arg-type]
            program_id=program.public_id,
            found=page.count,
        )
    with timezone.override(program.zone):
        return render(request, "people/people.html", {"page": page})


@require_safe
@needs("participants.name")
def participant(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show one person's weeks, and put it on the trail that they were read."""
    access = request.access  # type: ignore[attr-defined]
    if kept := kept_instead(access, program, participant_id):
        return redirect("people:participant", program.public_id, kept)
    with timezone.override(program.zone):
        page = participant_page(
            program=program, participant_id=participant_id, access=access, now=timezone.now()
        )
        if page is None:
            return _record_instead(access, program, participant_id)
        write_audit(
            "participant.read",
            by=request.user,  # type: ignore[arg-type]
            participant_id=participant_id,
            program_id=program.public_id,
        )
        return render(request, "people/participant.html", {"page": page})


def _record_instead(access: Access, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Lead to the record of somebody who has only called: they have no hours yet."""
    if access.scope("participants.read", program) is None:
        raise Http404
    person = participant_of(access, program, participant_id)
    return redirect("profile:profile", program.public_id, person.public_id)
