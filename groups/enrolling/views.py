"""Enrolling someone: one page, which finds, works out, and enrolls."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from groups.enrolling.actions import CannotEnroll, enroll_participant
from groups.enrolling.forms import EnrollForm, FindForm
from groups.enrolling.page import enroll_page, search, suggested_chart_number
from programs.access import needs
from programs.models import Enrollment, Participant, Program
from programs.weeks import local_date

# What a button of the page asks for; choosing somebody found asks for a fresh form.
ENROLL, WORK_OUT, FIND = "enroll", "work_out", "find"


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@needs("participants.edit")
def enroll(request: HttpRequest, program: Program) -> HttpResponse:
    """Show the form, say what the ticked groups offer, and enroll."""
    asked = request.POST.get("act", "")
    form = _form(request, program)
    if asked == ENROLL and (made := _enrolled(request, form)):
        day = date_format(made.admitted_on, "l, F j")
        messages.success(request, _("Enrolled. The first day is %(day)s.") % {"day": day})
        return redirect("people:participant", program.public_id, made.participant.public_id)
    if asked == WORK_OUT and not form.is_valid():
        form.forget_errors()
    find = FindForm(request.POST if asked == FIND else None)
    found = search(request.user, find) if asked == FIND else None  # type: ignore[arg-type]
    with timezone.override(program.zone):
        page = enroll_page(program, form=form, find=find, found=found)
        template = "enroll/live.html" if request.htmx else "enroll/enroll.html"  # type: ignore[attr-defined]
        return render(request, template, {"page": page})


def _form(request: HttpRequest, program: Program) -> EnrollForm:
    """Return the form as far as it was filled in, about somebody known where one was chosen."""
    known = None
    if chosen := request.POST.get("participant"):
        visible = Participant.objects.visible_to(request.user)  # type: ignore[arg-type]
        with suppress(ValidationError):
            known = visible.prefetch_related("consents").filter(public_id=chosen).first()
        if known is None:
            raise Http404
    is_filled = request.POST.get("act") in (ENROLL, WORK_OUT)
    return EnrollForm(
        request.POST if is_filled else None,
        program=program,
        known=known,
        today=local_date(timezone.now(), program.zone),
        chart_number="" if is_filled or known else suggested_chart_number(),
    )


def _enrolled(request: HttpRequest, form: EnrollForm) -> Enrollment | None:
    """Enroll if the form allows it; where the action refuses, its words go to the form."""
    if not form.is_valid():
        return None
    try:
        return enroll_participant(plan=form.plan(), now=timezone.now(), by=request.user)  # type: ignore[arg-type]
    except CannotEnroll as refused:
        form.add_refusal(refused)
        return None
