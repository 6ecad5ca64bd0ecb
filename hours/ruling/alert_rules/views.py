"""The alert rules of a program: a new one, and one that has not begun."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from groups.clinic_settings.answering import form_page, is_kept
from groups.clinic_settings.page import suggested_start
from hours.ruling.alert_rules import actions
from hours.ruling.alert_rules.forms import AlertRuleForm
from hours.ruling.answering import back, done_or_why
from programs.access import needs
from programs.models import AlertRule, Program
from programs.weeks import local_date


@require_http_methods(["GET", "POST"])
@needs("rules.edit")
def new_rule(request: HttpRequest, program: Program) -> HttpResponse:
    """Add an alert rule that begins on some date; what held before is filled in."""
    today = local_date(timezone.now(), program.zone)
    before = program.alert_rules.order_by("effective_from").last()
    start = suggested_start(program, before, today)
    said = before or AlertRule(program=program)
    form = AlertRuleForm(request.POST or None, program=program, said=said, effective_from=start)

    def keep() -> None:
        actions.add_alert_rule(rule=form.rule(), today=today, by=request.user)  # type: ignore[arg-type]

    if is_kept(form, keep):
        return back(request, program, _("The rule is added."))
    return form_page(request, "rules/alert_rule.html", program, form, before=before)


@require_http_methods(["GET", "POST"])
@needs("rules.edit")
def rule(request: HttpRequest, program: Program, rule_id: uuid.UUID) -> HttpResponse:
    """Change an alert rule that has not begun."""
    today = local_date(timezone.now(), program.zone)
    found = get_object_or_404(program.alert_rules, public_id=rule_id)
    start = found.effective_from
    form = AlertRuleForm(request.POST or None, program=program, said=found, effective_from=start)

    def keep() -> None:
        wanted = form.rule()
        actions.change_alert_rule(rule=found, wanted=wanted, today=today, by=request.user)  # type: ignore[arg-type]

    if is_kept(form, keep):
        return back(request, program, _("The rule is saved."))
    shown = {"rule": found, "has_begun": start <= today}
    return form_page(request, "rules/alert_rule.html", program, form, **shown)


@require_POST
@needs("rules.edit")
def delete_rule(request: HttpRequest, program: Program, rule_id: uuid.UUID) -> HttpResponse:
    """Take back an alert rule that has not begun."""
    found = get_object_or_404(program.alert_rules, public_id=rule_id)
    today = local_date(timezone.now(), program.zone)

    def delete() -> None:
        actions.delete_alert_rule(rule=found, today=today, by=request.user)  # type: ignore[arg-type]

    return done_or_why(request, program, delete, _("The rule is deleted."))
