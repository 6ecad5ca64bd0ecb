"""The health page and the figures."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from iop.health.page import health_page
from iop.health.prometheus import figures_as_text
from programs.access import needs
from programs.models import Program


@require_safe
@needs("health.read")
def health(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what is due, what is late, and when each task last ran."""
    with timezone.override(program.zone):
        page = health_page(program, timezone.now())
        return render(request, "health/health.html", {"page": page})


@require_safe
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the figures to whoever has the token; without one set there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        refusal = "The figures need the header Authorization: Bearer and the token.\n"
        headers = {"WWW-Authenticate": "Bearer"}
        return HttpResponse(refusal, status=401, content_type="text/plain", headers=headers)
    return HttpResponse(figures_as_text(timezone.now()), content_type=CONTENT_TYPE_LATEST)
