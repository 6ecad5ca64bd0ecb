"""Which days qualify, on a page and as a file."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.audit import write_audit
from hours.days.files import csv_of, xlsx_of
from hours.days.forms import DaysForm
from hours.days.page import asked_range, days_page
from hours.days.reading import days_in
from hours.days.shown import only_person, shown_days
from programs.access import needs
from programs.disclosing.leaving import leaves
from programs.models import Program
from programs.table_file import file_answer


@require_http_methods(["GET", "HEAD", "POST"])
@needs("hours.read")
@leaves(_("Days that qualify, printed"), only_prints=True)
def days(request: HttpRequest, program: Program) -> HttpResponse:
    """Show whose days qualify, and why the others do not; put it on the trail."""
    with timezone.override(program.zone):
        page = days_page(
            program=program,
            form=DaysForm(request.GET),
            access=request.access,  # type: ignore[attr-defined]
            now=timezone.now(),
        )
        request.leaving.holds(each.participant_id for each in page.people)  # type: ignore[attr-defined]
        dates = {"first_on": page.filters.first_on, "last_on": page.filters.last_on}
        _put_on_trail(request, program, "read", page.only_person, **dates)
        return render(request, "days/days.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("hours.export")
@leaves(_("Days that qualify, as CSV"))
def export_csv(request: HttpRequest, program: Program) -> HttpResponse:
    """Hand out the days as a CSV file, and put it on the trail."""
    return _export(request, program, "csv")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("hours.export")
@leaves(_("Days that qualify, as a workbook"))
def export_xlsx(request: HttpRequest, program: Program) -> HttpResponse:
    """Hand out the days as a workbook, and put it on the trail."""
    return _export(request, program, "xlsx")


def _export(request: HttpRequest, program: Program, kind: str) -> HttpResponse:
    """Return the file; an address that cannot be read leads to the page that says so."""
    form, now = DaysForm(request.GET), timezone.now()
    if form.problems():
        asked_for = request.GET.urlencode()
        return redirect(f"{reverse('days:days', args=[program.public_id])}?{asked_for}")
    asked = asked_range(program, form, request.access, now)  # type: ignore[attr-defined]
    lines = shown_days(days_in(asked, as_of=now), form, program)
    request.leaving.holds(line.day.person.participant_id for line in lines)  # type: ignore[attr-defined]
    dates = {"first_on": asked.first_on, "last_on": asked.last_on}
    content = csv_of(lines) if kind == "csv" else xlsx_of(lines, **dates)
    person = only_person(lines, form)
    _put_on_trail(request, program, "exported", person, kind=kind, rows=len(lines), **dates)
    name = f"days-{program.code}-{asked.first_on}-{asked.last_on}"
    return file_answer(content, name=name, kind=kind)


def _put_on_trail(
    request: HttpRequest, program: Program, did: str, person: uuid.UUID | None, **detail: Any
) -> None:
    dates = {name: f"{detail.pop(name)}" for name in ("first_on", "last_on")}
    write_audit(
        f"qualifying_days.{did}",
        by=request.user,  # type: ignore[arg-type]
        subject=program,
        participant_id=person,
        program_id=program.public_id,
        **dates,
        **detail,
    )
