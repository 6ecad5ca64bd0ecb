"""The director's list of overridden warnings."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groups.exceptions_page.actions import ReviewedAlready, review_exception
from groups.exceptions_page.forms import ListForm, ReviewForm
from groups.exceptions_page.page import ExceptionsPage, exceptions_page
from groups.models import ScheduleException
from programs.access import needs
from programs.models import Program


@require_safe
@needs("audit.read")
def exceptions(request: HttpRequest, program: Program) -> HttpResponse:
    """Show which warnings were overridden, and why."""
    return _shown(request, _page(request, program))


@require_POST
@needs("audit.read")
def review(request: HttpRequest, program: Program, exception_id: uuid.UUID) -> HttpResponse:
    """Record that a director has looked at one, and return to the same place of the list."""
    visible = ScheduleException.objects.visible_to(request.user).filter(program=program)  # type: ignore[arg-type]
    found = get_object_or_404(visible.select_related("participant"), public_id=exception_id)
    form = ReviewForm(request.POST, auto_id=f"{found.public_id}-%s")
    if not form.is_valid():
        return _shown(request, _page(request, program, {found.pk: form}))
    note = form.cleaned_data["note"]
    try:
        review_exception(exception=found, note=note, now=timezone.now(), by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("It is marked as reviewed."))
    except ReviewedAlready as refused:
        messages.error(request, refused.words)
    here = reverse("exceptions:exceptions", args=[program.public_id])
    return redirect(f"{here}{_page(request, program).query}")


def _page(
    request: HttpRequest, program: Program, refused: Mapping[int, ReviewForm] | None = None
) -> ExceptionsPage:
    visible = ScheduleException.objects.visible_to(request.user).filter(program=program)  # type: ignore[arg-type]
    return exceptions_page(
        program=program,
        exceptions=visible,
        form=ListForm(request.GET),
        page=request.GET.get("page", ""),
        refused=refused or {},
    )


def _shown(request: HttpRequest, page: ExceptionsPage) -> HttpResponse:
    with timezone.override(page.program.zone):
        return render(request, "exceptions/exceptions.html", {"page": page})
