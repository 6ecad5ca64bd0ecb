"""The first call, and the list of calls: who is open, who waits, what became of them."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import write_audit
from accounts.keeping import NotKept
from accounts.limits import limited
from programs.access import needs
from programs.models import Program, Referral, Standing
from programs.referring.actions import Call, CannotMove, move_referral, take_call
from programs.referring.chart_numbers import suggested_chart_number
from programs.referring.finding import chosen_person, search
from programs.referring.forms import CallForm, DeclineForm, FindForm
from programs.referring.page import name_of, referrals_page
from programs.weeks import local_date

# What a button of the first call asks for; choosing somebody found asks for a fresh form.
KEEP, WAIT, FIND = "keep", "wait", "find"


@require_safe
@needs("participants.read")
def referrals(request: HttpRequest, program: Program) -> HttpResponse:
    """Show the open calls, the waiting list and what became of others; it leaves a trace."""
    may_edit = request.access.scope("participants.edit", program) is not None  # type: ignore[attr-defined]
    with timezone.override(program.zone):
        page = referrals_page(program, may_edit=may_edit, now=timezone.now())
        write_audit(
            "referrals.read",
            by=request.user,  # type: ignore[arg-type]
            program_id=program.public_id,
            shown=page.count,
        )
        return render(request, "referrals/referrals.html", {"page": page})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@needs("participants.edit")
@limited("search", methods=("POST",))
def new(request: HttpRequest, program: Program) -> HttpResponse:
    """Take a first call: ask, find somebody on record, keep."""
    asked = request.POST.get("act", "")
    form = _call_form(request, program)
    if asked in (KEEP, WAIT) and (made := _taken(request, form, program)):
        done = _("On the waiting list.") if made.waitlisted_at else _("The call is kept.")
        messages.success(request, done)
        return redirect("referrals:referrals", program.public_id)
    find = FindForm(request.POST if asked == FIND else None)
    found = search(request.user, find) if asked == FIND else None  # type: ignore[arg-type]
    shown = {"program": program, "form": form, "find": find, "found": found, "known": form.known}
    return render(request, "referrals/new.html", shown)


@require_POST
@needs("participants.edit")
def move(request: HttpRequest, program: Program, referral_id: uuid.UUID) -> HttpResponse:
    """Put somebody on the waiting list or take them off it, or reopen a declined one."""
    referral = _referral(request, program, referral_id)
    to = request.POST.get("to", "")
    try:
        move_referral(
            referral=referral,
            to=to,  # type: ignore[arg-type]
            now=timezone.now(),
            by=request.user,  # type: ignore[arg-type]
        )
    except CannotMove as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Done: %(status)s.") % {"status": _status(referral)})
    return redirect("referrals:referrals", program.public_id)


@sensitive_post_parameters("note")
@require_http_methods(["GET", "POST"])
@needs("participants.edit")
def decline(request: HttpRequest, program: Program, referral_id: uuid.UUID) -> HttpResponse:
    """Ask why somebody is declined, and decline them."""
    referral = _referral(request, program, referral_id)
    form = DeclineForm(request.POST or None)
    if form.is_valid() and _declined(request, form, referral):
        messages.success(request, _("Declined. It can be reopened below."))
        return redirect("referrals:referrals", program.public_id)
    name = name_of(referral.participant.kept)
    return render(
        request, "referrals/decline.html", {"program": program, "form": form, "name": name}
    )


def _referral(request: HttpRequest, program: Program, referral_id: uuid.UUID) -> Referral:
    visible = Referral.objects.visible_to(request.user).filter(program=program)  # type: ignore[arg-type]
    rows = visible.select_related("participant__merged_into", "program__site")
    return get_object_or_404(rows, public_id=referral_id)


def _status(referral: Referral) -> str:
    referral.refresh_from_db(fields=["status"])
    return referral.get_status_display()


def _call_form(request: HttpRequest, program: Program) -> CallForm:
    """Return the form as far as it was filled in, about somebody known where one was chosen."""
    known = chosen_person(request.user, request.POST.get("participant", ""))  # type: ignore[arg-type]
    is_sent = request.POST.get("act") in (KEEP, WAIT)
    is_filled = is_sent or "proposed_id" in request.POST
    form = CallForm(
        request.POST if is_filled else None,
        known=known,
        today=local_date(timezone.now(), program.zone),
        chart_number="" if is_filled or known else suggested_chart_number(),
    )
    if is_filled and not is_sent:
        form.forget_errors()
    return form


def _taken(request: HttpRequest, form: CallForm, program: Program) -> Referral | None:
    """Keep the call if the form allows it; where the action refuses, its words go to the form."""
    if not form.is_valid():
        return None
    try:
        return take_call(
            call=Call(program=program, participant=form.person(), **form.call()),
            waits=request.POST.get("act") == WAIT,
            now=timezone.now(),
            by=request.user,  # type: ignore[arg-type]
        )
    except NotKept as refused:
        form.add_refusal(refused.words)
        return None


def _declined(request: HttpRequest, form: DeclineForm, referral: Referral) -> bool:
    try:
        move_referral(
            referral=referral,
            to=Standing.DECLINED,
            decline_reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            now=timezone.now(),
            by=request.user,  # type: ignore[arg-type]
        )
    except CannotMove as refused:
        form.add_error(None, str(refused))
        return False
    return True
