"""What changes an episode: each page says beforehand what will happen."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from groups.episodes import change_page
from groups.episodes.actions import beginnings, discharging, leaves, reversing, transferring
from groups.episodes.case import Case, case_of, leave_case
from groups.episodes.change_page import ChangePage
from groups.episodes.forms import CallOffForm, EpisodeForm, NothingForm, ReverseForm
from groups.episodes.onward import asked_of, may_enroll
from groups.schedule.clash_words import clash_lines
from groups.schedule.edit import CannotSchedule
from programs.access import Access, needs
from programs.models import Admission, Enrollment, Leave, Program, Referral

# What a form sends while it is being filled in.
WORK_OUT = "work_out"

Saved = TypeVar("Saved")
both = require_http_methods(["GET", "POST"])


@sensitive_post_parameters("note")
@both
@needs("participants.edit")
def discharge(request: HttpRequest, program: Program, enrollment_id: uuid.UUID) -> HttpResponse:
    """Discharge somebody."""
    case = case_of(_access(request), program, enrollment_id, timezone.now())
    form = change_page.discharge_form(case, _sent(request))

    def save() -> Enrollment:
        return discharging.discharge(enrollment=case.enrollment, **form.cleaned_data, **_by(case))

    if done := _saved(request, form, save):
        _tell(request, _("Discharged. The last day is %(day)s."), done.discharged_on)
        return _back(case)
    return _page(request, change_page.discharge_page(case, form))


@sensitive_post_parameters("note", "override")
@both
@needs("participants.edit")
def transfer(
    request: HttpRequest,
    program: Program,
    enrollment_id: uuid.UUID,
    admission: str = Admission.DIRECT,
) -> HttpResponse:
    """Let somebody go on to another program, or refer them there."""
    case = case_of(_access(request), program, enrollment_id, timezone.now())
    form = change_page.transfer_form(case, _sent(request), admission)

    def save() -> Enrollment | Referral:
        onward = asked_of(form)
        if may_enroll(case, onward.to_program):
            return transferring.transfer(enrollment=case.enrollment, onward=onward, **_by(case))
        return transferring.refer_on(enrollment=case.enrollment, onward=onward, **_by(case))

    if made := _saved(request, form, save):
        return _went_on(request, case, made)
    return _page(request, change_page.transfer_page(case, form))


@sensitive_post_parameters("reason")
@both
@needs("participants.edit")
def begin_leave(request: HttpRequest, program: Program, enrollment_id: uuid.UUID) -> HttpResponse:
    """Let somebody be away for a while."""
    case = case_of(_access(request), program, enrollment_id, timezone.now())
    form = change_page.leave_form(case, _sent(request))

    def save() -> Leave:
        return leaves.begin_leave(enrollment=case.enrollment, **form.cleaned_data, **_by(case))

    if leave := _saved(request, form, save):
        _tell(request, _("On leave from %(day)s."), leave.first_on)
        return _back(case)
    return _page(request, change_page.leave_page(case, form))


@both
@needs("participants.edit")
def end_leave(
    request: HttpRequest, program: Program, enrollment_id: uuid.UUID, leave_id: uuid.UUID
) -> HttpResponse:
    """Let somebody be back from leave."""
    found = (_access(request), program, enrollment_id, leave_id, timezone.now())
    case, leave = leave_case(*found)
    form = change_page.back_form(case, leave, _sent(request))

    def save() -> Leave:
        return leaves.end_leave(leave=leave, **form.cleaned_data, **_by(case))

    if done := _saved(request, form, save):
        _tell(request, _("Back. The last day away is %(day)s."), done.last_on)
        return _back(case)
    return _page(request, change_page.back_page(case, leave, form))


@both
@needs("participants.edit")
def extend_leave(
    request: HttpRequest, program: Program, enrollment_id: uuid.UUID, leave_id: uuid.UUID
) -> HttpResponse:
    """Let a leave end another day."""
    found = (_access(request), program, enrollment_id, leave_id, timezone.now())
    case, leave = leave_case(*found)
    form = change_page.longer_form(case, leave, _sent(request))

    def save() -> Leave:
        is_shorter = change_page.is_shorter(leave, form.cleaned_data["last_on"])
        act = leaves.end_leave if is_shorter else leaves.extend_leave
        return act(leave=leave, **form.cleaned_data, **_by(case))

    if _saved(request, form, save):
        messages.success(request, _("The leave was changed."))
        return _back(case)
    return _page(request, change_page.longer_page(case, leave, form))


@both
@needs("participants.edit")
def call_off_leave(
    request: HttpRequest, program: Program, enrollment_id: uuid.UUID, leave_id: uuid.UUID
) -> HttpResponse:
    """Let a leave not be."""
    found = (_access(request), program, enrollment_id, leave_id, timezone.now())
    case, leave = leave_case(*found)
    form = NothingForm(_sent(request), today=case.today)

    def save() -> Leave:
        return leaves.call_off_leave(leave=leave, **_by(case))

    if _saved(request, form, save):
        messages.success(request, _("The leave was called off."))
        return _back(case)
    return _page(request, change_page.call_off_leave_page(case, leave, form))


@both
@needs("participants.edit")
def put_off(request: HttpRequest, program: Program, enrollment_id: uuid.UUID) -> HttpResponse:
    """Let somebody begin later."""
    case = case_of(_access(request), program, enrollment_id, timezone.now())
    form = change_page.put_off_form(case, _sent(request))

    def save() -> Enrollment:
        act = beginnings.put_off_admission
        return act(enrollment=case.enrollment, **form.cleaned_data, **_by(case))

    if later := _saved(request, form, save):
        _tell(request, _("Put off. The first day is %(day)s."), later.admitted_on)
        return _back(case)
    return _page(request, change_page.put_off_page(case, form))


@sensitive_post_parameters("reason")
@both
@needs("participants.edit")
def call_off(request: HttpRequest, program: Program, enrollment_id: uuid.UUID) -> HttpResponse:
    """Call an enrollment off before it begins."""
    case = case_of(_access(request), program, enrollment_id, timezone.now())
    form = CallOffForm(_sent(request), today=case.today)

    def save() -> Enrollment:
        act = beginnings.call_off_enrollment
        return act(enrollment=case.enrollment, **form.cleaned_data, **_by(case))

    if _saved(request, form, save):
        messages.success(request, _("Called off. The enrollment stays on record."))
        return _back(case)
    return _page(request, change_page.call_off_page(case, form))


@sensitive_post_parameters("reason")
@both
@needs("discharge.reverse")
def reverse(request: HttpRequest, program: Program, enrollment_id: uuid.UUID) -> HttpResponse:
    """Take a mistaken discharge back."""
    case = case_of(_access(request), program, enrollment_id, timezone.now())
    form = ReverseForm(_sent(request), today=case.today)

    def save() -> reversing.Reversed:
        act = reversing.reverse_discharge
        return act(enrollment=case.enrollment, **form.cleaned_data, **_by(case))

    if done := _saved(request, form, save):
        _tell_what_is_lost(request, done.restored.lost)
        return _back(case)
    return _page(request, change_page.reverse_page(case, form))


def _access(request: HttpRequest) -> Access:
    return request.access  # type: ignore[attr-defined]


def _by(case: Case) -> dict:
    return {"now": case.now, "by": case.access.user}


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _saved(request: HttpRequest, form: EpisodeForm, save: Callable[[], Saved]) -> Saved | None:
    """Save where the form is sent and allows it; what the action refuses goes to the form."""
    is_valid = form.is_valid()
    if request.POST.get("act") == WORK_OUT:
        form.forget_errors()
    elif is_valid:
        try:
            return save()
        except CannotSchedule as refused:
            form.add_refusal(refused)
            lines = clash_lines(refused.clashes, _access(request), request.program)  # type: ignore[attr-defined]
            form.clashes = tuple(lines)
    return None


def _page(request: HttpRequest, page: ChangePage) -> HttpResponse:
    template = "episodes/live.html" if request.htmx else "episodes/change.html"  # type: ignore[attr-defined]
    with timezone.override(page.case.program.zone):
        return render(request, template, {"page": page, "frame": page.frame})


def _tell(request: HttpRequest, words: str, day: date | None) -> None:
    messages.success(request, words % {"day": date_format(day, "l, F j") if day else ""})


def _tell_what_is_lost(request: HttpRequest, lost: tuple[str, ...]) -> None:
    messages.success(request, _("The discharge was taken back."))
    if lost:
        words = _("No seat is free any more in %(groups)s: they are not back in there.")
        groups = get_text_list(list(lost), _("and"))
        messages.warning(request, words % {"groups": groups})


def _went_on(request: HttpRequest, case: Case, made: Enrollment | Referral) -> HttpResponse:
    name = made.program.name
    if isinstance(made, Enrollment):
        words = _("Transferred. The first day in %(program)s is %(day)s.") % {
            "program": name,
            "day": date_format(made.admitted_on, "l, F j"),
        }
        messages.success(request, words)
        keys = (made.program.public_id, made.participant.public_id)
        return redirect("episodes:episode", *keys)
    words = _("Discharged here and referred to %(program)s.")
    messages.success(request, words % {"program": name})
    return _back(case)


def _back(case: Case) -> HttpResponse:
    return redirect("episodes:episode", case.program.public_id, case.person.public_id)
