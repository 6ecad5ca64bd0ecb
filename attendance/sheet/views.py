"""The attendance sheet in the browser: one address to read it, to mark on it and to sign it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import NoReturn

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.kept_form import keeps_form, take_kept_form
from accounts.models import User
from attendance.sheet.actions import (
    CannotSign,
    NotRecorded,
    ReadOnly,
    Recorded,
    record_attendance,
    sign_session,
)
from attendance.sheet.forms import Posted, WalkInForm, posted
from attendance.sheet.page import Answer, is_substitute, sheet_page
from attendance.sheet.session import Phase, phase_of, sheets_of, whole
from attendance.sheet.walk_ins import search_walk_ins
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet
from programs.access import needs
from programs.models import Program


@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
@needs("attendance.mark")
def sheet(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Show the sheet, or put on record what was marked on it."""
    if request.method != "POST":
        request.kept_form = take_kept_form(request)  # type: ignore[attr-defined]
        return _page(request, _found(request, program, session_id), Answer())
    sent, sheets = posted(request.POST), _sheets(request, program, session_id)
    try:
        done = record_attendance(session=sheets, marks=sent.rows, by=_user(request), now=_now())
    except GroupSession.DoesNotExist:
        _refuse(request, session_id)
    except ReadOnly:
        return _read_only(request, _found(request, program, session_id))
    except NotRecorded as refused:
        answer = Answer(sent, problems=refused.problems)
        return _page(request, _found(request, program, session_id), answer, status=422)
    return _answer(request, sheets, done, sent)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("attendance.mark")
def walk_in(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Look for someone who came without being expected."""
    session = _found(request, program, session_id)
    if phase_of(session, _now()) is not Phase.OPEN:
        return _read_only(request, session)
    form = WalkInForm(request.POST or None)
    found = None
    if form.is_valid():
        found = search_walk_ins(session, _user(request), form.cleaned_data["words"])
    context = {"session": session, "program": program, "form": form, "found": found}
    with timezone.override(program.zone):
        return render(request, "sheet/walk_in.html", context)


def _answer(
    request: HttpRequest, sheets: GroupSessionQuerySet, done: Recorded, sent: Posted
) -> HttpResponse:
    """Answer with the row, with what has to be decided, or by leading back to the sheet."""
    if sent.only or done.conflicts:
        return _page(request, done.session, Answer(sent, done.people, conflicts=done.conflicts))
    if sent.signs:
        return _sign(request, sheets, done.session, sent)
    if done.changed:
        _say_saved(request, len(done.changed))
    else:
        messages.info(request, _("Nothing was changed on the sheet."))
    return redirect("sheet:sheet", done.session.group.program.public_id, done.session.public_id)


def _sign(
    request: HttpRequest, sheets: GroupSessionQuerySet, session: GroupSession, sent: Posted
) -> HttpResponse:
    substitute = is_substitute(session, request.access)  # type: ignore[attr-defined]
    if substitute is None:
        raise PermissionDenied
    try:
        sign_session(
            session=sheets,
            reason=sent.reason,
            is_substitute=substitute,
            by=_user(request),
            now=_now(),
        )
    except ReadOnly:
        return _read_only(request, whole(sheets).get())
    except CannotSign as refused:
        return _page(request, session, Answer(sent, sign_problem=str(refused)), status=422)
    messages.success(request, _("Signed. From here on the sheet changes only by an amendment."))
    return redirect("sheet:sheet", session.group.program.public_id, session.public_id)


def _page(
    request: HttpRequest, session: GroupSession, answer: Answer, status: int = 200
) -> HttpResponse:
    """Show the sheet, or only the row that htmx sent."""
    access = request.access  # type: ignore[attr-defined]
    with timezone.override(session.group.program.zone):
        page = sheet_page(session, access=access, now=_now(), answer=answer)
        only = answer.sent.only if answer.sent and request.htmx else None  # type: ignore[attr-defined]
        if only is None:
            # htmx shows only what came out well.
            status = 200 if request.htmx else status  # type: ignore[attr-defined]
            return render(request, "sheet/sheet.html", {"page": page}, status=status)
        row = page.row(only)
        return render(request, "sheet/row.html", {"page": page, "row": row, "only": only})


def _read_only(request: HttpRequest, session: GroupSession) -> HttpResponse:
    """Say why nothing was recorded, on the sheet as it stands."""
    said = _("Nothing was recorded: this sheet is read-only now.")
    if hasattr(session, "sign_off"):
        said = _("Nothing was recorded: this sheet is signed. It changes only by an amendment.")
    messages.error(request, said)
    response = redirect("sheet:sheet", session.group.program.public_id, session.public_id)
    if request.htmx:  # type: ignore[attr-defined]
        response["HX-Redirect"] = response["Location"]
        response.status_code = 200
    return response


def _sheets(request: HttpRequest, program: Program, session_id: uuid.UUID) -> GroupSessionQuerySet:
    access = request.access  # type: ignore[attr-defined]
    return sheets_of(access, program).filter(public_id=session_id)


def _found(request: HttpRequest, program: Program, session_id: uuid.UUID) -> GroupSession:
    found = whole(_sheets(request, program, session_id)).first()
    return found or _refuse(request, session_id)


def _refuse(request: HttpRequest, session_id: uuid.UUID) -> NoReturn:
    """Someone else's session of one's own program is forbidden; any other is not there."""
    program = request.program  # type: ignore[attr-defined]
    visible = GroupSession.objects.visible_to(request.user)  # type: ignore[arg-type]
    if visible.filter(group__program=program, public_id=session_id).exists():
        raise PermissionDenied
    raise Http404


def _say_saved(request: HttpRequest, count: int) -> None:
    said = ngettext("%(count)s mark saved.", "%(count)s marks saved.", count)
    messages.success(request, said % {"count": count})


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _now() -> datetime:
    return timezone.now()
