"""The notes of a session, and each part of them: shown, and saved as it is typed."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from attendance.notes.cards import Desk
from attendance.notes.forms import GroupForm, PersonForm
from attendance.notes.page import notes_page
from attendance.notes.session import NOBODY, Asked
from attendance.notes.views.finding import WRITE, audit_read, desk_of, found
from attendance.notes.views.outcomes import answer, card_of, part_page, save_group, save_person
from attendance.notes.written import Part, written_of
from programs.access import needs
from programs.models import Program

Ids = uuid.UUID


@require_safe
@needs("notes.read")
def notes(request: HttpRequest, program: Program, session_id: Ids) -> HttpResponse:
    """Show the notes of a session: how they stand, the group part, a card for each person."""
    written = written_of(found(request, program, session_id))
    desk = desk_of(request, written, timezone.now())
    audit_read(request, written, *(part.id for part in written.parts))
    with timezone.override(program.zone):
        page = notes_page(desk, request.access)  # type: ignore[attr-defined]
        return render(request, "notes/notes.html", {"page": page})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs("notes.write")
def group(request: HttpRequest, program: Program, session_id: Ids) -> HttpResponse:
    """Show the part for every chart, or save what was typed in it."""
    written = written_of(found(request, program, session_id, action=WRITE))
    desk = desk_of(request, written, timezone.now())
    with timezone.override(program.zone):
        if request.method == "POST":
            form = GroupForm(request.POST, session=written.session, now=desk.now)
            return answer(request, desk, None, save_group(desk, form))
        audit_read(request, written)
        return _shown(request, desk, None)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs("notes.write")
def person(
    request: HttpRequest, program: Program, session_id: Ids, participant_id: Ids
) -> HttpResponse:
    """Show one person's part, or save what was typed in it."""
    asked = Asked(participant_id, goal=_id(request.POST.get("goal")))
    session = found(request, program, session_id, action=WRITE, asked=asked)
    written = written_of(session, only=participant_id)
    desk, part = desk_of(request, written, timezone.now()), written.of(participant_id)
    if part is None:
        raise Http404
    with timezone.override(program.zone):
        if request.method == "POST":
            form = PersonForm(request.POST, session=session, now=desk.now)
            return answer(request, desk, part, save_person(desk, part, form))
        audit_read(request, written, part.id)
        return _shown(request, desk, part)


def _shown(request: HttpRequest, desk: Desk, part: Part | None) -> HttpResponse:
    """Show a part: to the script as a form or as a piece of another one, else as a page."""
    if not request.htmx:  # type: ignore[attr-defined]
        return part_page(request, desk, part)
    is_form = request.GET.get("as") == "form"
    template = "components/note_form.html" if is_form else "components/note_part.html"
    shown = {"card": card_of(desk, part), "notes_url": desk.url("notes:notes")}
    return render(request, template, shown)


def _id(text: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return NOBODY
