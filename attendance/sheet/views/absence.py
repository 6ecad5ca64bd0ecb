"""Notice and reason of one absence: as a part of the sheet that is saved as typed, or as a page."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.audit import write_audit
from accounts.kept_form import keeps_form, take_kept_form
from attendance.parts import PARTS, is_part, part_answer
from attendance.sheet.absence import (
    AbsencePage,
    absence_page,
    newer_details,
    saved_words,
    why_not_absent,
)
from attendance.sheet.actions import NewerAbsence, NotAbsent, ReadOnly, explain_absence
from attendance.sheet.forms import AbsenceForm
from attendance.sheet.people import Person, people_of
from attendance.sheet.versions import version_of
from attendance.sheet.views.guard import found, sheets, user_of
from groups.models import GroupSession
from programs.access import needs
from programs.models import Program
from programs.names import roster_names


@dataclass(frozen=True)
class Here:
    """One person on one sheet, now."""

    program: Program
    session: GroupSession
    person: Person
    name: str
    now: datetime


@keeps_form
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs("attendance.mark")
def absence(
    request: HttpRequest, program: Program, session_id: uuid.UUID, participant_id: uuid.UUID
) -> HttpResponse:
    """Show when notice was given and why somebody is absent; or save it."""
    here = _here(request, program, session_id, participant_id)
    if request.method == "POST":
        return _save(request, here)
    write_audit(
        "participant.read",
        by=user_of(request),
        participant_id=here.person.id,
        program_id=program.public_id,
        page="absence",
    )
    if request.htmx:  # type: ignore[attr-defined]
        part = absence_page(here.session, here.person, here.name, now=here.now, owner=PARTS)
        return render(request, "sheet/absence_part.html", {"page": part})
    request.kept_form = take_kept_form(request)  # type: ignore[attr-defined]
    return _page(request, absence_page(here.session, here.person, here.name, now=here.now))


def _here(
    request: HttpRequest, program: Program, session_id: uuid.UUID, participant_id: uuid.UUID
) -> Here:
    session = found(request, program, session_id)
    people = people_of(session)
    person = next((each for each in people if each.id == participant_id), None)
    if person is None:
        raise Http404
    name = roster_names(each.participant for each in people)[person.participant.chart_number]
    return Here(program, session, person, name, timezone.now())


def _save(request: HttpRequest, here: Here) -> HttpResponse:
    zone, who = here.program.zone, here.person.id
    form = AbsenceForm(request.POST, zone=zone, who=who, now=here.now)
    if not form.is_valid():
        return _wrong(request, here, form)
    try:
        stored = explain_absence(
            session=sheets(request, here.program, here.session.public_id),
            participant_id=who,
            details=form.details(),
            version=request.POST.get("version", ""),
            by=user_of(request),
            now=here.now,
        )
    except NewerAbsence as refused:
        return _newer(request, here, form, refused.person)
    except (NotAbsent, ReadOnly) as refused:
        return _too_late(request, here, _why(refused))
    return _saved(request, here, stored)


def _why(refused: NotAbsent | ReadOnly) -> str:
    if isinstance(refused, NotAbsent):
        return why_not_absent()
    return _("Nothing was saved: this sheet is read-only now.")


def _saved(request: HttpRequest, here: Here, stored: Person) -> HttpResponse:
    said = saved_words(stored, here.program.zone)
    if not is_part(request):
        messages.success(request, said)
        return redirect("sheet:sheet", here.program.public_id, here.session.public_id)
    return part_answer(
        request, "sheet/part_saved.html", {"said": said}, version=version_of(stored.details)
    )


def _wrong(request: HttpRequest, here: Here, form: AbsenceForm) -> HttpResponse:
    if is_part(request):
        words = [words for said in form.errors.values() for words in said]
        return part_answer(request, "components/part_wrong.html", {"words": words}, status=422)
    page = absence_page(here.session, here.person, here.name, now=here.now, form=form)
    return _page(request, page, status=422)


def _too_late(request: HttpRequest, here: Here, words: str) -> HttpResponse:
    if is_part(request):
        return part_answer(request, "components/part_wrong.html", {"words": [words]}, status=422)
    messages.error(request, words)
    return redirect("sheet:sheet", here.program.public_id, here.session.public_id)


def _newer(request: HttpRequest, here: Here, form: AbsenceForm, person: Person) -> HttpResponse:
    newer = newer_details(person, form.details(), here.program.zone)
    if is_part(request):
        return part_answer(
            request,
            "sheet/part_newer.html",
            {"newer": newer},
            version=version_of(person.details),
            status=409,
        )
    page = absence_page(here.session, person, here.name, now=here.now, form=form, newer=newer)
    return _page(request, page, status=409)


def _page(request: HttpRequest, page: AbsencePage, *, status: int = 200) -> HttpResponse:
    with timezone.override(page.session.group.program.zone):
        return render(request, "sheet/absence.html", {"page": page}, status=status)
