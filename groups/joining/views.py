"""Who is in a group: the page, and what changes it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.joining import change_page, drafts
from groups.joining.actions import members as actions
from groups.joining.actions import waiting
from groups.joining.change_page import ChangePage
from groups.joining.forms import ChangeForm, OnForm
from groups.joining.members_page import members_page
from groups.joining.whose import group_to_change, membership_to_change, waiting_place_to_change
from groups.models import GroupMembership, TherapyGroup, WaitingPlace
from groups.readable import group_to_read
from groups.schedule.edit import CannotSchedule
from programs.access import Access, needs
from programs.models import Program
from programs.weeks import local_date

# What a form sends while it is being filled in.
WORK_OUT = "work_out"

Saved = TypeVar("Saved")


@require_safe
@needs("participants.name")
def members(request: HttpRequest, program: Program, group_id: uuid.UUID) -> HttpResponse:
    """Show who is in the group on a date, and who waits for a seat."""
    access, now = _access(request), timezone.now()
    group = group_to_read(access, program, group_id, today=local_date(now, program.zone))
    group.program = program
    page = members_page(group=group, form=OnForm(request.GET), access=access, now=now)
    with timezone.override(program.zone):
        return render(request, "joining/members.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs("memberships.edit")
def join(request: HttpRequest, program: Program, group_id: uuid.UUID) -> HttpResponse:
    """Add somebody to the group from a date on."""
    access, now = _access(request), timezone.now()
    group = group_to_change(access, program, group_id)
    form = drafts.join_form(_sent(request), group, now)

    def save() -> GroupMembership:
        why, stay = form.cleaned_data["override"], drafts.stay_of(form, group)
        return actions.join_group(stay=stay, override=why, now=now, by=access.user)

    if place := _saved(request, form, save):
        _tell(request, _("Added. The first day is %(day)s."), place.first_on)
        return _back(group)
    preview = drafts.preview_of_joining(form, group, access, now)
    return _page(request, change_page.join_page(group, form, preview))


@require_http_methods(["GET", "POST"])
@needs("memberships.edit")
def move(request: HttpRequest, program: Program, membership_id: uuid.UUID) -> HttpResponse:
    """Move somebody to another group from a date on."""
    access, now = _access(request), timezone.now()
    place = membership_to_change(access, program, membership_id)
    form = drafts.move_form(_sent(request), place, now)

    def save() -> actions.Freed:
        asked = {name: form.cleaned_data[name] for name in ("to", "first_on", "override")}
        return actions.move_member(place=place, **asked, now=now, by=access.user)

    if freed := _saved(request, form, save):
        _tell(request, _("Moved. The first day here is %(day)s."), freed.place.first_on)
        _tell_who_came(request, freed.promoted)
        return _back(freed.place.group)
    preview = drafts.preview_of_moving(form, place, access, now)
    return _page(request, change_page.move_page(place, form, preview))


@require_http_methods(["GET", "POST"])
@needs("memberships.edit")
def end(request: HttpRequest, program: Program, membership_id: uuid.UUID) -> HttpResponse:
    """End somebody's place in the group on a date."""
    access, now = _access(request), timezone.now()
    place = membership_to_change(access, program, membership_id)
    form = drafts.end_form(_sent(request), place, now)

    def save() -> actions.Freed:
        last_on = form.cleaned_data["last_on"]
        return actions.end_membership(place=place, last_on=last_on, now=now, by=access.user)

    if freed := _saved(request, form, save):
        _tell(request, _("The last day is %(day)s."), form.cleaned_data["last_on"])
        _tell_who_came(request, freed.promoted)
        return _back(place.group)
    preview = drafts.preview_of_ending(form, place, access, now)
    return _page(request, change_page.end_page(place, form, preview))


@require_http_methods(["GET", "POST"])
@needs("memberships.edit")
def put_off(request: HttpRequest, program: Program, membership_id: uuid.UUID) -> HttpResponse:
    """Put off the first day of somebody who has not begun."""
    access, now = _access(request), timezone.now()
    place = membership_to_change(access, program, membership_id)
    form = drafts.put_off_form(_sent(request), place, now)

    def save() -> GroupMembership:
        first_on = form.cleaned_data["first_on"]
        return actions.put_off_membership(place=place, first_on=first_on, now=now, by=access.user)

    if later := _saved(request, form, save):
        _tell(request, _("Put off. The first day is %(day)s."), later.first_on)
        return _back(place.group)
    preview = drafts.preview_of_putting_off(form, place, access, now)
    return _page(request, change_page.put_off_page(place, form, preview))


@require_http_methods(["GET", "POST"])
@needs("memberships.edit")
def wait(request: HttpRequest, program: Program, group_id: uuid.UUID) -> HttpResponse:
    """Put somebody on the waiting list."""
    access, now = _access(request), timezone.now()
    group = group_to_change(access, program, group_id)
    form = drafts.wait_form(_sent(request), group, now)

    def save() -> WaitingPlace:
        person = form.cleaned_data["person"]
        return waiting.ask_to_wait(group=group, enrollment=person, now=now, by=access.user)

    if _saved(request, form, save):
        messages.success(request, _("On the waiting list."))
        return _back(group)
    preview = drafts.preview_of_waiting(group, now)
    return _page(request, change_page.wait_page(group, form, preview))


@require_http_methods(["GET", "POST"])
@needs("memberships.edit")
def stop_waiting(request: HttpRequest, program: Program, place_id: uuid.UUID) -> HttpResponse:
    """Ask whether somebody is to step out of the line, and take them off it."""
    access, now = _access(request), timezone.now()
    place = waiting_place_to_change(access, program, place_id)
    if request.method == "POST":
        waiting.stop_waiting(place=place, now=now, by=access.user)
        messages.success(request, _("Off the waiting list."))
        return _back(place.group)
    return _page(request, change_page.stop_page(place))


@require_POST
@needs("memberships.edit")
def promote(request: HttpRequest, program: Program, group_id: uuid.UUID) -> HttpResponse:
    """Let those in who are first in line, as far as seats are free."""
    access = _access(request)
    group = group_to_change(access, program, group_id)
    try:
        came = waiting.promote_waiting(group=group, now=timezone.now(), by=access.user)
    except CannotSchedule as refused:
        for words in refused.words.values():
            messages.error(request, " ".join(words))
        return _back(group)
    if not came:
        messages.info(request, _("Nobody came in: no seat stays free for the first in line."))
    _tell_who_came(request, came)
    return _back(group)


def _access(request: HttpRequest) -> Access:
    return request.access  # type: ignore[attr-defined]


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _saved(request: HttpRequest, form: ChangeForm, save: Callable[[], Saved]) -> Saved | None:
    """Save where the form is sent and allows it; what the action refuses goes to the form."""
    is_valid = form.is_valid()
    if request.POST.get("act") == WORK_OUT:
        form.forget_errors()
    elif is_valid:
        try:
            return save()
        except CannotSchedule as refused:
            form.add_refusal(refused)
    return None


def _page(request: HttpRequest, page: ChangePage) -> HttpResponse:
    template = "joining/live.html" if request.htmx else "joining/change.html"  # type: ignore[attr-defined]
    with timezone.override(page.group.program.zone):
        return render(request, template, {"page": page})


def _tell(request: HttpRequest, words: str, day: date) -> None:
    messages.success(request, words % {"day": date_format(day, "l, F j")})


def _tell_who_came(request: HttpRequest, came: Sequence[GroupMembership]) -> None:
    words = ngettext(
        "%(n)s person came in from the waiting list.",
        "%(n)s people came in from the waiting list.",
        len(came),
    )
    if came:
        messages.success(request, words % {"n": len(came)})


def _back(group: TherapyGroup) -> HttpResponse:
    return redirect("joining:members", group.program.public_id, group.public_id)
