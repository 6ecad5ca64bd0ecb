"""The settings of the clinic: a site, its rooms, and the schedule rules of a program."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.keeping import NotKept
from groups.clinic_settings import actions
from groups.clinic_settings.answering import back, form_page, is_kept, refused
from groups.clinic_settings.forms import RoomForm, RuleForm, SiteForm
from groups.clinic_settings.page import rule_before, settings_page, suggested_start
from programs.access import needs
from programs.models import Program
from programs.weeks import local_date


@require_safe
@needs("programs.edit")
def settings(request: HttpRequest, program: Program) -> HttpResponse:
    """Show where the program meets and what its calendar should keep to."""
    page = settings_page(program=program, today=local_date(timezone.now(), program.zone))
    return render(request, "clinic/settings.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs("programs.edit")
def site(request: HttpRequest, program: Program) -> HttpResponse:
    """Change the site's time zone, state and phone."""
    form = SiteForm(request.POST or None, site=program.site)

    def keep() -> None:
        actions.change_site(site=program.site, facts=form.facts(), program=program, by=request.user)  # type: ignore[arg-type]

    if is_kept(form, keep):
        return back(request, program, _("The site is saved."))
    return form_page(request, "clinic/site.html", program, form)


@require_http_methods(["GET", "POST"])
@needs("programs.edit")
def new_room(request: HttpRequest, program: Program) -> HttpResponse:
    """Add a room to the site."""
    form = RoomForm(request.POST or None)

    def keep() -> None:
        actions.add_room(site=program.site, facts=form.facts(), program=program, by=request.user)  # type: ignore[arg-type]

    if is_kept(form, keep):
        return back(request, program, _("The room is added."))
    return form_page(request, "clinic/room.html", program, form)


@require_http_methods(["GET", "POST"])
@needs("programs.edit")
def room(request: HttpRequest, program: Program, room_id: uuid.UUID) -> HttpResponse:
    """Change a room of the site."""
    found = get_object_or_404(program.site.rooms, public_id=room_id)
    form = RoomForm(request.POST or None, room=found)

    def keep() -> None:
        actions.change_room(room=found, facts=form.facts(), program=program, by=request.user)  # type: ignore[arg-type]

    if is_kept(form, keep):
        return back(request, program, _("The room is saved."))
    return form_page(request, "clinic/room.html", program, form, room=found)


@require_http_methods(["GET", "POST"])
@needs("programs.edit")
def new_rule(request: HttpRequest, program: Program) -> HttpResponse:
    """Add a schedule rule that begins on some date; what was asked before is filled in."""
    today, before = local_date(timezone.now(), program.zone), rule_before(program)
    start = suggested_start(program, before, today)
    form = RuleForm(request.POST or None, rule=before, effective_from=start)

    def keep() -> None:
        rule, credentials = form.rule(program), form.credentials()
        actions.add_schedule_rule(rule=rule, credentials=credentials, today=today, by=request.user)  # type: ignore[arg-type]

    if is_kept(form, keep):
        return back(request, program, _("The rule is added."))
    return form_page(request, "clinic/rule.html", program, form, before=before)


@require_http_methods(["GET", "POST"])
@needs("programs.edit")
def rule(request: HttpRequest, program: Program, rule_id: uuid.UUID) -> HttpResponse:
    """Change a schedule rule that has not begun."""
    today = local_date(timezone.now(), program.zone)
    found = get_object_or_404(program.schedule_rules, public_id=rule_id)
    form = RuleForm(request.POST or None, rule=found, effective_from=found.effective_from)

    def keep() -> None:
        facts: dict[str, Any] = {"wanted": form.rule(program), "credentials": form.credentials()}
        actions.change_schedule_rule(rule=found, **facts, today=today, by=request.user)  # type: ignore[arg-type]

    if is_kept(form, keep):
        return back(request, program, _("The rule is saved."))
    has_begun = found.effective_from <= today
    return form_page(request, "clinic/rule.html", program, form, rule=found, has_begun=has_begun)


@require_POST
@needs("programs.edit")
def delete_rule(request: HttpRequest, program: Program, rule_id: uuid.UUID) -> HttpResponse:
    """Take back a schedule rule that has not begun."""
    found = get_object_or_404(program.schedule_rules, public_id=rule_id)
    today = local_date(timezone.now(), program.zone)
    try:
        actions.delete_schedule_rule(rule=found, today=today, by=request.user)  # type: ignore[arg-type]
    except NotKept as why:
        return refused(request, program, why)
    return back(request, program, _("The rule is deleted."))
