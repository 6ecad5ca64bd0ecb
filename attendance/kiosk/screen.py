"""What a screen of the kiosk stands on: its session, and the language it speaks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from attendance.check_ins.whose import WRITE, session_of
from attendance.kiosk.mode import Kiosk
from attendance.sheet.session import Phase, phase_of
from groups.models import GroupSession
from programs.access import Access


def session_for(access: Access, kiosk: Kiosk) -> GroupSession | None:
    """Return the kiosk's session, as long as who opened the kiosk may write there."""
    program = next((each for each in access.programs if each.public_id == kiosk.program), None)
    if program is None or access.scope(WRITE, program) is None:
        return None
    try:
        return session_of(access, program, kiosk.session, action=WRITE)
    except (Http404, PermissionDenied):
        return None


def open_session_for(access: Access, kiosk: Kiosk, now: datetime) -> GroupSession | None:
    """Return the kiosk's session while people may check in there."""
    session = session_for(access, kiosk)
    return session if session and phase_of(session, now) is Phase.OPEN else None


def say(
    request: HttpRequest,
    template: str,
    shown: dict[str, Any],
    *,
    language: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a screen in the language; blank: that of the browser."""
    language = language or translation.get_language() or "en"
    with translation.override(language):
        response = render(request, template, shown, status=status)
    response["Content-Language"] = language
    return response
