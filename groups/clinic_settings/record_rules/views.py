"""The record rules of a program: a new one, and one that has not begun."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.keeping import NotKept
from groups.clinic_settings.answering import back, form_page, is_kept, refused
from groups.clinic_settings.page import suggested_start
from groups.clinic_settings.record_rules import actions
from groups.clinic_settings.record_rules.forms import RecordRuleForm
from programs.access import needs
from programs.models import Program, RecordRule
from programs.weeks import local_date


@require_http_methods(["GET", "POST"])
@needs("programs.edit")
def new_rule(request: HttpRequest, program: Program) -> HttpResponse:
    """Add a record rule that begins on some date; what held before is filled in."""
    today = local_date(timezone.now(), program.zone)
    before = program.record_rules.order_by("effective_from").last()
    start = suggested_start(program, before, today)
    said = before or RecordRule(program=program)
    form = RecordRuleForm(request.POST or None, program=program, rule=said, effective_from=start)

    def keep() -> None:
        actions.add_record_rule(rule=form.rule(), today=today, by=request.user)  # type: ignore[arg-type]

    if is_kept(form, keep):
        return back(request, program, _("The rule is added."))
    return form_page(request, "clinic/record_rule.html", program, form, before=before)


@require_http_methods(["GET", "POST"])
@needs("programs.edit")
def rule(request: HttpRequest, program: Program, rule_id: uuid.UUID) -> HttpResponse:
    """Change a record rule that has not begun."""
    today = local_date(timezone.now(), program.zone)
    found = get_object_or_404(program.record_rules, public_id=rule_id)
    start = found.effective_from
    form = RecordRuleForm(request.POST or None, program=program, rule=found, effective_from=start)

    def keep() -> None:
        wanted = form.rule()
        actions.change_record_rule(rule=found, wanted=wanted, today=today, by=request.user)  # type: ignore[arg-type]

    if is_kept(form, keep):
        return back(request, program, _("The rule is saved."))
    shown = {"rule": found, "has_begun": start <= today}
    return form_page(request, "clinic/record_rule.html", program, form, **shown)


@require_POST
@needs("programs.edit")
def delete_rule(request: HttpRequest, program: Program, rule_id: uuid.UUID) -> HttpResponse:
    """Take back a record rule that has not begun."""
    found = get_object_or_404(program.record_rules, public_id=rule_id)
    today = local_date(timezone.now(), program.zone)
    try:
        actions.delete_record_rule(rule=found, today=today, by=request.user)  # type: ignore[arg-type]
    except NotKept as why:
        return refused(request, program, why)
    return back(request, program, _("The rule is deleted."))
