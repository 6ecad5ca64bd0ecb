"""What went out, and what is due."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.access import needs
from programs.models import Program
from reminders.outbox import outbox_page


@require_safe
@needs("reminders.manage")
def outbox(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what went out yesterday, what goes out today, and who cannot be reached."""
    programs = request.access.programs_for("reminders.manage")  # type: ignore[attr-defined]
    page = outbox_page(program=program, now=timezone.now(), programs=programs)
    with timezone.override(program.zone):
        return render(request, "reminders/outbox.html", {"page": page})
