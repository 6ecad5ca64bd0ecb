"""Weekly hours in the browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.audit import write_audit
from hours.board_page import board_page
from hours.forms import BoardForm
from hours.program_week import program_week
from hours.rows import as_row, write_csv
from hours.weekly_hours import weekly_hours_of
from programs.access import needs
from programs.models import Program
from programs.weeks import local_date


@require_safe
@needs("hours.read")
def boards(request: HttpRequest) -> HttpResponse:
    """Lead to the first board this person may read."""
    first = request.access.programs_for("hours.read")[0]  # type: ignore[attr-defined]
    return redirect("hours:board", program_id=first.public_id)


@require_safe
@needs("hours.read")
def board(request: HttpRequest, program: Program) -> HttpResponse:
    """Show who has had their hours, who can still reach them, and why."""
    page = board_page(
        program=program,
        form=BoardForm(request.GET),
        access=request.access,  # type: ignore[attr-defined]
        now=timezone.now(),
    )
    with timezone.override(program.zone):
        return render(request, "hours/board.html", {"page": page})


@require_safe
@needs("hours.export")
def export(request: HttpRequest, program: Program) -> HttpResponse:
    """Hand out the week's rows as a file, and put it on the trail."""
    now, form = timezone.now(), BoardForm(request.GET)
    form.is_valid()
    week = program.week_of(form.day(today=local_date(now, program.zone)))
    facts = program_week(program, week=week, as_of=now)
    rows = [as_row(weekly_hours_of(each, facts), facts) for each in facts.people] if facts else []
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{program.code}-{week.first_on}.csv"'
    write_csv(rows, response)
    write_audit(
        "weekly_hours.exported",
        by=request.user,  # type: ignore[arg-type]
        subject=program,
        program_id=program.public_id,
        week=week.first_on.isoformat(),
        rows=len(rows),
    )
    return response
