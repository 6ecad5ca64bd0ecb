"""The doorways to the seats that save a week: one person's, and a whole program's."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.audit import write_audit
from groups.forms import WeekForm
from groups.making_up.refusals import Wish
from groups.schedule.edit import CannotSchedule
from groups.week_switch import query
from hours.program_week import current_week
from hours.rescue.actions import NotBooked, book_seats, return_seat
from hours.rescue.forms import BookForm, ProposalForm
from hours.rescue.person_page import is_saved, person_page
from hours.rescue.program_page import proposal_page
from hours.rescue.wishes import enrollment_of, seat_of, wishes_of
from programs.access import needs
from programs.models import Enrollment, Program
from programs.weeks import Week

LINE = "makeup.book"


@require_safe
@needs(LINE)
def person(request: HttpRequest, program: Program, enrollment_id: uuid.UUID) -> HttpResponse:
    """Show the seats that save one person's week; put it on the trail that they were read."""
    enrollment = enrollment_of(request.user, program, enrollment_id)  # type: ignore[arg-type]
    form, now = WeekForm(request.GET), timezone.now()
    week = _week(program, form, now)
    with timezone.override(program.zone):
        page = person_page(
            program=program, enrollment=enrollment, week=week, now=now, problems=form.problems()
        )
        write_audit(
            "participant.read",
            by=request.user,  # type: ignore[arg-type]
            participant_id=enrollment.participant.kept.public_id,
            program_id=program.public_id,
            page="rescue",
        )
        template = "rescue/seats.html" if request.htmx else "rescue/person.html"  # type: ignore[attr-defined]
        return render(request, template, {"page": page})


@require_POST
@needs(LINE)
def book(request: HttpRequest, program: Program, enrollment_id: uuid.UUID) -> HttpResponse:
    """Book one seat, or all that are needed; then back to the board once the week is saved."""
    enrollment = enrollment_of(request.user, program, enrollment_id)  # type: ignore[arg-type]
    form, now = BookForm(request.POST), timezone.now()
    week = _week(program, form, now)
    if not form.is_valid():
        _tell(request, form.problems())
        return redirect(_person_url(program, enrollment, week))
    pairs = [(enrollment_id, session) for session in form.cleaned_data["session"]]
    missed = form.cleaned_data["makes_up"]
    wishes = wishes_of(request.user, program, pairs, makes_up=missed)  # type: ignore[arg-type]
    refused = _book(request, program, wishes, now)
    if refused is None and is_saved(program, enrollment, week, now):
        return redirect(_board_url(program, week) + f"#row-{enrollment_id}")
    if refused is not None:
        _tell(request, refused.in_words(program.zone))
    return redirect(_person_url(program, enrollment, week))


@require_POST
@needs(LINE)
def give_back(
    request: HttpRequest, program: Program, enrollment_id: uuid.UUID, seat_id: uuid.UUID
) -> HttpResponse:
    """Give a booked seat back."""
    enrollment = enrollment_of(request.user, program, enrollment_id)  # type: ignore[arg-type]
    seat = seat_of(request.user, program, enrollment, seat_id)  # type: ignore[arg-type]
    try:
        return_seat(seat=seat, program=program, now=timezone.now(), by=request.user)  # type: ignore[arg-type]
    except CannotSchedule as refused:
        _tell(request, [" ".join(words) for words in refused.words.values()])
    else:
        messages.success(request, _("The seat is given back."))
    week = program.week_of(seat.session.held_on)
    return redirect(_person_url(program, enrollment, week))


@require_safe
@needs(LINE)
def program(request: HttpRequest, program: Program) -> HttpResponse:
    """Propose the seats that bring the most people of a week to their hours."""
    form, now = WeekForm(request.GET), timezone.now()
    week = _week(program, form, now)
    return _proposal(request, program, week, now, problems=form.problems())


@require_POST
@needs(LINE)
def book_program(request: HttpRequest, program: Program) -> HttpResponse:
    """Book the seats of a proposal: all of them or, where one has gone, none."""
    form = ProposalForm(request.POST, pairs=request.POST.getlist("pair"))
    now = timezone.now()
    week = _week(program, form, now)
    if not form.is_valid():
        return _proposal(request, program, week, now, problems=form.problems(), status=422)
    wishes = wishes_of(request.user, program, form.pairs())  # type: ignore[arg-type]
    refused = _book(request, program, wishes, now)
    if refused is not None:
        return _proposal(request, program, week, now, refused=refused, status=409)
    return redirect(_board_url(program, week))


def _week(program: Program, form: WeekForm, now: datetime) -> Week:
    """Return the week asked for; the running one where none was, or none can be read."""
    form.is_valid()
    return program.week_of(form.day(today=current_week(program, now).first_on))


def _book(
    request: HttpRequest, program: Program, wishes: list[Wish], now: datetime
) -> NotBooked | None:
    """Book the seats and say so; return what stopped it."""
    try:
        seats = book_seats(program=program, wishes=wishes, now=now, by=request.user)  # type: ignore[arg-type]
    except NotBooked as refused:
        return refused
    words = ngettext("%(count)s seat is booked.", "%(count)s seats are booked.", len(seats))
    messages.success(request, words % {"count": len(seats)})
    return None


def _tell(request: HttpRequest, problems: Iterable[str]) -> None:
    for problem in problems:
        messages.error(request, problem)


def _proposal(
    request: HttpRequest,
    program: Program,
    week: Week,
    now: datetime,
    *,
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    with timezone.override(program.zone):
        page = proposal_page(
            program=program,
            week=week,
            access=request.access,  # type: ignore[attr-defined]
            now=now,
            **said,
        )
        return render(request, "rescue/program.html", {"page": page}, status=status)


def _person_url(program: Program, enrollment: Enrollment, week: Week) -> str:
    ids = [program.public_id, enrollment.public_id]
    return reverse("rescue:person", args=ids) + query(week=week.first_on.isoformat())


def _board_url(program: Program, week: Week) -> str:
    return reverse("hours:board", args=[program.public_id]) + query(week=week.first_on.isoformat())
