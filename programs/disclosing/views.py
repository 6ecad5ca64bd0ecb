"""What left the clinic: the list of it, and what left about one person."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.audit import write_audit
from programs.access import needs
from programs.disclosing.forms import ListForm
from programs.disclosing.page import list_page, person_page
from programs.models import Program
from programs.person_frame import person_frame
from programs.trust_tabs import trust_tabs
from programs.whose import participant_of


@require_safe
@needs("disclosures.read")
def disclosures(request: HttpRequest, program: Program) -> HttpResponse:
    """List what left the clinic, emergencies on top; put it on the trail."""
    access = request.access  # type: ignore[attr-defined]
    form = ListForm(request.GET)
    with timezone.override(program.zone):
        page = list_page(program, form, access=access, number=request.GET.get("page", ""))
        write_audit("disclosures.read", by=access.user, program_id=program.public_id)
        tabs = trust_tabs(access, program, here="disclosures:disclosures")
        shown = {"page": page, "form": form, "tabs": tabs, "program": program}
        return render(request, "disclosing/disclosures.html", shown)


@require_safe
@needs("disclosures.read")
def person(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show what left the clinic about this participant; put it on the trail."""
    access = request.access  # type: ignore[attr-defined]
    whose = participant_of(access, program, participant_id)
    write_audit(
        "participant.read",
        by=access.user,
        participant_id=whose.public_id,
        program_id=program.public_id,
        page="disclosures",
    )
    with timezone.override(program.zone):
        frame = person_frame(access, program, whose, here="disclosures:person")
        page = person_page(program, whose, access=access)
        return render(request, "disclosing/person.html", {"frame": frame, "page": page})
