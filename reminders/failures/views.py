"""The page of what did not go out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.access import needs
from programs.models import Program
from reminders.failures.asked import FailuresForm
from reminders.failures.page import failures_page


@require_safe
@needs("reminders.manage")
def failures(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what did not go out, and whom to call."""
    page = failures_page(
        access=request.access,  # type: ignore[attr-defined]
        program=program,
        form=FailuresForm(request.GET),
        page=request.GET.get("page", ""),
        now=timezone.now(),
    )
    with timezone.override(program.zone):
        return render(request, "reminders/failures.html", {"page": page})
