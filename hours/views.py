"""Weekly hours in the browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from programs.access import needs
from programs.models import Program


@require_safe
@needs("hours.read")
def boards(request: HttpRequest) -> HttpResponse:
    """Lead to the first board this person may read."""
    first = request.access.programs_for("hours.read")[0]  # type: ignore[attr-defined]
    return redirect("hours:board", program_id=first.public_id)


@require_safe
@needs("hours.read")
def board(request: HttpRequest, program: Program) -> HttpResponse:
    return HttpResponse(program.name)


@require_safe
@needs("hours.export")
def export(request: HttpRequest, program: Program) -> HttpResponse:
    return HttpResponse(program.name)
