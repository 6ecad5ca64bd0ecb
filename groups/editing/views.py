"""Groups and their weekly slots: making, changing and ending them."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from groups.editing import jobs
from groups.editing.change_forms import ChangeSlotForm, EndSlotForm
from groups.editing.group_form import GroupForm
from groups.editing.outlook import Attempt, Job, Outlook, attempted
from groups.editing.plan_form import PlanForm
from groups.editing.recurrence_file import calendar_file
from groups.editing.slot_forms import NewGroupForm, NewSlotsForm
from groups.editing.targets import group_to_edit, slot_to_edit
from groups.models import MeetingPattern, ScheduleChange, TherapyGroup
from groups.moving.past_changes import undo_url
from groups.readable import group_to_read
from groups.slot_rows import slot_line
from programs.access import Access, needs
from programs.models import Program
from programs.weeks import local_date

# What a button of the page asks for; the other one, and htmx, only want to see what happens.
SAVE = "save"


@require_http_methods(["GET", "POST"])
@needs("groups.edit")
def new_group(request: HttpRequest, program: Program) -> HttpResponse:
    """Ask for a group with its first weekly slots, show what they make, and make them."""
    now, access = timezone.now(), _access(request)
    form = NewGroupForm(request.POST or None, program=program, now=now)
    answer = _attempted(request, jobs.new_group_job(form, now=now, by=access.user))
    if made := answer.done or _made_before(request, program):
        messages.success(request, _("The group is made, and its sessions are in the calendar."))
        return redirect("groups:group", program.public_id, made.public_id)
    return _page(request, "slots/new_group.html", form, answer.outlook)


@require_http_methods(["GET", "POST"])
@needs("groups.edit")
def edit_group(request: HttpRequest, program: Program, group_id: uuid.UUID) -> HttpResponse:
    """Ask what a group is, and correct it."""
    now, access = timezone.now(), _access(request)
    group = group_to_edit(access.user, program, group_id)
    form = GroupForm(request.POST or None, program=program, now=now, group=group)
    answer = jobs.corrected(form, group, access, now=now)
    if answer.done:
        messages.success(request, _("The group is changed."))
        return redirect("groups:group", program.public_id, group.public_id)
    return _page(request, "slots/edit_group.html", form, answer.outlook, group=group)


@require_http_methods(["GET", "POST"])
@needs("groups.edit")
def new_slot(request: HttpRequest, program: Program, group_id: uuid.UUID) -> HttpResponse:
    """Ask for weekly slots of a group, show what they make, and begin them."""
    now, access = timezone.now(), _access(request)
    group = group_to_edit(access.user, program, group_id)
    form = NewSlotsForm(request.POST or None, program=program, now=now, group=group)
    answer = _attempted(request, jobs.new_slots_job(form, group, now=now, by=access.user))
    if answer.done:
        return _changed(request, group, answer.done, _("The slots are in the calendar."))
    return _page(request, "slots/new_slot.html", form, answer.outlook, group=group)


@require_http_methods(["GET", "POST"])
@needs("groups.edit")
def change(request: HttpRequest, program: Program, pattern_id: uuid.UUID) -> HttpResponse:
    """Ask what a slot is to be and from when on, show what that does, and do it."""
    now, access = timezone.now(), _access(request)
    slot, coming = slot_to_edit(access.user, program, pattern_id, now=now)
    if not coming:
        return _is_over(request, slot)
    form = ChangeSlotForm(request.POST or None, slot=slot, coming=coming, now=now)
    answer = _attempted(request, jobs.change_job(form, slot, now=now, by=access.user))
    if answer.done:
        return _changed(request, slot.group, answer.done, _("The slot is changed."))
    return _page(request, "slots/change.html", form, answer.outlook, **_about(slot, form))


@require_http_methods(["GET", "POST"])
@needs("groups.edit")
def end(request: HttpRequest, program: Program, pattern_id: uuid.UUID) -> HttpResponse:
    """Ask when a slot ends, show what that does, and end it."""
    now, access = timezone.now(), _access(request)
    slot, coming = slot_to_edit(access.user, program, pattern_id, now=now)
    if not coming:
        return _is_over(request, slot)
    form = EndSlotForm(request.POST or None, slot=slot, coming=coming, now=now)
    answer = _attempted(request, jobs.end_job(form, slot, now=now, by=access.user))
    if answer.done:
        return _changed(request, slot.group, answer.done, _("The slot ends."))
    return _page(request, "slots/end.html", form, answer.outlook, **_about(slot, form))


@require_safe
@needs("groups.read")
def rrule(request: HttpRequest, program: Program, group_id: uuid.UUID) -> HttpResponse:
    """Give a group's weekly slots as a file for other calendars."""
    now, access = timezone.now(), _access(request)
    today = local_date(now, program.zone)
    group = group_to_read(access, program, group_id, today=today)
    answer = HttpResponse(calendar_file(group, now=now), content_type="text/calendar")
    answer["Content-Disposition"] = 'attachment; filename="weekly-slots.ics"'
    return answer


def _access(request: HttpRequest) -> Access:
    return request.access  # type: ignore[attr-defined]


def _attempted(request: HttpRequest, job: Job) -> Attempt:
    return attempted(job, _access(request), wants_save=request.POST.get("act") == SAVE)


def _made_before(request: HttpRequest, program: Program) -> TherapyGroup | None:
    """Return the group that the same form, sent before, has made."""
    if request.POST.get("act") != SAVE:
        return None
    with suppress(ValidationError):
        visible = TherapyGroup.objects.visible_to(_access(request).user).filter(program=program)
        return visible.filter(public_id=request.POST.get("proposed_id", "")).first()
    return None


def _about(slot: MeetingPattern, form: PlanForm) -> dict[str, Any]:
    """Return what the pages of one slot show; a fresh form is worked out at once."""
    shows_at_once = not form.is_bound
    return {"group": slot.group, "slot": slot_line(slot), "shows_at_once": shows_at_once}


def _is_over(request: HttpRequest, slot: MeetingPattern) -> HttpResponse:
    messages.warning(request, _("This slot has ended, or another one has taken its place."))
    return redirect("groups:group", slot.group.program.public_id, slot.group.public_id)


def _changed(
    request: HttpRequest, group: TherapyGroup, change: ScheduleChange, words: str
) -> HttpResponse:
    messages.success(request, words, extra_tags=undo_url(change))
    return redirect("groups:group", group.program.public_id, group.public_id)


def _page(
    request: HttpRequest, template: str, form: PlanForm, outlook: Outlook, **about: Any
) -> HttpResponse:
    context = {"program": form.program, "form": form, "outlook": outlook, **about}
    with timezone.override(form.program.zone):
        shown = "slots/live.html" if request.htmx else template  # type: ignore[attr-defined]
        return render(request, shown, context)
