"""One participant's whole record, to read and for other systems."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from programs.access import needs
from programs.models import Program


@require_http_methods(["GET", "POST"])
@needs("records.export")
def record(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Offer the record as a PDF, as JSON and as FHIR."""
    raise NotImplementedError
