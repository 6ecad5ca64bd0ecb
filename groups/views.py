"""The week calendar and the groups."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groups.calendar.asked import asked_in, elsewhere_in
from groups.calendar.forms import CalendarForm
from groups.calendar.page import calendar_page
from groups.group_page import group_page
from groups.groups_page import groups_page
from groups.readable import group_to_read
from programs.access import Access, needs
from programs.models import Program
from programs.weeks import local_date


@require_safe
@needs("groups.read")
def calendar(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what meets when and where, and who leads it."""
    access: Access = request.access  # type: ignore[attr-defined]
    now = timezone.now()
    form = CalendarForm(request.GET, readable=access.programs_for("groups.read"))
    form.is_valid()
    asked = asked_in(form.cleaned_data, program, local_date(now, program.zone))
    if elsewhere := elsewhere_in(form.cleaned_data, program, asked):
        return redirect(elsewhere)
    page = calendar_page(
        program=program, asked=asked, problems=form.problems(), access=access, now=now
    )
    with timezone.override(program.zone):
        return render(request, "groups/calendar.html", {"page": page})


@require_safe
@needs("groups.read")
def groups(request: HttpRequest, program: Program) -> HttpResponse:
    """Show the program's groups: when they meet and how full they are."""
    access: Access = request.access  # type: ignore[attr-defined]
    page = groups_page(program=program, access=access, now=timezone.now())
    return render(request, "groups/groups.html", {"page": page})


@require_safe
@needs("groups.read")
def group(request: HttpRequest, program: Program, group_id: uuid.UUID) -> HttpResponse:
    """Show one group: who is in it, and what comes next."""
    access: Access = request.access  # type: ignore[attr-defined]
    now = timezone.now()
    today = local_date(now, program.zone)
    found = group_to_read(access, program, group_id, today=today)
    page = group_page(program=program, group=found, access=access, now=now)
    with timezone.override(program.zone):
        return render(request, "groups/group.html", {"page": page})
