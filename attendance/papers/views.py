"""Hands out the papers of a session, and puts each on the trail."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.audit import write_audit
from attendance.papers.common import Printing
from attendance.papers.content import Content
from attendance.papers.reading import (
    OnSheet,
    Told,
    person_in,
    records_of_person,
    sheet_of,
    told_of,
    whole,
)
from attendance.papers.session_paper import person_paper, session_paper
from attendance.papers.setting import pdf_of
from attendance.papers.sheet_paper import sheet_paper
from attendance.sheet.session import whole as with_sheet
from attendance.whose import refuse_row, sessions_of
from groups.models import GroupSession
from programs.access import needs
from programs.disclosing.leaving import leaves
from programs.models import Program


@require_http_methods(["GET", "HEAD", "POST"])
@needs("attendance.mark")
@leaves(_("Attendance sheet"))
def sheet(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Hand out the attendance sheet; before the session, a sign-in sheet."""
    session, printing = _found(request, program, session_id, "attendance.mark"), _printing(request)
    with timezone.override(program.zone):
        on_sheet = sheet_of(session, printing.now)
        _holds(request, on_sheet)
        answer = _file(sheet_paper(on_sheet, printing), session, "sheet")
    _put_on_trail(request, session, "attendance_sheet", people=len(on_sheet.people))
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@needs("notes.read")
@leaves(_("Record of a session"))
def session(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Hand out everything on record of the session but the check-ins."""
    found, printing = _found(request, program, session_id, "notes.read"), _printing(request)
    with timezone.override(program.zone):
        on_sheet = sheet_of(found, printing.now)
        told = told_of(on_sheet)
        _holds(request, on_sheet, told)
        answer = _file(session_paper(on_sheet, told, printing), found, "session")
    _put_on_trail(
        request, found, "session_record", people=len(on_sheet.people), notes=len(told.notes)
    )
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@needs("notes.read")
@leaves(_("One person’s part of a session’s record"))
def person(
    request: HttpRequest, program: Program, session_id: uuid.UUID, participant_id: uuid.UUID
) -> HttpResponse:
    """Hand out the session as it belongs into one person's chart."""
    found, printing = _found(request, program, session_id, "notes.read"), _printing(request)
    with timezone.override(program.zone):
        on_sheet = sheet_of(found, printing.now)
        told = told_of(on_sheet, only=records_of_person(participant_id))
        who = person_in(on_sheet, told, participant_id)
        if who is None:
            raise Http404
        request.leaving.holds([who.public_id])  # type: ignore[attr-defined]
        answer = _file(person_paper(on_sheet, told, who, printing), found, "session-part")
    _put_on_trail(request, found, "session_part", participant_id=who.kept.public_id)
    return answer


def _found(
    request: HttpRequest, program: Program, session_id: uuid.UUID, action: str
) -> GroupSession:
    """Return the session; another's of one's own program is forbidden, others are not there."""
    access = request.access  # type: ignore[attr-defined]
    found = whole(with_sheet(sessions_of(access, program, action)))
    if session := found.filter(public_id=session_id).first():
        return session
    visible = GroupSession.objects.visible_to(access.user).in_calendar()
    return refuse_row(visible.filter(group__program=program, public_id=session_id))


def _holds(request: HttpRequest, sheet: OnSheet, told: Told | None = None) -> None:
    """Say who is on the paper: everybody on the sheet, and whom a note or an amendment is about."""
    people = [person.participant for person in sheet.people]
    if told:
        people += [each.participant for each in told.notes]
        people += [each.participant for each in told.amendments]
        people += [each.participant for each in told.addenda if each.participant]
    request.leaving.holds(each.public_id for each in people)  # type: ignore[attr-defined]


def _printing(request: HttpRequest) -> Printing:
    return Printing(by=request.user, now=_now())  # type: ignore[arg-type]


def _now() -> datetime:
    return timezone.now()


def _file(content: Content, session: GroupSession, name: str) -> HttpResponse:
    response = HttpResponse(pdf_of(content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}-{session.held_on}.pdf"'
    return response


def _put_on_trail(
    request: HttpRequest,
    session: GroupSession,
    what: str,
    *,
    participant_id: uuid.UUID | None = None,
    **counts: int,
) -> None:
    write_audit(
        f"{what}.exported",
        by=request.user,  # type: ignore[arg-type]
        subject=session,
        participant_id=participant_id,
        program_id=session.group.program.public_id,
        **counts,
    )
