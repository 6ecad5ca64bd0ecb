"""The plan of care: the page, and a form for each thing that stands on it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import write_audit
from accounts.keeping import NotKept
from programs.access import needs
from programs.models import Program
from programs.person_frame import person_frame
from programs.plan import actions, forms
from programs.plan.boxes import RecordForm
from programs.plan.episodes import chosen_episode, episode_links
from programs.plan.here import Here, here_of
from programs.plan.page import plan_page, unusual_words
from programs.plan.planned_length import weeks_planned
from programs.plan.wording import hours
from programs.weeks import local_date
from programs.whose import episodes_of, participant_of

PAGE = "plan:plan"
Ids = uuid.UUID


@require_safe
@needs("orders.read")
def plan(request: HttpRequest, program: Program, participant_id: Ids) -> HttpResponse:
    """Show the plan of one episode, the latest where no other is asked for."""
    access = request.access  # type: ignore[attr-defined]
    person = participant_of(access, program, participant_id)
    episodes = episodes_of(person, program)
    episode = chosen_episode(episodes, request.GET.get("episode", ""))
    _audit_read(request, program, person.public_id)
    shown: dict[str, Any] = {"frame": person_frame(access, program, person, here=PAGE)}
    if episode:
        url = reverse(PAGE, args=[program.public_id, person.public_id])
        shown["page"] = plan_page(
            episode,
            links=episode_links(episodes, episode, url),
            can_edit=access.scope("orders.edit", program) is not None,
            today=local_date(timezone.now(), program.zone),
        )
    return render(request, "plan/plan.html", shown)


@require_http_methods(["GET", "POST"])
@needs("orders.edit")
def admission(
    request: HttpRequest, program: Program, participant_id: Ids, episode_id: Ids
) -> HttpResponse:
    """Change how they came in and until when they are planned to stay."""
    here = _here(request, program, participant_id, episode_id)
    form = forms.AdmissionForm(request.POST or None, enrollment=here.episode)

    def keep() -> str:
        facts = form.facts()
        actions.change_admission(enrollment=here.episode, facts=facts, by=here.by)
        if facts.planned_discharge_on:
            weeks = weeks_planned(here.episode.admitted_on, facts.planned_discharge_on)
            return " ".join(filter(None, (_("Saved."), unusual_words(weeks))))
        return _("Saved.")

    return _asked(request, here, form, keep, "plan/admission.html")


@require_http_methods(["GET", "POST"])
@needs("orders.edit")
def new_order(
    request: HttpRequest, program: Program, participant_id: Ids, episode_id: Ids
) -> HttpResponse:
    """Add an order from a date on."""
    here = _here(request, program, participant_id, episode_id)
    form = forms.OrderForm(request.POST or None, enrollment=here.episode, today=here.today)

    def keep() -> str:
        order, before = actions.add_order(
            enrollment=here.episode, **form.cleaned_data, today=here.today, by=here.by
        )
        if before is None:
            return _("The order is added.")
        words = _("The order of that date is replaced: %(now)s a week instead of %(before)s.")
        return words % {"now": hours(order.minutes_per_week), "before": hours(before)}

    return _asked(request, here, form, keep, "plan/order.html")


@sensitive_post_parameters("text")
@require_http_methods(["GET", "POST"])
@needs("orders.edit")
def new_goal(
    request: HttpRequest, program: Program, participant_id: Ids, episode_id: Ids
) -> HttpResponse:
    """Add a goal."""
    here = _here(request, program, participant_id, episode_id)
    form = forms.GoalForm(request.POST or None, today=here.today)

    def keep() -> str:
        actions.add_goal(enrollment=here.episode, **form.cleaned_data, by=here.by)
        return _("The goal is added.")

    return _asked(request, here, form, keep, "plan/goal.html")


@require_http_methods(["GET", "POST"])
@needs("orders.edit")
def close_goal(
    request: HttpRequest, program: Program, participant_id: Ids, episode_id: Ids, goal_id: Ids
) -> HttpResponse:
    """Close a goal, with what came of it."""
    here = _here(request, program, participant_id, episode_id)
    goal = get_object_or_404(here.episode.goals, public_id=goal_id)
    form = forms.CloseGoalForm(request.POST or None, today=here.today)

    def keep() -> str:
        actions.close_goal(goal=goal, **form.cleaned_data, by=here.by)
        return _("The goal is closed.")

    return _asked(request, here, form, keep, "plan/close_goal.html", goal=goal)


@require_POST
@needs("orders.edit")
def reopen_goal(
    request: HttpRequest, program: Program, participant_id: Ids, episode_id: Ids, goal_id: Ids
) -> HttpResponse:
    """Take back that a goal was closed."""
    here = _here(request, program, participant_id, episode_id)
    goal = get_object_or_404(here.episode.goals, public_id=goal_id)
    actions.reopen_goal(goal=goal, by=here.by)
    messages.success(request, _("The goal is open again."))
    return redirect(here.back)


@sensitive_post_parameters("signed_by_name")
@require_http_methods(["GET", "POST"])
@needs("orders.edit")
def new_certification(
    request: HttpRequest, program: Program, participant_id: Ids, episode_id: Ids
) -> HttpResponse:
    """Put a certification, or the next one, on record."""
    here = _here(request, program, participant_id, episode_id)
    form = forms.CertificationForm(request.POST or None, today=here.today)

    def keep() -> str:
        actions.add_certification(enrollment=here.episode, **form.cleaned_data, by=here.by)
        return _("The certification is on record.")

    return _asked(request, here, form, keep, "plan/certification.html")


@require_http_methods(["GET", "POST"])
@needs("orders.edit")
def withdraw_certification(
    request: HttpRequest,
    program: Program,
    participant_id: Ids,
    episode_id: Ids,
    certification_id: Ids,
) -> HttpResponse:
    """Ask, then take a certification that was a mistake off the plan."""
    here = _here(request, program, participant_id, episode_id)
    row = get_object_or_404(here.episode.certifications, public_id=certification_id)
    if request.method == "POST":
        actions.withdraw_certification(certification=row, now=here.now, by=here.by)
        messages.success(request, _("The certification is withdrawn."))
        return redirect(here.back)
    return _show(request, here, "plan/withdraw.html", certification=row)


@require_http_methods(["GET", "POST"])
@needs("orders.edit")
def new_determination(
    request: HttpRequest, program: Program, participant_id: Ids, episode_id: Ids
) -> HttpResponse:
    """Put a level-of-care determination on record."""
    here = _here(request, program, participant_id, episode_id)
    form = forms.DeterminationForm(
        request.POST or None, level_of_care=program.level_of_care, today=here.today
    )

    def keep() -> str:
        found = form.determination()
        actions.add_determination(enrollment=here.episode, determination=found, by=here.by)
        return _("The determination is on record.")

    return _asked(request, here, form, keep, "plan/determination.html")


@require_http_methods(["GET", "POST"])
@needs("orders.edit")
def withdraw_determination(
    request: HttpRequest,
    program: Program,
    participant_id: Ids,
    episode_id: Ids,
    determination_id: Ids,
) -> HttpResponse:
    """Ask, then take a determination that was a mistake off the plan."""
    here = _here(request, program, participant_id, episode_id)
    row = get_object_or_404(here.episode.determinations, public_id=determination_id)
    if request.method == "POST":
        actions.withdraw_determination(determination=row, now=here.now, by=here.by)
        messages.success(request, _("The determination is withdrawn."))
        return redirect(here.back)
    return _show(request, here, "plan/withdraw.html", determination=row)


def _here(request: HttpRequest, program: Program, participant_id: Ids, episode_id: Ids) -> Here:
    return here_of(request, program, participant_id, episode_id, now=timezone.now(), page=PAGE)


def _asked(
    request: HttpRequest,
    here: Here,
    form: RecordForm,
    keep: Callable[[], str],
    template: str,
    **shown: Any,
) -> HttpResponse:
    """Keep what the form asks for, and say so; where it is refused, show it again."""
    if form.is_valid():
        try:
            messages.success(request, keep())
            return redirect(here.back)
        except NotKept as refused:
            form.add_refusal(refused)
    return _show(request, here, template, form=form, **shown)


def _show(request: HttpRequest, here: Here, template: str, **shown: Any) -> HttpResponse:
    _audit_read(request, here.program, here.person.public_id)
    return render(request, template, {"frame": here.frame, "here": here, **shown})


def _audit_read(request: HttpRequest, program: Program, participant_id: Ids) -> None:
    write_audit(
        "participant.read",
        by=request.user,  # type: ignore[arg-type]
        participant_id=participant_id,
        program_id=program.public_id,
        page="plan",
    )
