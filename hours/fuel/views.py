"""A program's authorizations by what runs out first: the page and its files; one person's."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from hours.fuel.files import csv_of, xlsx_of
from hours.fuel.forms import FuelForm
from hours.fuel.page import FuelPage, fuel_page
from hours.fuel.person_page import gauges_page
from programs.access import needs
from programs.disclosing.leaving import leaves
from programs.models import Program
from programs.person_frame import person_frame
from programs.table_file import file_answer
from programs.whose import participant_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs("authorizations.read")
@leaves(_("Authorizations, printed"), only_prints=True)
def fuel(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what runs out first; put it on the trail."""
    page = _page(request, program, FuelForm(request.GET))
    request.leaving.holds(page.people)  # type: ignore[attr-defined]
    _put_on_trail(request, program, "read", rows=len(page.rows))
    with timezone.override(program.zone):
        return render(request, "fuel/fuel.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("authorizations.packet")
@leaves(_("Authorizations, as CSV"))
def export_csv(request: HttpRequest, program: Program) -> HttpResponse:
    """Hand out the list as a CSV file, and put it on the trail."""
    return _export(request, program, "csv")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("authorizations.packet")
@leaves(_("Authorizations, as a workbook"))
def export_xlsx(request: HttpRequest, program: Program) -> HttpResponse:
    """Hand out the list as a workbook, and put it on the trail."""
    return _export(request, program, "xlsx")


@require_safe
@needs("authorizations.read")
def person(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show the gauges of one person's authorizations that are not over."""
    access = request.access  # type: ignore[attr-defined]
    whose = participant_of(access, program, participant_id)
    write_audit(
        "participant.read",
        by=access.user,
        participant_id=whose.public_id,
        program_id=program.public_id,
        page="fuel",
    )
    shown = {
        "frame": person_frame(access, program, whose, here="authorizations:authorizations"),
        "page": gauges_page(access, program, whose, now=timezone.now()),
    }
    return render(request, "fuel/person.html", shown)


def _page(request: HttpRequest, program: Program, form: FuelForm) -> FuelPage:
    access = request.access  # type: ignore[attr-defined]
    return fuel_page(program=program, form=form, access=access, now=timezone.now())


def _export(request: HttpRequest, program: Program, kind: str) -> HttpResponse:
    """Return the file; an address that cannot be read leads to the page that says so."""
    form = FuelForm(request.GET)
    if form.problems():
        asked_for = request.GET.urlencode()
        return redirect(f"{reverse('fuel:fuel', args=[program.public_id])}?{asked_for}")
    page = _page(request, program, form)
    request.leaving.holds(page.people_in_file)  # type: ignore[attr-defined]
    content = csv_of(page) if kind == "csv" else xlsx_of(page)
    _put_on_trail(request, program, "exported", kind=kind, rows=len(page.rows))
    return file_answer(content, name=f"authorizations-{program.code}", kind=kind)


def _put_on_trail(request: HttpRequest, program: Program, did: str, **detail: Any) -> None:
    write_audit(
        f"authorizations.{did}",
        by=request.user,  # type: ignore[arg-type]
        subject=program,
        program_id=program.public_id,
        **detail,
    )
