"""What went out, and what is due."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.access import needs
from programs.models import Program
from reminders.outbox_page.asked import OutboxForm
from reminders.outbox_page.page import outbox_page


@require_safe
@needs("reminders.manage")
def outbox(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what goes out on a day, what became of it, and who hears nothing."""
    page = outbox_page(
        access=request.access,  # type: ignore[attr-defined]
        program=program,
        form=OutboxForm(request.GET),
        page=request.GET.get("page", ""),
        now=timezone.now(),
    )
    with timezone.override(program.zone):
        return render(request, "reminders/outbox.html", {"page": page})
