"""The week calendar and the groups."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from programs.access import needs
from programs.models import Program


@require_safe
@needs("groups.read")
def calendar(request: HttpRequest, program: Program, **ids: object) -> HttpResponse:
    raise Http404


@require_safe
@needs("groups.read")
def groups(request: HttpRequest, program: Program, **ids: object) -> HttpResponse:
    raise Http404


@require_safe
@needs("groups.read")
def group(request: HttpRequest, program: Program, **ids: object) -> HttpResponse:
    raise Http404
