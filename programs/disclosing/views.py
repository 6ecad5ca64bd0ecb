"""What left the clinic: stated before, recorded after, accounted for."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from programs.access import needs
from programs.models import Program


@require_http_methods(["GET", "POST"])
@needs("disclosures.read")
def disclosures(request: HttpRequest, program: Program) -> HttpResponse:
    """List what left the clinic."""
    raise NotImplementedError


@require_http_methods(["GET", "POST"])
@needs("disclosures.read")
def person(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show what left the clinic about this participant."""
    raise NotImplementedError


@require_http_methods(["GET", "POST"])
@needs("disclosures.read")
def accounting(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Return the accounting of disclosures as a PDF."""
    raise NotImplementedError
