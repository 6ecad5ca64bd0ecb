"""The doorways to an amendment: one record, and whoever was left out of a signed sheet."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.audit import write_audit
from attendance.amending.refusals import NotAmended
from attendance.sheet.forms import WalkInForm
from attendance.sheet.walk_ins import search_walk_ins
from hours.amending.actions import amend_and_follow
from hours.amending.case import Case, SessionCase, case_of, session_case
from hours.amending.effect_words import in_one_sentence
from hours.amending.forms import AmendForm
from hours.amending.page import (
    AmendPage,
    Shown,
    amend_page,
    correction_of,
    said_after,
    shown_of,
    token_of,
)
from programs.access import needs
from programs.models import Program

# What the form sends while it is being filled in, and by its button without a script.
WORK_OUT = "work_out"


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "HEAD", "POST"])
@needs("attendance.amend")
def amend(
    request: HttpRequest, program: Program, session_id: uuid.UUID, participant_id: uuid.UUID
) -> HttpResponse:
    """Show every version of a record; work out what an amendment changes, then save it."""
    access = request.access  # type: ignore[attr-defined]
    case = case_of(access, program, session_id, participant_id, timezone.now())
    if not case.is_signed:
        return _not_signed(request, case)
    if request.method == "POST" and not case.may_amend:
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = AmendForm(sent, person=case.person, clock=case.clock)
    with timezone.override(program.zone):
        if request.method != "POST":
            return _page(request, amend_page(case, form if case.may_amend else None, Shown()))
        if request.POST.get("act") == WORK_OUT:
            return _work_out(request, case, form)
        return _save(request, case, form)


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
@needs("attendance.amend")
def left_out(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Look for somebody who was there and does not stand on the signed sheet."""
    access = request.access  # type: ignore[attr-defined]
    case = session_case(access, program, session_id, timezone.now())
    if not case.amendable.exists():
        raise PermissionDenied
    if not case.is_signed:
        return _not_signed(request, case)
    form, found = WalkInForm(request.POST or None), None
    if form.is_valid():
        found = search_walk_ins(case.session, access.user, form.cleaned_data["words"])
    with timezone.override(program.zone):
        context = {"case": case, "form": form, "found": found}
        return render(request, "amending/left_out.html", context)


def _work_out(request: HttpRequest, case: Case, form: AmendForm) -> HttpResponse:
    """Say what it would change: a fragment while the form is filled in, else the page."""
    shown = shown_of(case, form, by=case.access.user, now=case.now)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "amending/live.html", {"shown": shown})
    return _page(request, amend_page(case, form, shown))


def _save(request: HttpRequest, case: Case, form: AmendForm) -> HttpResponse:
    """Save what its writer was shown; anything else is shown first."""
    correction = correction_of(case, form) if form.is_valid() else None
    if correction is None:
        return _refused(request, case, form)
    if request.POST.get("shown") != token_of(correction):
        shown = shown_of(case, form, by=case.access.user, now=case.now)
        if not shown.problems:
            return _page(request, amend_page(case, form, shown, asks_again=True))
    try:
        effect = amend_and_follow(correction=correction, by=case.access.user, now=case.now)
    except NotAmended as refused:
        form.add_refusal(refused)
        return _refused(request, case, form)
    messages.success(request, said_after(in_one_sentence(effect)))
    return redirect(case.sheet_url)


def _refused(request: HttpRequest, case: Case, form: AmendForm) -> HttpResponse:
    shown = shown_of(case, form, by=case.access.user, now=case.now)
    return _page(request, amend_page(case, form, shown), status=422)


def _page(request: HttpRequest, page: AmendPage, status: int = 200) -> HttpResponse:
    write_audit(
        "participant.read",
        by=request.user,  # type: ignore[arg-type]
        participant_id=page.case.person.id,
        program_id=page.case.program.public_id,
        page="amendment",
    )
    return render(request, "amending/amend.html", {"page": page}, status=status)


def _not_signed(request: HttpRequest, case: SessionCase) -> HttpResponse:
    """Lead to the sheet: there it can still be marked."""
    messages.info(request, _("This session is not signed: mark it on its sheet."))
    return redirect(case.sheet_url)
