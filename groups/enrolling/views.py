"""Enrolling someone: program, groups, dates, consent."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from programs.access import needs
from programs.models import Program


@require_safe
@needs("participants.edit")
def enroll(request: HttpRequest, program: Program, **ids: object) -> HttpResponse:
    raise Http404
