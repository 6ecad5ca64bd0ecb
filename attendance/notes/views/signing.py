"""The notes are signed, co-signed, and added to."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from attendance.models import NotesSignOff
from attendance.notes.actions.saving import add_addendum
from attendance.notes.actions.signing import cosign_notes, sign_notes
from attendance.notes.addendum_page import addendum_page, chosen_part, names_somebody
from attendance.notes.forms import AddendumForm, SignForm
from attendance.notes.page import notes_page
from attendance.notes.refusals import AlreadySigned, CannotSign, NotSigned
from attendance.notes.views.finding import WRITE, audit_read, desk_of, found, sessions, user
from attendance.notes.written import Written, written_of
from programs.access import needs
from programs.models import Program

Ids = uuid.UUID
PAGE = "notes:notes"


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "HEAD", "POST"])
@needs("notes.write")
def sign(request: HttpRequest, program: Program, session_id: Ids) -> HttpResponse:
    """Show what to look at before signing, and sign."""
    session = found(request, program, session_id, action=WRITE)
    form = SignForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _sign_page(request, written_of(session), form)
    one, now = sessions(request, program, session_id, WRITE), timezone.now()
    try:
        signed = sign_notes(session=one, **form.cleaned_data, by=user(request), now=now)
    except AlreadySigned:
        messages.info(request, _("These notes are signed already."))
        return redirect(PAGE, program.public_id, session_id)
    except CannotSign as refused:
        form.add_error(None, str(refused.words))
        return _sign_page(request, written_of(session), form)
    messages.success(request, _said(signed))
    return redirect(PAGE, program.public_id, session_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("notes.cosign")
def cosign(request: HttpRequest, program: Program, session_id: Ids) -> HttpResponse:
    """Co-sign what was read on the notes' page; to read it, this leads there."""
    session = found(request, program, session_id)
    notes: NotesSignOff | None = getattr(session, "notes_sign_off", None)
    if request.method == "POST":
        try:
            if notes is None:
                raise CannotSign(_("These notes are not signed yet."))
            cosign_notes(notes=notes, by=user(request), now=timezone.now())
            messages.success(request, _("The notes are co-signed."))
        except CannotSign as refused:
            messages.error(request, str(refused.words))
    return redirect(PAGE, program.public_id, session_id)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs("notes.write")
def addendum(request: HttpRequest, program: Program, session_id: Ids) -> HttpResponse:
    """Add words to signed notes."""
    written = written_of(found(request, program, session_id, action=WRITE))
    form = AddendumForm(request.POST or None, initial={"of": request.GET.get("of", "")})
    if form.is_valid():
        part = chosen_part(form, written)
        if not names_somebody(form, written, part):
            return _added(request, form, written)
    audit_read(request, written, *(each.id for each in written.parts))
    with timezone.override(program.zone):
        page = addendum_page(form, desk_of(request, written, timezone.now()))
    status = 422 if form.errors else 200
    return render(request, "notes/addendum.html", {"page": page, "form": form}, status=status)


def _added(request: HttpRequest, form: AddendumForm, written: Written) -> HttpResponse:
    part, session = chosen_part(form, written), written.session
    try:
        add_addendum(
            session=session,
            participant=part.person.participant if part else None,
            text=form.cleaned_data["text"],
            reason=form.cleaned_data["reason"],
            by=user(request),
            now=timezone.now(),
        )
        messages.success(request, _("The addendum stands below the note."))
    except NotSigned:
        messages.error(request, _("These notes are not signed yet: write in them."))
    return redirect(PAGE, session.group.program.public_id, session.public_id)


def _sign_page(request: HttpRequest, written: Written, form: SignForm) -> HttpResponse:
    desk = desk_of(request, written, timezone.now())
    audit_read(request, written, *(part.id for part in written.parts))
    with timezone.override(desk.zone):
        page = notes_page(desk, request.access)  # type: ignore[attr-defined]
        shown = {"page": page, "form": form}
        status = 422 if form.errors else 200
        return render(request, "notes/sign.html", shown, status=status)


def _said(signed: NotesSignOff) -> str:
    if signed.is_cosignature_needed:
        return _("Signed. The notes now wait for a co-signature.")
    return _("Signed. From here on the notes are only added to.")
