"""A record opened in an emergency: for a reason, for an hour, and reviewed."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from programs.access import needs
from programs.models import Program


@require_http_methods(["GET", "POST"])
@needs("emergency.open")
def find(request: HttpRequest, program: Program) -> HttpResponse:
    """Find somebody by name and birth date, and open their record."""
    raise NotImplementedError


@require_http_methods(["GET", "POST"])
@needs("emergency.open")
def ask(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Ask for the reason, and open the record."""
    raise NotImplementedError


@require_http_methods(["GET", "POST"])
@needs("emergency.open")
def record(request: HttpRequest, program: Program, access_id: uuid.UUID) -> HttpResponse:
    """Show what one needs in an emergency."""
    raise NotImplementedError


@require_http_methods(["GET", "POST"])
@needs("emergency.open")
def close(request: HttpRequest, program: Program, access_id: uuid.UUID) -> HttpResponse:
    """Close it before its time."""
    raise NotImplementedError


@require_http_methods(["GET", "POST"])
@needs("emergency.review")
def review(request: HttpRequest, program: Program) -> HttpResponse:
    """List what was opened; take the review."""
    raise NotImplementedError
