"""The episode of a person, and the follow-ups a program owes."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from groups.episodes.actions.follow_ups import record_follow_up
from groups.episodes.follow_up_rows import due_rows, follow_up_of
from groups.episodes.forms import FollowUpForm
from groups.episodes.page import episode_page
from groups.schedule.edit import CannotSchedule
from programs.access import Access, needs
from programs.models import FollowUp, Participant, Program
from programs.person_frame import person_frame
from programs.weeks import local_date
from programs.whose import participant_of

HERE = "episodes:episode"


@require_safe
@needs("participants.read")
def episode(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show where the person's episode stands, and what happened in it."""
    access = _access(request)
    person = participant_of(access, program, participant_id)
    _tell_of_reading(access, program, person, "episode")
    asked = request.GET.get("episode", "")
    page = episode_page(access, program, person, asked, timezone.now())
    frame = person_frame(access, program, person, here=HERE)
    with timezone.override(program.zone):
        return render(request, "episodes/episode.html", {"page": page, "frame": frame})


@require_safe
@needs("participants.read")
def follow_ups(request: HttpRequest, program: Program) -> HttpResponse:
    """Show who is to be called after a discharge, the overdue first."""
    rows = due_rows(program, local_date(timezone.now(), program.zone))
    write_audit(
        "follow_ups.read",
        by=_access(request).user,
        program_id=program.public_id,
        found=len(rows),
    )
    may_record = _access(request).scope("participants.edit", program) is not None
    page = {"program": program, "rows": rows, "may_record": may_record}
    return render(request, "episodes/follow_ups.html", page)


@sensitive_post_parameters("note")
@require_http_methods(["GET", "POST"])
@needs("participants.edit")
def follow_up(request: HttpRequest, program: Program, follow_up_id: uuid.UUID) -> HttpResponse:
    """Ask how a follow-up went, and keep it."""
    access, now = _access(request), timezone.now()
    row = follow_up_of(access, program, follow_up_id)
    person = row.enrollment.participant.kept
    form = _follow_up_form(request, row, program)
    if form.is_valid():
        try:
            record_follow_up(follow_up=row, **form.cleaned_data, now=now, by=access.user)
        except CannotSchedule as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("Kept."))
            return redirect("episodes:follow_ups", program.public_id)
    _tell_of_reading(access, program, person, "follow_up")
    frame = person_frame(access, program, person, here=HERE)
    page = {"row": row, "person": person, "form": form, "frame": frame, "program": program}
    return render(request, "episodes/follow_up.html", page)


def _access(request: HttpRequest) -> Access:
    return request.access  # type: ignore[attr-defined]


def _follow_up_form(request: HttpRequest, row: FollowUp, program: Program) -> FollowUpForm:
    sent = request.POST if request.method == "POST" else None
    initial = {"outcome": row.outcome, "note": row.note}
    today = local_date(timezone.now(), program.zone)
    return FollowUpForm(sent, today=today, initial=initial)


def _tell_of_reading(access: Access, program: Program, person: Participant, page: str) -> None:
    write_audit(
        "participant.read",
        by=access.user,
        participant_id=person.public_id,
        program_id=program.public_id,
        page=page,
    )
