"""The staff of a program in the browser: the list, one colleague, who leads one session."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions as accounts_actions
from accounts.keeping import NotKept
from accounts.models import User
from groups.forms import WeekForm
from groups.leading.actions import add_leader, take_out_leader
from groups.leading.forms import AvailabilityForm, LeaveForm, LicenseForm, RecordForm
from groups.leading.leader_forms import Act, LeaderForm
from groups.leading.person_page import Forms, person_page
from groups.leading.staff import staff_of
from groups.leading.staff_page import staff_page
from groups.leading.substitute_page import asked_of, substitute_page
from groups.models import GroupSession, ScheduleChange
from groups.moving.past_changes import undo_url
from groups.schedule import actions as schedule_actions
from groups.schedule.edit import CannotSchedule
from programs import actions as programs_actions
from programs.access import Access, needs
from programs.models import Program

WORK_OUT = "work_out"


@require_safe
@needs("staff.manage")
def staff(request: HttpRequest, program: Program) -> HttpResponse:
    """Show the program's staff: licenses, leave, hours led."""
    access: Access = request.access  # type: ignore[attr-defined]
    form = WeekForm(request.GET)
    page = staff_page(program=program, form=form, access=access, now=timezone.now())
    with timezone.override(program.zone):
        return render(request, "staff/staff.html", {"page": page})


@require_safe
@needs("staff.manage")
def person(request: HttpRequest, program: Program, user_id: uuid.UUID) -> HttpResponse:
    """Show one colleague."""
    return _page(request, program, _colleague(program, user_id), Forms())


@require_http_methods(["GET", "HEAD", "POST"])
@needs("staff.manage")
def add_license(request: HttpRequest, program: Program, user_id: uuid.UUID) -> HttpResponse:
    """Put a license on record."""
    colleague, form = _colleague(program, user_id), LicenseForm(request.POST or None)

    def keep() -> None:
        accounts_actions.add_license(
            license=form.license(colleague),
            program_id=program.public_id,
            by=request.user,  # type: ignore[arg-type]
        )

    if _is_kept(form, keep):
        return _back(request, program, colleague, _("The license is on record."))
    return _page(request, program, colleague, Forms(license=form))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("staff.manage")
def add_leave(request: HttpRequest, program: Program, user_id: uuid.UUID) -> HttpResponse:
    """Put a leave on record, or only show what it would leave without a leader."""
    colleague, form = _colleague(program, user_id), LeaveForm(request.POST or None)
    if request.POST.get("act") == WORK_OUT:
        form.is_valid()
        return _page(request, program, colleague, Forms(leave=form), asks_left=True)

    def keep() -> None:
        programs_actions.add_staff_leave(
            leave=form.leave(colleague),
            program=program,
            by=request.user,  # type: ignore[arg-type]
        )

    if _is_kept(form, keep):
        return _back(request, program, colleague, _("The leave is on record."))
    return _page(request, program, colleague, Forms(leave=form), asks_left=form.is_bound)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("staff.manage")
def add_availability(request: HttpRequest, program: Program, user_id: uuid.UUID) -> HttpResponse:
    """Put hours of a weekday on record."""
    colleague, form = _colleague(program, user_id), AvailabilityForm(request.POST or None)

    def keep() -> None:
        programs_actions.add_availability(
            hours=form.hours(colleague),
            program=program,
            by=request.user,  # type: ignore[arg-type]
        )

    if _is_kept(form, keep):
        return _back(request, program, colleague, _("The hours are on record."))
    return _page(request, program, colleague, Forms(hours=form))


@require_POST
@needs("staff.manage")
def withdraw_license(
    request: HttpRequest, program: Program, user_id: uuid.UUID, license_id: uuid.UUID
) -> HttpResponse:
    """Take back a license that was entered by mistake."""
    colleague = _colleague(program, user_id)
    accounts_actions.withdraw_license(
        license=get_object_or_404(colleague.licenses, public_id=license_id),
        program_id=program.public_id,
        now=timezone.now(),
        by=request.user,  # type: ignore[arg-type]
    )
    return _back(request, program, colleague, _("The license is withdrawn."))


@require_POST
@needs("staff.manage")
def withdraw_leave(
    request: HttpRequest, program: Program, user_id: uuid.UUID, leave_id: uuid.UUID
) -> HttpResponse:
    """Take back a leave."""
    colleague = _colleague(program, user_id)
    programs_actions.withdraw_staff_leave(
        leave=get_object_or_404(colleague.leaves, public_id=leave_id),
        program=program,
        now=timezone.now(),
        by=request.user,  # type: ignore[arg-type]
    )
    return _back(request, program, colleague, _("The leave is withdrawn."))


@require_POST
@needs("staff.manage")
def withdraw_availability(
    request: HttpRequest, program: Program, user_id: uuid.UUID, availability_id: uuid.UUID
) -> HttpResponse:
    """Take back hours of a weekday."""
    colleague = _colleague(program, user_id)
    programs_actions.withdraw_availability(
        hours=get_object_or_404(colleague.availability, public_id=availability_id),
        program=program,
        now=timezone.now(),
        by=request.user,  # type: ignore[arg-type]
    )
    return _back(request, program, colleague, _("The hours are withdrawn."))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("groups.edit")
def substitute(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Choose who leads one session instead of whom, or beside whom."""
    access: Access = request.access  # type: ignore[attr-defined]
    visible = GroupSession.objects.visible_to(access.user).in_calendar()
    related = visible.select_related("group__program__site", "room")
    session = get_object_or_404(related, group__program=program, public_id=session_id)
    instead_of = request.GET.get("instead_of", "")
    asked = asked_of(session, request.POST, access=access, instead_of=instead_of)
    refused = None
    if asked.sent and asked.sent.is_valid():
        try:
            return _led(request, session, asked.sent)
        except CannotSchedule as words:
            refused = words
            asked.sent.add_refusal(words)
    now = timezone.now()
    page = substitute_page(program, asked, access=access, refused=refused, now=now)
    with timezone.override(program.zone):
        return render(request, "staff/substitute.html", {"page": page})


def _led(request: HttpRequest, session: GroupSession, form: LeaderForm) -> HttpResponse:
    """Do what the form asks for, and lead on to the session, where it can be undone."""
    made, words = _change(form, session, now=timezone.now(), by=request.user)
    leader: User = form.cleaned_data["leader"]
    said = words % {"name": leader.display_name}
    messages.success(request, said, extra_tags=undo_url(made))
    return redirect("moving:session", session.group.program.public_id, session.public_id)


def _change(form: LeaderForm, session: GroupSession, **who: Any) -> tuple[ScheduleChange, str]:
    """Return the change that was made, and what to say of it."""
    cleaned = form.cleaned_data
    leader: User = cleaned["leader"]
    shared = {"session": session, **who}
    shared |= {"reason": cleaned["reason"], "override": cleaned["override"]}
    if form.act is Act.ADD:
        return add_leader(leader=leader, **shared), _("%(name)s leads the session, too.")
    if form.act is Act.TAKE_OUT:
        made = take_out_leader(leader=leader, **shared)
        return made, _("%(name)s leads the session no longer.")
    replaced: User | None = cleaned.get("instead_of")
    key = replaced.pk if replaced else None
    made = schedule_actions.substitute(leader=leader.pk, instead_of=key, **shared)
    return made, _("%(name)s leads the session.")


def _colleague(program: Program, user_id: uuid.UUID) -> User:
    return get_object_or_404(staff_of(program, now=timezone.now()), public_id=user_id)


def _is_kept(form: RecordForm, keep: Callable[[], object]) -> bool:
    """Keep what the form asks for; where the action refuses, its words go to the form."""
    if not form.is_valid():
        return False
    try:
        keep()
    except NotKept as refused:
        form.add_refusal(refused)
        return False
    return True


def _back(request: HttpRequest, program: Program, colleague: User, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("staff:person", program.public_id, colleague.public_id)


def _page(
    request: HttpRequest,
    program: Program,
    colleague: User,
    forms: Forms,
    *,
    asks_left: bool = False,
) -> HttpResponse:
    """Show the colleague; only what a leave would leave, where htmx asks for that."""
    now = timezone.now()
    page = person_page(program=program, user=colleague, forms=forms, now=now, asks_left=asks_left)
    template = "staff/left.html" if request.htmx and asks_left else "staff/person.html"  # type: ignore[attr-defined]
    with timezone.override(program.zone):
        return render(request, template, {"page": page})
