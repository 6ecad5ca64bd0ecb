"""People to get in touch with: the list, one of them, and what is done about it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts.audit import write_audit
from accounts.keeping import NotKept
from attendance.models import Outreach
from attendance.outreach.actions import working
from attendance.outreach.forms import ListForm
from attendance.outreach.one_page import Forms, forms_of, one_page
from attendance.outreach.page import Reader, outreach_page
from attendance.outreach.whose import outreach_of, with_facts
from attendance.whose import refuse_row
from programs.access import needs
from programs.models import Program
from programs.plan.boxes import RecordForm

LINE = "outreach.manage"


@require_safe
@needs(LINE)
def outreach(request: HttpRequest, program: Program) -> HttpResponse:
    """Show who is to be called, what is due first on top."""
    access = request.access  # type: ignore[attr-defined]
    page = outreach_page(
        program=program, form=ListForm(request.GET), access=access, now=timezone.now()
    )
    with timezone.override(program.zone):
        return render(request, "outreach/outreach.html", {"page": page})


@require_safe
@needs(LINE)
def one(request: HttpRequest, program: Program, outreach_id: uuid.UUID) -> HttpResponse:
    """Show one of them: what was missed, how they may be reached, who has tried."""
    row, reader = _row(request, program, outreach_id), _reader(request, program)
    return _page(request, row, reader, forms_of(row, now=reader.now))


@sensitive_post_parameters("attempt-note")
@require_POST
@needs(LINE)
def attempt(request: HttpRequest, program: Program, outreach_id: uuid.UUID) -> HttpResponse:
    """Put an attempt on record."""
    row, reader = _row(request, program, outreach_id), _reader(request, program)
    forms = forms_of(row, now=reader.now, sent="attempt", data=request.POST)

    def keep() -> str:
        said = forms.attempt.attempt()
        working.log_attempt(outreach=row, **said, now=reader.now, by=reader.access.user)
        return _("The attempt is on record.")

    return _kept(request, row, reader, forms, forms.attempt, keep)


@require_POST
@needs(LINE)
def hand_over(request: HttpRequest, program: Program, outreach_id: uuid.UUID) -> HttpResponse:
    """Give it to somebody else."""
    row, reader = _row(request, program, outreach_id), _reader(request, program)
    forms = forms_of(row, now=reader.now, sent="hand_over", data=request.POST)

    def keep() -> str:
        to = forms.hand_over.to()
        working.hand_over(outreach=row, to=to, now=reader.now, by=reader.access.user)
        return _("%(name)s has it from here, and is told.") % {"name": to.display_name}

    return _kept(request, row, reader, forms, forms.hand_over, keep)


@sensitive_post_parameters("close-note")
@require_POST
@needs(LINE)
def close(request: HttpRequest, program: Program, outreach_id: uuid.UUID) -> HttpResponse:
    """Close it with what came of it."""
    row, reader = _row(request, program, outreach_id), _reader(request, program)
    forms = forms_of(row, now=reader.now, sent="close", data=request.POST)

    def keep() -> str:
        said = forms.close.cleaned_data
        working.close_outreach(outreach=row, **said, now=reader.now, by=reader.access.user)
        return _("Closed.")

    return _kept(request, row, reader, forms, forms.close, keep)


def _kept(
    request: HttpRequest,
    row: Outreach,
    reader: Reader,
    forms: Forms,
    form: RecordForm,
    keep: Callable[[], str],
) -> HttpResponse:
    """Keep what was sent, and say so; where it is refused, show it again with the words."""
    if form.is_valid():
        try:
            messages.success(request, keep())
            return _on(reader, row)
        except NotKept as refused:
            form.add_refusal(refused)
            row = _row(request, reader.program, row.public_id)
    return _page(request, row, reader, forms)


def _on(reader: Reader, row: Outreach) -> HttpResponse:
    """Lead to the page again; to the list where it is somebody else's from now on."""
    program = reader.program
    if outreach_of(reader.access, program).filter(pk=row.pk).exists():
        return redirect("outreach:one", program.public_id, row.public_id)
    return redirect("outreach:outreach", program.public_id)


def _page(request: HttpRequest, row: Outreach, reader: Reader, forms: Forms) -> HttpResponse:
    write_audit(
        "participant.read",
        by=reader.access.user,
        participant_id=row.enrollment.participant.kept.public_id,
        program_id=reader.program.public_id,
        page="outreach",
    )
    page = one_page(row, reader, forms)
    with timezone.override(reader.program.zone):
        context = {"page": page, "frame": page.frame, "form": forms.wrong}
        return render(request, "outreach/one.html", context)


def _reader(request: HttpRequest, program: Program) -> Reader:
    return Reader(request.access, program, timezone.now())  # type: ignore[attr-defined]


def _row(request: HttpRequest, program: Program, outreach_id: uuid.UUID) -> Outreach:
    """Return the row: 404 outside the program, 403 where it is not one of this person's."""
    access = request.access  # type: ignore[attr-defined]
    found = with_facts(outreach_of(access, program)).filter(public_id=outreach_id).first()
    if found is not None:
        return found
    visible = Outreach.objects.visible_to(access.user)
    return refuse_row(visible.filter(enrollment__program=program, public_id=outreach_id))
