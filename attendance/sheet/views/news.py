"""What is new on the sheet, asked for every few seconds while somebody looks at it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from attendance.sheet.forms import shown_on
from attendance.sheet.news import news_of
from attendance.sheet.page import Answer, sheet_page
from attendance.sheet.session import Phase, phase_of
from attendance.sheet.views.guard import found
from programs.access import needs
from programs.models import Program


@require_POST
@needs("attendance.mark")
def news(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Answer with the rows that differ from what the sender shows; with nothing where none does."""
    session, now = found(request, program, session_id), timezone.now()
    if phase_of(session, now) is not Phase.OPEN:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    shown, access = shown_on(request.POST), request.access  # type: ignore[attr-defined]
    with timezone.override(program.zone):
        page = sheet_page(session, access=access, now=now, answer=Answer(shown=shown.states))
        fresh = news_of(page, shown)
        if not fresh:
            return HttpResponse(status=204)
        return render(request, "sheet/news.html", {"page": page, "news": fresh})
