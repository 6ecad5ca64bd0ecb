"""The rules of a program: read, written, tried over past weeks, saved, checked."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.clinic_settings.answering import is_kept
from groups.clinic_settings.page import suggested_start
from hours.ruling import actions
from hours.ruling.answering import (
    Step,
    back,
    done_or_why,
    draft_form,
    draft_page,
    step_of,
)
from hours.ruling.page import latest_rule, rules_page
from programs.access import needs
from programs.models import HoursRule, Program
from programs.weeks import local_date
from programs.who_may import Scope


@require_safe
@needs("hours.read")
def rules(request: HttpRequest, program: Program) -> HttpResponse:
    """Show the program's rules to whoever sees the hours of everybody in it."""
    access = request.access  # type: ignore[attr-defined]
    if access.scope("hours.read", program) is not Scope.PROGRAM:
        raise PermissionDenied
    today = local_date(timezone.now(), program.zone)
    page = rules_page(program=program, access=access, today=today)
    return render(request, "rules/rules.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs("rules.edit")
def new_rule(request: HttpRequest, program: Program) -> HttpResponse:
    """Write a rule that begins on some date, see what it would have changed, and add it."""
    now, before = timezone.now(), latest_rule(program)
    today, rule = local_date(now, program.zone), HoursRule(program=program)
    start = suggested_start(program, before, today)
    form = draft_form(request, rule=rule, said=before or rule, start=start)

    def keep() -> None:
        actions.add_hours_rule(rule=form.rule(), today=today, by=request.user)  # type: ignore[arg-type]

    if step_of(request) is Step.SAVE and is_kept(form, keep):
        return back(request, program, _("The rule is added."))
    return draft_page(request, program, form, now, before=before)


@require_http_methods(["GET", "POST"])
@needs("rules.edit")
def rule(request: HttpRequest, program: Program, rule_id: uuid.UUID) -> HttpResponse:
    """Change a rule that has not begun, after seeing what it would have changed."""
    now = timezone.now()
    today = local_date(now, program.zone)
    found = get_object_or_404(program.rules, public_id=rule_id)
    form = draft_form(request, rule=found, said=found, start=found.effective_from)

    def keep() -> None:
        wanted = form.rule()
        actions.change_hours_rule(rule=found, wanted=wanted, today=today, by=request.user)  # type: ignore[arg-type]

    if step_of(request) is Step.SAVE and is_kept(form, keep):
        return back(request, program, _("The rule is saved."))
    has_begun = found.effective_from <= today
    return draft_page(request, program, form, now, rule=found, has_begun=has_begun)


@require_http_methods(["GET", "POST"])
@needs("rules.edit")
def try_rule(request: HttpRequest, program: Program) -> HttpResponse:
    """Try a rule over the last quarter; nothing can be saved here."""
    now, before = timezone.now(), latest_rule(program)
    rule = HoursRule(program=program)
    start = suggested_start(program, before, local_date(now, program.zone))
    form = draft_form(request, rule=rule, said=before or rule, start=start, trial=True)
    return draft_page(request, program, form, now, before=before)


@require_POST
@needs("rules.edit")
def delete_rule(request: HttpRequest, program: Program, rule_id: uuid.UUID) -> HttpResponse:
    """Take back a rule that has not begun."""
    found = get_object_or_404(program.rules, public_id=rule_id)
    today = local_date(timezone.now(), program.zone)

    def delete() -> None:
        actions.delete_hours_rule(rule=found, today=today, by=request.user)  # type: ignore[arg-type]

    return done_or_why(request, program, delete, _("The rule is deleted."))


@require_POST
@needs("rules.edit")
def verify_rule(request: HttpRequest, program: Program, rule_id: uuid.UUID) -> HttpResponse:
    """Keep that one has checked the rule, as it was shown, against its citation."""
    found = get_object_or_404(program.rules, public_id=rule_id)
    today, seen = local_date(timezone.now(), program.zone), request.POST.get("seen", "")

    def verify() -> None:
        actions.verify_hours_rule(rule=found, seen=seen, today=today, by=request.user)  # type: ignore[arg-type]

    return done_or_why(request, program, verify, _("It is kept that you checked this rule."))
