"""Which sheet a request is about, and what it is told where it may not be or came too late."""

from __future__ import annotations

import uuid
from typing import NoReturn

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from attendance.sheet.session import sheets_of, whole
from attendance.whose import refuse_row
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet
from programs.models import Program


def sheets(request: HttpRequest, program: Program, session_id: uuid.UUID) -> GroupSessionQuerySet:
    """Return the one session, as far as its sheet may be opened here."""
    access = request.access  # type: ignore[attr-defined]
    return sheets_of(access, program).filter(public_id=session_id)


def found(request: HttpRequest, program: Program, session_id: uuid.UUID) -> GroupSession:
    """Return the session; raises Http404 and PermissionDenied."""
    session = whole(sheets(request, program, session_id)).first()
    return session or refuse(request, session_id)


def refuse(request: HttpRequest, session_id: uuid.UUID) -> NoReturn:
    """Someone else's session of one's own program is forbidden; any other is not there."""
    program = request.program  # type: ignore[attr-defined]
    visible = GroupSession.objects.visible_to(request.user)  # type: ignore[arg-type]
    refuse_row(visible.filter(group__program=program, public_id=session_id))


def read_only(request: HttpRequest, session: GroupSession) -> HttpResponse:
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


def user_of(request: HttpRequest) -> User:
    """Return who is signed in."""
    return request.user  # type: ignore[return-value]
