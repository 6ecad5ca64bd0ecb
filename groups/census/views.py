"""The census on a page and as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.audit import write_audit
from groups.census.files import csv_of, xlsx_of
from groups.census.forms import CensusForm
from groups.census.page import census_page
from groups.census.reading import census_of
from groups.census.rows import PersonRow, present_rows
from programs.access import needs
from programs.disclosing.leaving import leaves
from programs.models import Program
from programs.table_file import file_answer
from programs.weeks import local_date


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participants.read")
@leaves(_("Census, printed"), only_prints=True)
def census(request: HttpRequest, program: Program) -> HttpResponse:
    """Show who is in on a day, who comes, who waits and who left."""
    page = census_page(
        program=program,
        form=CensusForm(request.GET),
        access=request.access,  # type: ignore[attr-defined]
        now=timezone.now(),
    )
    request.leaving.holds(page.people)  # type: ignore[attr-defined]
    write_audit("census.read", by=request.user, program_id=program.public_id)  # type: ignore[arg-type]
    with timezone.override(program.zone):
        return render(request, "census/census.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("census.export")
@leaves(_("Census, as CSV"))
def export_csv(request: HttpRequest, program: Program) -> HttpResponse:
    """Hand out the day's rows as a CSV file, and put it on the trail."""
    return _export(request, program, "csv")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("census.export")
@leaves(_("Census, as a workbook"))
def export_xlsx(request: HttpRequest, program: Program) -> HttpResponse:
    """Hand out the day's rows as a workbook, and put it on the trail."""
    return _export(request, program, "xlsx")


def _export(request: HttpRequest, program: Program, kind: str) -> HttpResponse:
    """Return the file; an address that cannot be read leads to the page that says so."""
    form, today = CensusForm(request.GET), local_date(timezone.now(), program.zone)
    if form.problems():
        asked = request.GET.urlencode()
        return redirect(f"{reverse('census:census', args=[program.public_id])}?{asked}")
    day = form.day(today=today)
    rows = form.ordered().sort(present_rows(census_of(program, day=day, today=today)))
    request.leaving.holds(row.person_id for row in rows)  # type: ignore[attr-defined]
    content = csv_of(rows) if kind == "csv" else xlsx_of(rows, day=day)
    _put_on_trail(request, program, rows, on=day.isoformat(), kind=kind)
    return file_answer(content, name=f"census-{program.code}-{day.isoformat()}", kind=kind)


def _put_on_trail(
    request: HttpRequest, program: Program, rows: list[PersonRow], **detail: Any
) -> None:
    write_audit(
        "census.exported",
        by=request.user,  # type: ignore[arg-type]
        subject=program,
        program_id=program.public_id,
        rows=len(rows),
        **detail,
    )
