"""The audit trail, read: who looked at whom, who did what, and what stands out."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from programs.access import needs
from programs.models import Program


@require_http_methods(["GET", "POST"])
@needs("audit.read")
def trail(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what stands out, and the latest lines; take the sign-off."""
    raise NotImplementedError


@require_http_methods(["GET", "POST"])
@needs("audit.read")
def person(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show who looked at this participant."""
    raise NotImplementedError


@require_http_methods(["GET", "POST"])
@needs("audit.read")
def colleague(request: HttpRequest, program: Program, user_id: uuid.UUID) -> HttpResponse:
    """Show what this colleague did."""
    raise NotImplementedError
