"""One session of the calendar, and what can be done with it."""

from __future__ import annotations

import uuid
from datetime import date
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from groups.models import ScheduleChange, TherapyGroup
from groups.moving.change_pages import (
    ChangePage,
    GroupChoice,
    add_page,
    change_page,
    groups_to_add,
    other_label,
    others_of,
)
from groups.moving.changes import (
    add_change,
    cancel_change,
    combine_change,
    move_change,
    reinstate_change,
)
from groups.moving.deciding import Asked, Decision, decided
from groups.moving.first_values import add_data, move_data
from groups.moving.forms import (
    AddForm,
    AskedForm,
    CancelForm,
    CombineForm,
    MoveForm,
    ReinstateForm,
)
from groups.moving.past_changes import day_of, undo_url
from groups.moving.placement_form import with_length_kept
from groups.moving.session_page import people_of, session_page, session_to_read, week_url
from groups.moving.wording import (
    added_words,
    cancelled_words,
    combined_words,
    moved_words,
    refused_words,
    reinstated_words,
)
from groups.schedule.actions import undo_change
from groups.schedule.undo import CannotUndo
from programs.access import Access, needs
from programs.models import Program

SAVE = "save"
POST = "POST"


@require_safe
@needs("groups.read")
def session(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Show one session."""
    found = session_to_read(_access(request), program, session_id)
    page = session_page(program=program, session=found, access=_access(request), now=timezone.now())
    with timezone.override(program.zone):
        return render(request, "moving/session.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("groups.edit")
def move(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Move a session, or its series, to another day, time or room."""
    found, asked = session_to_read(_access(request), program, session_id), AskedForm(request.GET)
    is_asked = request.method == POST or asked.suggests
    data = with_length_kept(request.POST) if request.method == POST else move_data(found, asked)
    form, ask = MoveForm(data, session=found), _ask(request, program)
    decision = decided(form, partial(move_change, form, ask.now), ask) if is_asked else Decision()
    if decision.made:
        return _leave(request, decision.made, moved_words(form), form.cleaned_data["held_on"])
    page = change_page(found, form, decision, request.path, problems=asked.problems())
    return _render(request, page, "moving/move.html", dialog="moving/move_dialog.html")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("groups.edit")
def add(request: HttpRequest, program: Program) -> HttpResponse:
    """Add a session that no weekly slot makes; without a group, ask for it first."""
    asked, ask = AskedForm(request.GET), _ask(request, program)
    groups = _groups(request, program)
    group = groups.get(request.POST.get("group") or asked.chosen("group"))
    if group is None:
        return _ask_for_group(request, program, groups, asked)
    is_sent = request.method == POST
    data = with_length_kept(request.POST) if is_sent else add_data(group, asked, ask.now)
    form = AddForm(data, program=program, groups=groups)
    decision = decided(form, partial(add_change, form), ask)
    if decision.made:
        return _leave(request, decision.made, added_words(form), form.cleaned_data["held_on"])
    page = add_page(group, form, decision, request.path, problems=asked.problems())
    return _render(request, page, "moving/add.html")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("groups.edit")
def cancel(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Cancel a session, with a reason."""
    found = session_to_read(_access(request), program, session_id)
    form = CancelForm(request.POST or None)
    decision = decided(form, partial(cancel_change, form, found), _ask(request, program))
    if decision.made:
        return _leave(request, decision.made, cancelled_words(found), found.held_on)
    people = people_of(found, program)
    page = change_page(found, form, decision, request.path, people=people)
    return _render(request, page, "moving/cancel.html")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("groups.edit")
def reinstate(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Bring a cancelled session back."""
    found = session_to_read(_access(request), program, session_id)
    form = ReinstateForm(request.POST or None)
    decision = decided(form, partial(reinstate_change, found), _ask(request, program))
    if decision.made:
        return _leave(request, decision.made, reinstated_words(found), found.held_on)
    page = change_page(found, form, decision, request.path)
    return _render(request, page, "moving/reinstate.html")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("groups.edit")
def combine(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Have a session’s people sit in another one of the day."""
    found = session_to_read(_access(request), program, session_id)
    others = {str(each.public_id): each for each in others_of(found)}
    labels = [(key, other_label(each)) for key, each in others.items()]
    first = {"into": next(iter(others))} if others else None
    form = CombineForm(request.POST or first, others=others, labels=labels)
    decision = decided(form, partial(combine_change, form, found), _ask(request, program))
    if decision.made:
        words = combined_words(found, form.cleaned_data["into"])
        return _leave(request, decision.made, words, found.held_on)
    alone = [] if others else [_("No other session is held that day. Cancel or move it instead.")]
    page = change_page(found, form, decision, request.path, problems=alone)
    return _render(request, page, "moving/combine.html")


@require_POST
@needs("groups.edit")
def undo(request: HttpRequest, program: Program, change_id: uuid.UUID) -> HttpResponse:
    """Undo a change, where nobody has changed the same again since."""
    access = _access(request)
    changes = ScheduleChange.objects.visible_to(access.user).filter(program=program)
    change = get_object_or_404(changes.select_related("program"), public_id=change_id)
    try:
        undo_change(change=change, now=timezone.now(), by=access.user)
    except CannotUndo as refused:
        messages.error(request, refused_words(refused, access, program))
    else:
        messages.success(request, _("Undone."))
    return redirect(week_url(program, day_of(change)))


def _access(request: HttpRequest) -> Access:
    return request.access  # type: ignore[attr-defined]


def _ask(request: HttpRequest, program: Program) -> Asked:
    saves = request.POST.get("act") == SAVE
    return Asked(_access(request), program, timezone.now(), saves)


def _groups(request: HttpRequest, program: Program) -> dict[str, TherapyGroup]:
    """Return the program's groups by name, each under its key in a form."""
    visible = TherapyGroup.objects.visible_to(_access(request).user).filter(program=program)
    related = visible.select_related("program__site", "default_room").order_by("name")
    return {str(each.public_id): each for each in related}


def _ask_for_group(
    request: HttpRequest, program: Program, groups: dict[str, TherapyGroup], asked: AskedForm
) -> HttpResponse:
    problems = asked.problems()
    if request.method == POST or asked.chosen("group"):
        problems.append(_("Choose a group of this program."))
    page = GroupChoice(program, groups_to_add(program, groups.values(), asked), problems)
    return render(request, "moving/add_group.html", {"page": page})


def _leave(request: HttpRequest, made: ScheduleChange, words: str, day: date) -> HttpResponse:
    """Lead to the calendar's week of the date, where it can be undone."""
    messages.success(request, words, extra_tags=undo_url(made))
    url = week_url(made.program, day)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)  # type: ignore[attr-defined]


def _render(
    request: HttpRequest, page: ChangePage, template: str, dialog: str = ""
) -> HttpResponse:
    """Answer with the page, or with the part of it that htmx asked for."""
    target = request.htmx.target  # type: ignore[attr-defined]
    parts = {"preview": "moving/preview.html", "move-dialog": dialog or template}
    with timezone.override(page.program.zone):
        return render(request, parts.get(target, template), {"page": page})
