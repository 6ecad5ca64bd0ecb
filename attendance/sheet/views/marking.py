"""One address to read the sheet, to mark on it and to sign it; another to find a walk-in."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.kept_form import keeps_form, take_kept_form
from attendance.sheet.actions import (
    CannotSign,
    NotRecorded,
    ReadOnly,
    Recorded,
    record_attendance,
    sign_session,
)
from attendance.sheet.forms import Posted, WalkInForm, posted
from attendance.sheet.page import Answer, sheet_page
from attendance.sheet.session import Phase, phase_of, whole
from attendance.sheet.signing import is_substitute
from attendance.sheet.views.guard import found, read_only, refuse, sheets, user_of
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
        return _page(request, found(request, program, session_id), Answer())
    sent, mine = posted(request.POST), sheets(request, program, session_id)
    now, by = timezone.now(), user_of(request)
    try:
        done = record_attendance(session=mine, marks=sent.rows, by=by, now=now)
    except GroupSession.DoesNotExist:
        refuse(request, session_id)
    except ReadOnly:
        return read_only(request, found(request, program, session_id))
    except NotRecorded as refused:
        answer = Answer(sent, problems=refused.problems)
        return _page(request, found(request, program, session_id), answer, status=422)
    return _answer(request, mine, done, sent)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("attendance.mark")
def walk_in(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Look for someone who came without being expected."""
    session = found(request, program, session_id)
    if phase_of(session, timezone.now()) is not Phase.OPEN:
        return read_only(request, session)
    form = WalkInForm(request.POST or None)
    people = None
    if form.is_valid():
        people = search_walk_ins(session, user_of(request), form.cleaned_data["words"])
    context = {"session": session, "program": program, "form": form, "found": people}
    with timezone.override(program.zone):
        return render(request, "sheet/walk_in.html", context)


def _answer(
    request: HttpRequest, mine: GroupSessionQuerySet, done: Recorded, sent: Posted
) -> HttpResponse:
    """Answer with the row, with what has to be decided, or by leading back to the sheet."""
    if sent.only or done.conflicts:
        answer = Answer(
            sent, done.people, conflicts=done.conflicts, before=done.before, is_recorded=True
        )
        return _page(request, done.session, answer)
    if sent.signs:
        return _sign(request, mine, done.session, sent)
    if done.changed:
        _say_saved(request, len(done.changed))
    else:
        messages.info(request, _("Nothing was changed on the sheet."))
    return redirect("sheet:sheet", done.session.group.program.public_id, done.session.public_id)


def _sign(
    request: HttpRequest, mine: GroupSessionQuerySet, session: GroupSession, sent: Posted
) -> HttpResponse:
    substitute = is_substitute(session, request.access)  # type: ignore[attr-defined]
    if substitute is None:
        raise PermissionDenied
    now, by = timezone.now(), user_of(request)
    try:
        sign_session(session=mine, reason=sent.reason, is_substitute=substitute, by=by, now=now)
    except ReadOnly:
        return read_only(request, whole(mine).get())
    except CannotSign as refused:
        return _page(request, session, Answer(sent, unsigned=refused), status=422)
    messages.success(request, _("Signed. From here on the sheet changes only by an amendment."))
    return redirect("sheet:sheet", session.group.program.public_id, session.public_id)


def _page(
    request: HttpRequest, session: GroupSession, answer: Answer, status: int = 200
) -> HttpResponse:
    """Show the sheet, or only the row that was sent from a script."""
    access = request.access  # type: ignore[attr-defined]
    with timezone.override(session.group.program.zone):
        page = sheet_page(session, access=access, now=timezone.now(), answer=answer)
        only = answer.sent.only if answer.sent and request.htmx else None  # type: ignore[attr-defined]
        if only is None:
            # htmx shows only what came out well.
            status = 200 if request.htmx else status  # type: ignore[attr-defined]
            return render(request, "sheet/sheet.html", {"page": page}, status=status)
        row = page.row(only)
        context = {"page": page, "row": row, "only": only}
        response = render(request, "sheet/row.html", context, status=status)
    response["X-Seen"] = row.seen if row else "-"
    if row and row.newer:
        response["X-Kept"] = "newer"
    return response


def _say_saved(request: HttpRequest, count: int) -> None:
    said = ngettext("%(count)s mark saved.", "%(count)s marks saved.", count)
    messages.success(request, said % {"count": count})
