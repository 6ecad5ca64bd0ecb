"""How a draft of a rule is answered: written, tried, its people shown, saved. Nothing is kept
between the steps but what the form sends again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.audit import write_audit
from accounts.keeping import NotKept, check
from groups.clinic_settings.answering import is_kept
from groups.clinic_settings.beginning import not_in_the_past
from hours.ruling.forms import DATE, HoursRuleForm, StartForm, TrialForm
from hours.ruling.presets import filled_from
from hours.ruling.preview import preview_of
from programs.models import HoursRule, Program
from programs.weeks import local_date


class Step(StrEnum):
    """What is asked of a draft that is sent."""

    WRITE = "write"
    PREVIEW = "preview"
    PEOPLE = "people"
    SAVE = "save"


def step_of(request: HttpRequest) -> Step:
    """Return what is asked of the draft; without a button it is the preview."""
    if request.method != "POST":
        return Step.WRITE
    try:
        return Step(request.POST.get("step", Step.PREVIEW))
    except ValueError:
        return Step.PREVIEW


def draft_form(
    request: HttpRequest, *, rule: HoursRule, said: HoursRule, start: date, trial: bool = False
) -> HoursRuleForm:
    """Return the form of a draft: as it was sent, or filled in from `said` and a known rule."""
    kind = TrialForm if trial else HoursRuleForm
    data = None
    if request.method == "POST":
        data = request.POST.copy()
        if f"{DATE}_0" not in data:  # of a rule that was only tried so far
            for place, part in enumerate((start.month, start.day, start.year)):
                data[f"{DATE}_{place}"] = str(part)
    elif preset := StartForm(request.GET).preset():
        said = filled_from(preset, said)
    return kind(data, rule=rule, said=said, effective_from=start)


def draft_page(
    request: HttpRequest, program: Program, form: HoursRuleForm, now: datetime, **shown: Any
) -> HttpResponse:
    """Show the preview that was asked for; else the form, with its mistakes where there are."""
    step = step_of(request)
    today = local_date(now, program.zone)
    asked = step in (Step.PREVIEW, Step.PEOPLE)
    if asked and is_kept(form, lambda: _would_be_kept(form, today)):
        page = preview_of(form, now=now, with_people=step is Step.PEOPLE)
        if step is Step.PEOPLE:
            _put_on_trail(request, program, len(page.people or ()))
        return render(request, "rules/preview.html", {"page": page, "form": form, **shown})
    start = StartForm(request.GET)
    context = {"program": program, "form": form, "start": start, **shown}
    return render(request, "rules/rule.html", context)


def back(request: HttpRequest, program: Program, words: str) -> HttpResponse:
    """Lead back to the rules, which say that it is done."""
    messages.success(request, words)
    return redirect("rules:rules", program.public_id)


def done_or_why(
    request: HttpRequest, program: Program, act: Callable[[], object], words: str
) -> HttpResponse:
    """Do it and lead back to the rules; they say that it is done, or why it is not."""
    try:
        act()
    except NotKept as why:
        for said in why.words.values():
            messages.error(request, " ".join(map(str, said)))
        return redirect("rules:rules", program.public_id)
    return back(request, program, words)


def _would_be_kept(form: HoursRuleForm, today: date) -> None:
    """Find out before it is saved what would stop it. Raises NotKept."""
    if not form.is_trial:
        rule = form.rule()
        not_in_the_past(rule, today)
        check(rule, otherwise=DATE)


def _put_on_trail(request: HttpRequest, program: Program, people: int) -> None:
    write_audit(
        "hours_rule.people_shown",
        by=request.user,  # type: ignore[arg-type]
        subject=program,
        program_id=program.public_id,
        people=people,
    )
