"""The audit trail, read: who looked at whom, who did what, and what stands out."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from accounts.keeping import NotKept
from accounts.limits import limited
from accounts.models import AuditEvent
from programs.access import needs
from programs.disclosing.leaving import leaves
from programs.models import Program
from programs.person_frame import person_frame
from programs.table_file import file_answer
from programs.trail.actions import sign_off_trail
from programs.trail.forms import DaysForm, LinesForm, SearchForm, SignOffForm
from programs.trail.lines_page import file_lines, file_of, lines_page
from programs.trail.reading import of_colleague, of_person, staff_of
from programs.trail.trail_page import TrailPage, trail_page
from programs.trust_tabs import trust_tabs
from programs.whose import participant_of


@sensitive_post_parameters("q", "note")
@require_http_methods(["GET", "HEAD", "POST"])
@needs("audit.read")
@limited("search", methods=("POST",))
def trail(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what stands out, and the latest lines; take the sign-off."""
    posted = request.POST if request.method == "POST" else None
    signs = posted is not None and "sign_off" in posted
    with timezone.override(program.zone):
        page = trail_page(
            request.access,  # type: ignore[attr-defined]
            program,
            form=DaysForm(request.GET),
            search=SearchForm(None if signs else posted),
            sign_off=SignOffForm(posted if signs else None),
            now=timezone.now(),
        )
        if signs and page.sign_off.is_valid() and _is_signed(request, page):
            return redirect("trail:trail", program.public_id)
        _write(request, program, found=page.hits.count if page.hits else 0)
        tabs = trust_tabs(request.access, program, here="trail:trail")  # type: ignore[attr-defined]
        return render(request, "trail/trail.html", {"page": page, "tabs": tabs})


@require_safe
@needs("audit.read")
def person(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show who looked at this participant."""
    access = request.access  # type: ignore[attr-defined]
    found = participant_of(access, program, participant_id)
    frame = person_frame(access, program, found, here="trail:person")
    of_whom = {"participant_id": found.public_id}
    csv_url = reverse("trail:person_csv", args=[program.public_id, found.public_id])
    context = {"frame": frame, "csv_url": csv_url}
    return _lines(request, program, of_person(found), "trail/person.html", of_whom, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("audit.read")
@leaves(gettext_lazy("Who looked at a participant, as CSV"))
def person_csv(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Hand out the lines about this participant."""
    found = participant_of(request.access, program, participant_id)  # type: ignore[attr-defined]
    return _file(request, program, of_person(found), participant_id=found.public_id)


@require_safe
@needs("audit.read")
def colleague(request: HttpRequest, program: Program, user_id: uuid.UUID) -> HttpResponse:
    """Show what this colleague did."""
    access = request.access  # type: ignore[attr-defined]
    user = get_object_or_404(staff_of([program]), public_id=user_id)
    lines = of_colleague(user, access.programs_for("audit.read"))
    tabs = trust_tabs(access, program, here="trail:trail")
    csv_url = reverse("trail:colleague_csv", args=[program.public_id, user.public_id])
    context = {"colleague": user, "tabs": tabs, "csv_url": csv_url}
    return _lines(request, program, lines, "trail/colleague.html", {"subject": user}, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("audit.read")
@leaves(gettext_lazy("What a colleague did, as CSV"))
def colleague_csv(request: HttpRequest, program: Program, user_id: uuid.UUID) -> HttpResponse:
    """Hand out the lines of this colleague."""
    user = get_object_or_404(staff_of([program]), public_id=user_id)
    lines = of_colleague(user, request.access.programs_for("audit.read"))  # type: ignore[attr-defined]
    return _file(request, program, lines, subject=user)


def _lines(
    request: HttpRequest,
    program: Program,
    lines: QuerySet[AuditEvent],
    template: str,
    about: dict[str, Any],
    **context: Any,
) -> HttpResponse:
    """Show a page of lines."""
    programs = request.access.programs_for("audit.read")  # type: ignore[attr-defined]
    form, zone = LinesForm(request.GET), program.zone
    page = lines_page(lines, form, programs, before=request.GET.get("before", ""), zone=zone)
    _write(request, program, **about, rows=page.shown)
    with timezone.override(zone):
        return render(request, template, {"program": program, "page": page, **context})


def _file(
    request: HttpRequest, program: Program, lines: QuerySet[AuditEvent], **about: Any
) -> HttpResponse:
    """Hand the lines asked for out, once it is stated where those in them go."""
    found = file_lines(lines, LinesForm(request.GET), program.zone)
    held = {each.participant_id for each in found if each.participant_id}
    request.leaving.holds(held)  # type: ignore[attr-defined]
    programs = request.access.programs_for("audit.read")  # type: ignore[attr-defined]
    content = file_of(found, programs, program.zone)
    _write(request, program, "trail.exported", **about, rows=len(found))
    return file_answer(content, name="audit-trail", kind="csv")


def _write(request: HttpRequest, program: Program, verb: str = "trail.read", **about: Any) -> None:
    write_audit(verb, by=request.user, program_id=program.public_id, **about)  # type: ignore[arg-type]


def _is_signed(request: HttpRequest, page: TrailPage) -> bool:
    """Sign the days shown off; where that is refused, say why in the form."""
    looked = page.looked
    try:
        sign_off_trail(
            program=page.program,
            span=looked.span,
            lines=looked.lines,
            unusual=looked.counts,
            note=page.sign_off.cleaned_data["note"],
            now=timezone.now(),
            by=request.user,  # type: ignore[arg-type]
        )
    except NotKept as refused:
        page.sign_off.add_error(None, [str(each) for own in refused.words.values() for each in own])
        return False
    messages.success(request, _("The trail of these days is signed off."))
    return True
