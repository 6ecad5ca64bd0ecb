"""Check-ins in the browser: one at a session, those of a person over time, and safety answers."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from accounts.kept_form import keeps_form, take_kept_form
from attendance.check_ins.actions import (
    AlreadyAcknowledged,
    NewerCheckIn,
    NotOnSheet,
    ReadOnlySheet,
    acknowledge_alert,
    save_check_in,
)
from attendance.check_ins.answers import answers_of
from attendance.check_ins.forms import CheckInForm, DoneForm
from attendance.check_ins.over_time import over_time_page
from attendance.check_ins.page import (
    CheckInPage,
    Here,
    check_in_page,
    here_of,
    newer_words,
    safety_now,
    saved_words,
    wrong_words,
)
from attendance.check_ins.safety_page import AlertPage, alert_page, safety_page
from attendance.check_ins.whose import READ, WRITE, alert_of, person_of
from attendance.check_ins.wording import lines_of
from attendance.models import CheckIn, SafetyAlert
from attendance.parts import PARTS, is_part, part_answer
from programs.access import needs
from programs.models import Program
from programs.person_frame import person_frame

FORM = ["GET", "HEAD", "POST"]
TAB = "check_ins:over_time"


@keeps_form
@sensitive_post_parameters()
@require_http_methods(FORM)
@needs(WRITE)
def check_in(
    request: HttpRequest, program: Program, session_id: uuid.UUID, participant_id: uuid.UUID
) -> HttpResponse:
    """Show one person's check-in, as a part of the sheet or as a page; or save its answers."""
    access = request.access  # type: ignore[attr-defined]
    here = here_of(access, program, session_id, participant_id, now=timezone.now())
    if request.method == "POST":
        return _save(request, here)
    _audit_read(request, program, here.person.public_id, "check_in")
    if request.htmx and "page" not in request.GET:  # type: ignore[attr-defined]
        part = check_in_page(here, owner=PARTS)
        return render(request, "check_ins/part.html", {"page": part})
    request.kept_form = take_kept_form(request)  # type: ignore[attr-defined]
    return _page(request, check_in_page(here))


@require_safe
@needs(READ)
def over_time(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show one person's check-ins over time, as pictures and in words."""
    access = request.access  # type: ignore[attr-defined]
    person = person_of(access, program, participant_id)
    _audit_read(request, program, person.public_id, "check_ins")
    shown = {
        "frame": person_frame(access, program, person, here=TAB),
        "page": over_time_page(access, program, person),
    }
    return render(request, "check_ins/over_time.html", shown)


@require_safe
@needs(READ)
def safety(request: HttpRequest, program: Program) -> HttpResponse:
    """Show the safety answers that wait, and those of the last two weeks that do not."""
    access = request.access  # type: ignore[attr-defined]
    page = safety_page(access, program, now=timezone.now())
    write_audit(
        "safety_alerts.read",
        by=access.user,
        program_id=program.public_id,
        alerts=[str(row.id) for row in page.rows],
    )
    return render(request, "check_ins/safety.html", {"page": page})


@keeps_form
@sensitive_post_parameters()
@require_http_methods(FORM)
@needs(READ)
def alert(request: HttpRequest, program: Program, alert_id: uuid.UUID) -> HttpResponse:
    """Show a safety answer and how to act on it, or write down what was done."""
    access = request.access  # type: ignore[attr-defined]
    if request.method == "POST":
        return _acknowledge(request, alert_of(access, program, alert_id, action=WRITE))
    row = alert_of(access, program, alert_id, action=READ)
    _audit_read(request, program, row.check_in.participant.public_id, "safety_alert")
    request.kept_form = take_kept_form(request)  # type: ignore[attr-defined]
    return _alert_page(request, alert_page(access, row, form=DoneForm()))


def _save(request: HttpRequest, here: Here) -> HttpResponse:
    """Save what was answered; whatever cannot be saved is said, and stays readable."""
    # What is not asked, homework in general, stays as it was answered.
    stored = answers_of(here.stored) if here.practice else None
    form = CheckInForm(request.POST, answers=stored, prefix=here.prefix, practice=here.practice)
    if not form.is_valid():
        return _wrong(request, here, form)
    if form.is_blank and here.stored is None:
        return _saved(request, here, None)
    try:
        row = _keep(request, here, form)
    except NotOnSheet:
        raise Http404 from None
    except ReadOnlySheet as refused:
        unsaved = lines_of(form.answers(), here.practice, form.practiced())
        page = check_in_page(here, unsaved=unsaved, phase=refused.phase)
        return _refused(request, page, [page.why_read_only])
    except NewerCheckIn as refused:
        return _newer(request, here, form, refused.stored)
    return _saved(request, here, row)


def _keep(request: HttpRequest, here: Here, form: CheckInForm) -> CheckIn:
    return save_check_in(
        session=here.session,
        participant=here.person,
        answers=form.answers(),
        practiced=form.practiced(),
        version=_version(request),
        is_by_participant=False,
        by=here.access.user,
        now=here.now,
    )


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")[:9]
    return int(text) if text.isascii() and text.isdigit() else None


def _saved(request: HttpRequest, here: Here, row: CheckIn | None) -> HttpResponse:
    words = saved_words(row, here.program) if row else _("Nothing is answered yet")
    if not is_part(request):
        messages.success(request, words)
        return redirect("check_ins:check_in", *here.ids)
    shown = {"saved": words, "is_saved": row, "safety": safety_now(here.program, row)}
    version = row.version if row else None
    return part_answer(request, "check_ins/saved.html", shown, version=version)


def _wrong(request: HttpRequest, here: Here, form: CheckInForm) -> HttpResponse:
    return _refused(request, check_in_page(here, form=form), wrong_words(form))


def _refused(request: HttpRequest, page: CheckInPage, words: Sequence[str]) -> HttpResponse:
    if not is_part(request):
        return _page(request, page, status=422)
    return part_answer(request, "components/part_wrong.html", {"words": words}, status=422)


def _newer(request: HttpRequest, here: Here, form: CheckInForm, row: CheckIn) -> HttpResponse:
    if not is_part(request):
        return _page(request, check_in_page(here, form=form, newer=row), status=409)
    shown = {"newer": newer_words(row, form, here)}
    return part_answer(request, "check_ins/newer.html", shown, version=row.version, status=409)


def _page(request: HttpRequest, page: CheckInPage, *, status: int = 200) -> HttpResponse:
    with timezone.override(page.here.program.zone):
        return render(request, "check_ins/check_in.html", {"page": page}, status=status)


def _acknowledge(request: HttpRequest, row: SafetyAlert) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    form = DoneForm(request.POST)
    if not form.is_valid():
        return _alert_page(request, alert_page(access, row, form=form), status=422)
    words = form.cleaned_data["what_was_done"]
    try:
        acknowledge_alert(alert=row, what_was_done=words, by=access.user, now=timezone.now())
    except AlreadyAcknowledged as refused:
        page = alert_page(access, refused.alert, form=form, unsaved=words)
        return _alert_page(request, page, status=409)
    messages.success(request, _("What was done is on record."))
    program_id = row.check_in.session.group.program.public_id
    return redirect("check_ins:alert", program_id, row.public_id)


def _alert_page(request: HttpRequest, page: AlertPage, *, status: int = 200) -> HttpResponse:
    with timezone.override(page.program.zone):
        return render(request, "check_ins/alert.html", {"page": page}, status=status)


def _audit_read(
    request: HttpRequest, program: Program, participant_id: uuid.UUID, page: str
) -> None:
    write_audit(
        "participant.read",
        by=request.user,  # type: ignore[arg-type]
        participant_id=participant_id,
        program_id=program.public_id,
        page=page,
    )
