"""A record opened in an emergency: for a reason, for an hour, and reviewed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import write_audit
from attendance.emergency.actions import CannotReview, close_record, open_record, review_access
from attendance.emergency.forms import FindForm, ReasonForm, ReviewForm
from attendance.emergency.looking import look
from attendance.emergency.record_page import record_page
from attendance.emergency.review_page import READ, review_page
from programs.access import needs
from programs.models import EmergencyAccess, Participant, Program
from programs.models.emergency import EmergencyAccessQuerySet
from programs.names import roster_names
from programs.trust_tabs import trust_tabs
from programs.whose import participant_of

GONE = 410


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs("emergency.open")
def find(request: HttpRequest, program: Program) -> HttpResponse:
    """Find somebody by name and birth date, and open their record."""
    form, now, by = FindForm(request.POST or None), timezone.now(), request.user
    if form.is_valid():
        found = look(form, program, by, now=now)  # type: ignore[arg-type]
        write_audit(
            found.verb,
            by=by,  # type: ignore[arg-type]
            participant_id=found.person.public_id if found.person else None,
            program_id=program.public_id,
            found=int(found.person is not None),
        )
        if found.person and found.program:
            return _opened(request, program, found.person, found.program, form)
        form.add_error(None, found.words)
    return render(request, "emergency/find.html", {"program": program, "form": form})


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "HEAD", "POST"])
@needs("emergency.open")
def ask(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Ask for the reason, and open the record."""
    person = participant_of(request.access, program, participant_id)  # type: ignore[attr-defined]
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        return _opened(request, program, person, program, form)
    name = roster_names([person])[person.chart_number]
    context = {"program": program, "person": person, "name": name, "form": form}
    return render(request, "emergency/ask.html", context)


@require_safe
@needs("emergency.open")
def record(request: HttpRequest, program: Program, access_id: uuid.UUID) -> HttpResponse:
    """Show what one needs in an emergency, while it is open, and put each look on the trail."""
    access, now = _mine(request, access_id), timezone.now()
    context = {"program": program, "access": access}
    if not access.is_open_at(now):
        return render(request, "emergency/over.html", context, status=GONE)
    write_audit(
        READ,
        by=access.user,
        subject=access,
        participant_id=access.participant.public_id,
        program_id=access.program.public_id,
    )
    with timezone.override(access.program.zone):
        page = record_page(access, now=now)
        return render(request, "emergency/record.html", context | {"page": page})


@require_POST
@needs("emergency.open")
def close(request: HttpRequest, program: Program, access_id: uuid.UUID) -> HttpResponse:
    """Close it before its time."""
    access = _mine(request, access_id)
    close_record(access=access, now=timezone.now(), by=access.user)
    messages.success(request, _("The record is closed. A director will review it."))
    return redirect("people:people", program.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("emergency.review")
def review(request: HttpRequest, program: Program) -> HttpResponse:
    """List what was opened; take the review."""
    return _reviewed(request, program) if request.method == "POST" else _list(request, program)


def _reviewed(request: HttpRequest, program: Program) -> HttpResponse:
    seen = _seen(request, program).select_related("participant", "program")
    access = get_object_or_404(seen, public_id=_key(request.POST.get("access")))
    form = ReviewForm(request.POST, auto_id=f"{access.public_id}-%s")
    if not form.is_valid():
        return _list(request, program, {access.pk: form})
    note, now = form.cleaned_data["note"], timezone.now()
    try:
        review_access(access=access, note=note, now=now, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("It is marked as reviewed."))
    except CannotReview as refused:
        messages.error(request, refused.words)
    return redirect("emergency:review", program.public_id)


def _opened(
    request: HttpRequest,
    program: Program,
    person: Participant,
    theirs: Program,
    form: FindForm | ReasonForm,
) -> HttpResponse:
    access = open_record(
        person=person,
        program=theirs,
        reason=form.cleaned_data["reason"],
        now=timezone.now(),
        by=request.user,  # type: ignore[arg-type]
    )
    return redirect("emergency:record", program.public_id, access.public_id)


def _mine(request: HttpRequest, access_id: uuid.UUID) -> EmergencyAccess:
    own = EmergencyAccess.objects.visible_to(request.user).filter(user=request.user)  # type: ignore[arg-type,misc]
    related = own.select_related("participant", "program__site", "user")
    return get_object_or_404(related, public_id=access_id)


def _key(text: str | None) -> uuid.UUID | None:
    """Return the posted id; one that is none finds nothing."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def _seen(request: HttpRequest, program: Program) -> EmergencyAccessQuerySet:
    return EmergencyAccess.objects.visible_to(request.user).filter(program=program)  # type: ignore[arg-type]


def _list(
    request: HttpRequest, program: Program, refused: Mapping[int, ReviewForm] | None = None
) -> HttpResponse:
    page = review_page(
        program=program,
        accesses=_seen(request, program),
        reader=request.user,  # type: ignore[arg-type]
        now=timezone.now(),
        page=request.GET.get("page", ""),
        refused=refused or {},
    )
    here = "emergency:review"
    tabs = trust_tabs(request.access, program, here=here, counts={here: page.waiting})  # type: ignore[attr-defined]
    return render(request, "emergency/review.html", {"page": page, "tabs": tabs})
