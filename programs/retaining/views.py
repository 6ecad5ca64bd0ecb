"""How long records are kept, whose time is over, and which are held all the same."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.audit import write_audit
from accounts.keeping import NotKept
from programs.access import needs
from programs.models import Participant, Program
from programs.person_frame import person_frame
from programs.retaining.actions import add_retention_rule, lift_hold, place_hold
from programs.retaining.forms import ReasonForm, opened_form
from programs.retaining.page import holds_of, person_retention, retention_page, rule_on
from programs.trust_tabs import trust_tabs
from programs.weeks import local_date
from programs.whose import participant_of

HERE = "retention:retention"


@require_http_methods(["GET", "POST"])
@needs("retention.manage")
def retention(request: HttpRequest, program: Program) -> HttpResponse:
    """Show the rule, whose time is over and who is held; let another rule begin."""
    access, today = request.access, local_date(timezone.now(), program.zone)  # type: ignore[attr-defined]
    form = opened_form(request.POST or None, rule=rule_on(program, today), today=today)
    if form.is_valid():
        try:
            add_retention_rule(rule=form.rule(program), today=today, by=access.user)
            messages.success(request, _("The rule is on record."))
            return redirect(HERE, program.public_id)
        except NotKept as refused:
            form.add_refusal(refused)
    people = Participant.objects.visible_to(access.user).of_program(program).kept()
    page = retention_page(program, people, today)
    write_audit("retention.read", by=access.user, program_id=program.public_id, people=page.charts)
    tabs = trust_tabs(access, program, here=HERE)
    return render(request, "retention/retention.html", {"page": page, "form": form, "tabs": tabs})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@needs("retention.manage")
def person(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show until when a chart is kept, and its holds; place one."""
    access, today = request.access, local_date(timezone.now(), program.zone)  # type: ignore[attr-defined]
    found = participant_of(access, program, participant_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        place_hold(person=found, program=program, reason=reason, today=today, by=access.user)
        messages.success(request, _("The record is held until somebody lifts the hold."))
        return redirect("retention:person", program.public_id, found.public_id)
    page = person_retention(program, found, today)
    frame = person_frame(access, program, found, here=HERE)
    words = {"frame": frame, "page": page, "form": form}
    return render(request, "retention/person.html", words)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@needs("retention.manage")
def lift(
    request: HttpRequest, program: Program, participant_id: uuid.UUID, hold_id: uuid.UUID
) -> HttpResponse:
    """Ask why, and lift a hold; it stays on record."""
    access, today = request.access, local_date(timezone.now(), program.zone)  # type: ignore[attr-defined]
    found = participant_of(access, program, participant_id)
    hold = get_object_or_404(holds_of(found), public_id=hold_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            lift_hold(hold=hold, program=program, reason=reason, today=today, by=access.user)
            messages.success(request, _("The hold is lifted."))
            return redirect("retention:person", program.public_id, found.public_id)
        except NotKept as refused:
            form.add_refusal(refused)
    frame = person_frame(access, program, found, here=HERE)
    return render(request, "retention/lift.html", {"frame": frame, "hold": hold, "form": form})
