"""Weekly hours in the browser, and as files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from hours.board_files import csv_of, export_of, pdf_of, xlsx_of
from hours.board_page import BoardPage, board_page
from hours.board_week import board_week
from hours.forms import BoardForm, Seen
from programs.access import needs
from programs.disclosing.leaving import leaves
from programs.models import Program
from programs.table_file import file_answer
from programs.weeks import local_date

MAKERS = {"csv": csv_of, "xlsx": xlsx_of, "pdf": pdf_of}


@require_safe
@needs("hours.read")
def boards(request: HttpRequest) -> HttpResponse:
    """Lead to the first board this person may read."""
    first = request.access.programs_for("hours.read")[0]  # type: ignore[attr-defined]
    return redirect("hours:board", program_id=first.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("hours.read")
@leaves(_("Weekly hours, printed"), only_prints=True)
def board(request: HttpRequest, program: Program) -> HttpResponse:
    """Show who has had their hours, who can still reach them, and why."""
    with timezone.override(program.zone):
        page = board_page(
            program=program,
            form=BoardForm(request.GET),
            access=request.access,  # type: ignore[attr-defined]
            now=timezone.now(),
        )
        request.leaving.holds(page.people)  # type: ignore[attr-defined]
        if page.open_person:
            _put_reading_on_trail(request, page)
        return render(request, "hours/board.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("hours.export")
@leaves(_("Weekly hours, as CSV"))
def export(request: HttpRequest, program: Program) -> HttpResponse:
    """Hand out the week's rows as a file for machines, and put it on the trail."""
    return _export(request, program, "csv")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("hours.export")
@leaves(_("Weekly hours, as a workbook"))
def export_xlsx(request: HttpRequest, program: Program) -> HttpResponse:
    """Hand out the week's rows as a workbook, and put it on the trail."""
    return _export(request, program, "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("hours.export")
@leaves(_("Weekly hours, on paper"))
def export_pdf(request: HttpRequest, program: Program) -> HttpResponse:
    """Hand out the week's rows on paper, and put it on the trail."""
    return _export(request, program, "pdf")


def _export(request: HttpRequest, program: Program, kind: str) -> HttpResponse:
    """Return the file of what the board shows; a week without a rule has none."""
    now, form, access = timezone.now(), BoardForm(request.GET), request.access  # type: ignore[attr-defined]
    form.is_valid()
    week = program.week_of(form.day(today=local_date(now, program.zone)))
    chosen = form.chosen(week)
    found = board_week(program, week=week, chosen=chosen, access=access, now=now)
    if found is None or form.problems():
        asked_for = request.GET.urlencode()
        return redirect(f"{reverse('hours:board', args=[program.public_id])}?{asked_for}")
    with timezone.override(program.zone):
        rows = export_of(found, by=access.user.display_name, made_at=now)
        request.leaving.holds(row.person.participant_id for row in rows.rows)  # type: ignore[attr-defined]
        content = MAKERS[kind](rows)
    _put_export_on_trail(request, program, kind=kind, rows=len(rows.rows), **chosen.parts())
    return file_answer(content, name=f"{program.code}-{week.first_on}", kind=kind)


def _put_export_on_trail(
    request: HttpRequest, program: Program, *, kind: str, rows: int, **asked: str
) -> None:
    write_audit(
        "weekly_hours.exported",
        by=request.user,  # type: ignore[arg-type]
        subject=program,
        program_id=program.public_id,
        week=asked["week"],
        seen_as=asked.get("as", str(Seen.NOW)),
        kind=kind,
        rows=rows,
    )


def _put_reading_on_trail(request: HttpRequest, page: BoardPage) -> None:
    write_audit(
        "participant.read",
        by=request.user,  # type: ignore[arg-type]
        participant_id=page.open_person,
        program_id=page.program.public_id,
        page="weekly_hours",
        week=page.week.first_on.isoformat(),
    )
