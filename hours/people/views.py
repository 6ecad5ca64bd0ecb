"""People, and one participant."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from accounts.limits import limited
from hours.people.forms import SearchForm
from hours.people.own_weeks import OwnWeeksForm, own_weeks
from hours.people.participant_page import participant_page
from hours.people.people_page import people_page
from hours.people.week_files import file_of_weeks
from hours.people.whose import kept_instead, people_of
from hours.program_week import current_week
from programs.access import Access, needs
from programs.disclosing.leaving import leaves
from programs.models import Program
from programs.table_file import file_answer
from programs.whose import participant_of


@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
@needs("participants.name")
@limited("search", methods=("POST",))
def people(request: HttpRequest, program: Program) -> HttpResponse:
    """Show who is enrolled, or whom a posted search found; a search leaves a trace."""
    page = people_page(
        program=program,
        form=SearchForm(request.POST),
        access=request.access,  # type: ignore[attr-defined]
        by_name=request.GET.get("order") == "name",
        now=timezone.now(),
    )
    if page.is_search:
        write_audit(
            "participants.searched",
            by=request.user,  # type: ignore[arg-type]
            program_id=program.public_id,
            found=page.count,
        )
    with timezone.override(program.zone):
        return render(request, "people/people.html", {"page": page})


@require_safe
@needs("participants.name")
def participant(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show one person's weeks, and put it on the trail that they were read."""
    access = request.access  # type: ignore[attr-defined]
    if kept := kept_instead(access, program, participant_id):
        return redirect("people:participant", program.public_id, kept)
    with timezone.override(program.zone):
        form = OwnWeeksForm(request.GET)
        page = participant_page(
            program, participant_id, access=access, is_all=form.is_all, now=timezone.now()
        )
        if page is None:
            return _record_instead(access, program, participant_id)
        write_audit(
            "participant.read",
            by=request.user,  # type: ignore[arg-type]
            participant_id=participant_id,
            program_id=program.public_id,
        )
        context = {"page": page, "problems": form.problems()}
        return render(request, "people/participant.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("hours.export")
@leaves(_("The weeks of one person"))
def weeks_file(
    request: HttpRequest, program: Program, participant_id: uuid.UUID, kind: str
) -> HttpResponse:
    """Hand out one person's weeks as a file that names nobody, and put it on the trail."""
    access, now = request.access, timezone.now()  # type: ignore[attr-defined]
    people = people_of(access, program, week=current_week(program, now))
    person = get_object_or_404(people, public_id=participant_id)
    own = own_weeks(program, person, is_all=OwnWeeksForm(request.GET).is_all, now=now)
    if not own.weeks:
        return redirect("people:participant", program.public_id, participant_id)
    request.leaving.holds([participant_id])  # type: ignore[attr-defined]
    content = file_of_weeks(own, program, person, kind=kind, made_by=request.user, now=now)  # type: ignore[arg-type]
    write_audit(
        "participant.weeks_exported",
        by=request.user,  # type: ignore[arg-type]
        participant_id=participant_id,
        program_id=program.public_id,
        kind=kind,
        rows=len(own.weeks),
    )
    return file_answer(content, name="weeks", kind=kind)


def _record_instead(access: Access, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Lead to the record of somebody who has only called: they have no hours yet."""
    if access.scope("participants.read", program) is None:
        raise Http404
    person = participant_of(access, program, participant_id)
    return redirect("profile:profile", program.public_id, person.public_id)
