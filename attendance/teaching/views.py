"""What a session teaches in the browser: to lead it by, to confirm; and its print pack."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from accounts.kept_form import keeps_form, take_kept_form
from attendance.teaching.doing import Outcome, act, dropped_words
from attendance.teaching.pack import pack_of
from attendance.teaching.page import Room, TeachingPage, teaching_page
from attendance.teaching.whose import CONFIRM, READ, session_of
from programs.access import needs
from programs.models import Program


@keeps_form
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(READ)
def teaching(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Show the lessons of a session, or do what one of the page's forms asks for."""
    is_sent = request.method == "POST"
    room = _room(request, program, session_id, action=CONFIRM if is_sent else READ)
    if is_sent:
        return _done(request, room, act(room, request.POST))
    request.kept_form = take_kept_form(request)  # type: ignore[attr-defined]
    return _page(request, teaching_page(room))


@require_safe
@needs(READ)
def pack(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Hand out what the room needs on paper; it names no participant."""
    room = _room(request, program, session_id, action=READ)
    with timezone.override(program.zone):
        content = pack_of(room.session, by=room.access.user, now=room.now)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"lesson-pack-{room.session.held_on}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    write_audit(
        "lesson_pack.exported",
        by=room.access.user,
        subject=room.session,
        program_id=program.public_id,
    )
    return response


def _room(request: HttpRequest, program: Program, session_id: uuid.UUID, *, action: str) -> Room:
    access = request.access  # type: ignore[attr-defined]
    session = session_of(access, program, session_id, action=action)
    return Room(access, program, session, timezone.now())


def _done(request: HttpRequest, room: Room, outcome: Outcome) -> HttpResponse:
    """Go back to the page with what was done, or show the form with what is wrong."""
    if outcome.form is not None:
        page = teaching_page(room, {outcome.act: outcome.form})
        return _page(request, page, status=422)
    if outcome.is_late:
        messages.error(request, outcome.said)
    else:
        messages.success(request, outcome.said)
    if outcome.dropped:
        messages.warning(request, dropped_words(outcome.dropped))
    return redirect("teaching:teaching", room.program.public_id, room.session.public_id)


def _page(request: HttpRequest, page: TeachingPage, *, status: int = 200) -> HttpResponse:
    with timezone.override(page.room.program.zone):
        return render(request, "teaching/teaching.html", {"page": page}, status=status)
