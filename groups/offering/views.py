"""The hours that the calendar offers, and the Matrix schedule."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from groups.editing.outlook import attempted
from groups.offering.matrix_form import MatrixForm
from groups.offering.matrix_job import is_made_before, matrix_job
from groups.offering.page import offered_page
from programs.access import needs
from programs.models import Program

# What the button that makes it asks for; the other one only wants to see what happens.
SAVE = "save"
YEARS = range(2000, 2100)


@require_safe
@needs("groups.read")
def offered(request: HttpRequest, program: Program) -> HttpResponse:
    """Show sixteen weeks, from the one asked for."""
    asked = request.GET.get("from", "")
    since = _date(asked)
    problem = _("“from” is a date like 2026-11-23.") if asked and since is None else ""
    access = request.access  # type: ignore[attr-defined]
    page = offered_page(access, program, since=since, now=timezone.now())
    return render(request, "offering/offered.html", {"page": page, "problem": problem})


@require_http_methods(["GET", "POST"])
@needs("groups.edit")
def matrix(request: HttpRequest, program: Program) -> HttpResponse:
    """Ask for days, times, rooms and people; show what they make; and make it."""
    now, access = timezone.now(), request.access  # type: ignore[attr-defined]
    form = MatrixForm(request.POST or None, program=program, now=now)
    job = matrix_job(form, now=now, by=access.user)
    wants_save = request.POST.get("act") == SAVE
    answer = attempted(job, access, wants_save=wants_save)
    if answer.done or (wants_save and is_made_before(program, request.POST.get("proposed_id", ""))):
        messages.success(request, _("The Matrix schedule is in the calendar."))
        return redirect("offering:offered", program.public_id)
    context = {"program": program, "form": form, "outlook": answer.outlook}
    with timezone.override(program.zone):
        shown = "slots/live.html" if request.htmx else "offering/matrix.html"  # type: ignore[attr-defined]
        return render(request, shown, context)


def _date(text: str) -> date | None:
    with suppress(ValueError):
        day = date.fromisoformat(text)
        return day if day.year in YEARS else None
    return None
