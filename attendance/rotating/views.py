"""The pages on which a group's lessons are planned."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attendance.rotating.deciding import Asked, Decision, decide_order, decide_session
from attendance.rotating.forms import PREVIEW, SAVE, LessonsForm, OrderForm, lessons_to_plan
from attendance.rotating.lessons_page import lessons_page
from attendance.rotating.order_page import order_page, stored_order
from attendance.rotating.rotation_page import rotation_page
from attendance.rotating.rotations_page import rotations_page
from attendance.rotating.starting import start_rotation
from groups.models import GroupSession, TherapyGroup
from groups.rotation.reading import plan_of
from programs.access import Access, needs
from programs.models import Program

POST = "POST"


@require_safe
@needs("curriculum.read")
def rotations(request: HttpRequest, program: Program) -> HttpResponse:
    """Show all groups with how far their lessons are planned."""
    page = rotations_page(program=program, access=_access(request), now=timezone.now())
    return render(request, "rotation/rotations.html", {"page": page})


@require_safe
@needs("curriculum.read")
def rotation(request: HttpRequest, program: Program, group_id: uuid.UUID) -> HttpResponse:
    """Show one group's plan of lessons."""
    group = _group(request, program, group_id)
    page = rotation_page(program=program, group=group, access=_access(request), now=timezone.now())
    return render(request, "rotation/rotation.html", {"page": page})


@require_POST
@needs("curriculum.edit")
def start(request: HttpRequest, program: Program, group_id: uuid.UUID) -> HttpResponse:
    """Make the first rotation out of the group's track, and plan it."""
    group, by = _group(request, program, group_id), _access(request).user
    if start_rotation(group=group, now=timezone.now(), by=by):
        messages.success(request, _("The plan of lessons is made."))
    else:
        messages.error(request, _("This group has a rotation, or no lessons to make one of."))
    return _to_plan(group)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("curriculum.edit")
def order(request: HttpRequest, program: Program, group_id: uuid.UUID) -> HttpResponse:
    """Change the order of lessons: move them, then look at what it does, then save."""
    group, now = _group(request, program, group_id), timezone.now()
    known = lessons_to_plan(program)
    is_sent = request.method == POST
    data = request.POST if is_sent else stored_order(plan_of(group, now), known)
    form = OrderForm(data, known=known)
    asked = Asked(group, _access(request).user, request.path, now)
    is_asked = request.POST.get("act") in (PREVIEW, SAVE)
    decision = decide_order(form, asked) if is_asked and form.is_valid() else Decision()
    if answer := _answer(request, decision, group):
        return answer
    page = order_page(program=program, group=group, form=form, known=known)
    return render(request, "rotation/order.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("curriculum.edit")
def lessons(
    request: HttpRequest, program: Program, group_id: uuid.UUID, session_id: uuid.UUID
) -> HttpResponse:
    """Choose what one session teaches, look at what moves for it, then save."""
    group, now = _group(request, program, group_id), timezone.now()
    plan, known = plan_of(group, now), lessons_to_plan(program)
    session = get_object_or_404(_sessions(request, group), public_id=session_id)
    slot = next((each for each in plan.slots if each.session == session.pk), None)
    form = LessonsForm(request.POST if request.method == POST else None, known=known)
    decision = _decided(request, form, session, now) if form.is_valid() else Decision()
    if answer := _answer(request, decision, group):
        return answer
    planned = slot.planned if slot else ()
    is_fixed = bool(slot and slot.fixed)
    page = lessons_page(
        session=session, form=form, known=known, planned=planned, is_fixed=is_fixed, now=now
    )
    return render(request, "rotation/lessons.html", {"page": page})


def _decided(
    request: HttpRequest, form: LessonsForm, session: GroupSession, now: datetime
) -> Decision:
    asked = Asked(session.group, _access(request).user, request.path, now)
    key = form.cleaned_data["came_from"]
    others = _sessions(request, session.group).exclude(pk=session.pk)
    came_from = get_object_or_404(others, public_id=key) if key else None
    return decide_session(form, session, came_from, asked)


def _answer(request: HttpRequest, decision: Decision, group: TherapyGroup) -> HttpResponse | None:
    """Lead back to the plan once it is saved, or show the preview; None where neither is there."""
    if decision.is_done:
        messages.success(request, _("The plan of lessons is saved."))
        return _to_plan(group)
    if decision.preview:
        return render(request, "rotation/preview.html", {"page": decision.preview})
    return None


def _to_plan(group: TherapyGroup) -> HttpResponse:
    return redirect("rotation:rotation", group.program.public_id, group.public_id)


def _access(request: HttpRequest) -> Access:
    return request.access  # type: ignore[attr-defined]


def _group(request: HttpRequest, program: Program, group_id: uuid.UUID) -> TherapyGroup:
    groups = TherapyGroup.objects.visible_to(_access(request).user).filter(program=program)
    related = groups.select_related("program__site", "teaches")
    return get_object_or_404(related, public_id=group_id)


def _sessions(request: HttpRequest, group: TherapyGroup) -> QuerySet[GroupSession]:
    found = GroupSession.objects.visible_to(_access(request).user).in_calendar()
    return found.filter(group=group).select_related("group__program__site")
