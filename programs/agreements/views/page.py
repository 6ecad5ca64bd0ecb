"""Everything somebody agreed to, and the papers on record of them, on one page."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.access import needs
from programs.agreements.page import agreements_page
from programs.agreements.views.shown import visit
from programs.models import Program


@require_safe
@needs("participants.read")
def agreements(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show consents, agreements and documents."""
    visited = visit(request, program, participant_id)
    visited.read("agreements")
    page = agreements_page(
        request.access,  # type: ignore[attr-defined]
        program,
        visited.person,
        now=timezone.now(),
    )
    return render(request, "agreements/agreements.html", {"page": page, "frame": page.frame})
