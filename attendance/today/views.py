"""Today, and how the last sessions of a group went."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from attendance.today.forms import TodayForm
from attendance.today.history import history_of
from attendance.today.today_page import today_page
from groups.readable import group_to_read
from programs.access import Access, needs
from programs.models import Program
from programs.weeks import local_date


@require_safe
@needs("groups.read")
def today(request: HttpRequest, program: Program) -> HttpResponse:
    """Show my room now, who is missing and what I owe; or the clinic's day."""
    access: Access = request.access  # type: ignore[attr-defined]
    page = today_page(
        program=program, form=TodayForm(request.GET), access=access, now=timezone.now()
    )
    with timezone.override(program.zone):
        return render(request, "today/today.html", {"page": page})


@require_safe
@needs("groups.read")
def history(request: HttpRequest, program: Program, group_id: uuid.UUID) -> HttpResponse:
    """Show how the last sessions of one group went."""
    access: Access = request.access  # type: ignore[attr-defined]
    now = timezone.now()
    found = group_to_read(access, program, group_id, today=local_date(now, program.zone))
    page = history_of(program=program, group=found, access=access, now=now)
    return render(request, "today/history.html", {"page": page})
