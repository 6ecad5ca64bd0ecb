"""Enrolling someone: one page, which finds, works out, keeps drafts, and enrolls."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.keeping import NotKept
from groups.enrolling.actions import (
    CannotEnroll,
    discard_draft,
    enroll_participant,
    keep_draft,
    wait_for_program,
)
from groups.enrolling.actions.drafts import NotYours
from groups.enrolling.drafts import answers_in, is_worth_keeping, my_drafts, sent_from
from groups.enrolling.filling import ENROLL, FILLED, FIND, KEEP, WAIT, WORK_OUT, form_from
from groups.enrolling.forms import EnrollForm
from groups.enrolling.page import Beside, enroll_page
from groups.schedule.clash_words import clash_lines
from groups.wording import clock
from programs.access import needs
from programs.models import Enrollment, EnrollmentDraft, Program
from programs.referring.finding import search
from programs.referring.forms import FindForm
from programs.weeks import local_date


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@needs("participants.edit")
def enroll(request: HttpRequest, program: Program) -> HttpResponse:
    """Show the form, and do what its buttons ask for."""
    asked = request.POST.get("act", "")
    is_filled = asked in FILLED or "proposed_id" in request.POST
    form = _form(request, program, request.POST, is_filled=is_filled)
    return ANSWERS.get(asked, _started)(request, form)


@require_safe
@needs("participants.edit")
def draft(request: HttpRequest, program: Program, draft_id: uuid.UUID) -> HttpResponse:
    """Go on where one left off."""
    kept = _draft(request, program, draft_id)
    form = _form(request, program, sent_from(kept), is_filled=True)
    form.forget_errors()
    return _shown(request, form, kept_at=clock(kept.kept_at, program.zone))


@require_POST
@needs("participants.edit")
def discard(request: HttpRequest, program: Program, draft_id: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    discard_draft(draft=_draft(request, program, draft_id), by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The draft is thrown away."))
    return redirect("enroll:enroll", program.public_id)


def _draft(request: HttpRequest, program: Program, draft_id: uuid.UUID) -> EnrollmentDraft:
    own = EnrollmentDraft.objects.visible_to(request.user).filter(program=program)  # type: ignore[arg-type]
    return get_object_or_404(own.select_related("program"), public_id=draft_id)


def _form(
    request: HttpRequest, program: Program, sent: QueryDict, *, is_filled: bool
) -> EnrollForm:
    today = local_date(timezone.now(), program.zone)
    return form_from(sent, request.user, program, is_filled=is_filled, today=today)  # type: ignore[arg-type]


def _shown(request: HttpRequest, form: EnrollForm, **beside: Any) -> HttpResponse:
    """Return the page, or for htmx what changes of it."""
    user, program, now = request.user, form.program, timezone.now()
    is_live = bool(request.htmx)  # type: ignore[attr-defined]
    with timezone.override(program.zone):
        if is_live:
            form.narrow()
        else:
            own = form["proposed_id"].value()
            beside["drafts"] = my_drafts(user, program, now=now, besides=own)  # type: ignore[arg-type]
        may_enroll = request.access.programs_for("participants.edit")  # type: ignore[attr-defined]
        page = enroll_page(form, Beside(**beside), programs=may_enroll)
        template = "enroll/live.html" if is_live else "enroll/enroll.html"
        return render(request, template, {"page": page})


def _started(request: HttpRequest, form: EnrollForm) -> HttpResponse:
    """Begin, with somebody on record where one was chosen; what was typed before stays."""
    form.forget_errors()
    return _shown(request, form)


def _enroll(request: HttpRequest, form: EnrollForm) -> HttpResponse:
    """Enroll if the form allows it; where the action refuses, its words go to the form."""
    if not form.is_valid():
        return _shown(request, form)
    try:
        made = enroll_participant(plan=form.plan(), now=timezone.now(), by=request.user)  # type: ignore[arg-type]
    except CannotEnroll as refused:
        form.add_refusal(refused)
        lines = clash_lines(refused.clashes, request.access, form.program)  # type: ignore[attr-defined]
        return _shown(request, form, clashes=lines)
    where = (made.program.public_id, made.participant.public_id)
    messages.success(request, _welcome(made, where))
    return redirect("people:participant", *where)


def _welcome(made: Enrollment, where: tuple[uuid.UUID, uuid.UUID]) -> SafeString:
    """Say when they start, and lead to what is still to do."""
    return format_html(
        '{} <a href="{}">{}</a>',
        _("Enrolled. The first day is %(day)s.") % {"day": date_format(made.admitted_on, "l, F j")},
        reverse("authorizations:authorizations", args=where),
        _("Add the authorization"),
    )


def _work_out(request: HttpRequest, form: EnrollForm) -> HttpResponse:
    """Say what it makes so far, and keep it as a draft."""
    kept_at = _kept(request, form)
    form.forget_errors()
    return _shown(request, form, kept_at=kept_at)


def _keep(request: HttpRequest, form: EnrollForm) -> HttpResponse:
    """Keep it as a draft, to go on later."""
    if not _kept(request, form):
        form.forget_errors()
        form.add_error(None, _("Nothing is filled in yet that could be kept."))
        return _shown(request, form)
    messages.success(request, _("Kept as a draft. Go on whenever you like."))
    return redirect("enroll:draft", form.program.public_id, form.cleaned_data["proposed_id"])


def _kept(request: HttpRequest, form: EnrollForm) -> str:
    """Keep what is filled in, if anything is; return the time, or nothing."""
    form.is_valid()
    proposed_id, answers = form.cleaned_data.get("proposed_id"), answers_in(request.POST)
    if not proposed_id or not is_worth_keeping(answers):
        return ""
    now = timezone.now()
    try:
        kept = keep_draft(
            public_id=proposed_id,
            program=form.program,
            answers=answers,
            now=now,
            by=request.user,  # type: ignore[arg-type]
        )
    except NotYours as taken:
        raise Http404 from taken
    return clock(now, form.program.zone) if kept else ""


def _wait(request: HttpRequest, form: EnrollForm) -> HttpResponse:
    """Put them on the program's waiting list instead."""
    if not form.may_wait():
        return _shown(request, form)
    try:
        wait_for_program(
            call=form.first_call(),
            draft_id=form.cleaned_data["proposed_id"],
            now=timezone.now(),
            by=request.user,  # type: ignore[arg-type]
        )
    except NotKept as refused:
        form.add_words(refused.words)
        return _shown(request, form)
    messages.success(request, _("They are on the waiting list of the program."))
    return redirect("referrals:referrals", form.program.public_id)


def _find(request: HttpRequest, form: EnrollForm) -> HttpResponse:
    """Look for somebody on record."""
    find = FindForm(request.POST)
    return _shown(request, form, find=find, found=search(request.user, find))  # type: ignore[arg-type]


ANSWERS: dict[str, Callable[..., HttpResponse]] = {
    ENROLL: _enroll,
    WORK_OUT: _work_out,
    FIND: _find,
    KEEP: _keep,
    WAIT: _wait,
}
