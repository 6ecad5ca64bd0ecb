"""What a program requires: its rules, its core lessons, what a jurisdiction demands."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum.models import CurriculumRule, RequiredTopic
from curriculum.requiring.actions import core as core_actions
from curriculum.requiring.actions import rules as rule_actions
from curriculum.requiring.actions import topics as topic_actions
from curriculum.requiring.answering import answer, done_or_why
from curriculum.requiring.forms import CoreForm, ListForm, RuleForm, TopicForm
from curriculum.requiring.listed import topics_there
from curriculum.requiring.page import (
    lessons_for_topic,
    lessons_to_choose,
    requirements_page,
    suggested_start,
)
from programs.access import needs
from programs.models import Program
from programs.weeks import local_date


@require_safe
@needs("curriculum.read")
def requirements(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what the program requires, today and from later dates on."""
    today = local_date(timezone.now(), program.zone)
    page = requirements_page(program=program, access=request.access, today=today)  # type: ignore[attr-defined]
    return render(request, "requiring/requirements.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs("curriculum.require")
def new_rule(request: HttpRequest, program: Program) -> HttpResponse:
    """Add a rule that begins on some date; what held before is filled in."""
    today = local_date(timezone.now(), program.zone)
    before = program.curriculum_rules.order_by("effective_from").last()
    start = suggested_start(program, before, today)
    said = before or CurriculumRule(program=program)
    form = RuleForm(request.POST or None, program=program, said=said, effective_from=start)

    def keep() -> str:
        rule_actions.add_curriculum_rule(rule=form.rule(), today=today, by=request.user)  # type: ignore[arg-type]
        return _("The rule is added.")

    return answer(request, program, form, keep, template="rule", before=before)


@require_http_methods(["GET", "POST"])
@needs("curriculum.require")
def rule(request: HttpRequest, program: Program, rule_id: uuid.UUID) -> HttpResponse:
    """Change a rule that has not begun."""
    today = local_date(timezone.now(), program.zone)
    found = get_object_or_404(program.curriculum_rules, public_id=rule_id)
    start = found.effective_from
    form = RuleForm(request.POST or None, program=program, said=found, effective_from=start)

    def keep() -> str:
        wanted = form.rule()
        rule_actions.change_curriculum_rule(rule=found, wanted=wanted, today=today, by=request.user)  # type: ignore[arg-type]
        return _("The rule is saved.")

    has_begun = start <= today
    return answer(request, program, form, keep, template="rule", rule=found, has_begun=has_begun)


@require_POST
@needs("curriculum.require")
def delete_rule(request: HttpRequest, program: Program, rule_id: uuid.UUID) -> HttpResponse:
    """Take back a rule that has not begun."""
    found = get_object_or_404(program.curriculum_rules, public_id=rule_id)
    today = local_date(timezone.now(), program.zone)

    def delete() -> None:
        rule_actions.delete_curriculum_rule(rule=found, today=today, by=request.user)  # type: ignore[arg-type]

    return done_or_why(request, program, delete, _("The rule is deleted."))


@require_http_methods(["GET", "POST"])
@needs("curriculum.require")
def core(request: HttpRequest, program: Program) -> HttpResponse:
    """Tick which lessons everybody is to receive, and save them all at once."""
    lessons = list(lessons_to_choose(program))
    ticked = [lesson for lesson in lessons if lesson.is_core]
    form = CoreForm(request.POST or None, lessons=lessons, ticked=ticked)

    def keep() -> str:
        wanted = [lesson.public_id for lesson in form.chosen()]
        changed = core_actions.change_core_lessons(
            program=program,
            core=wanted,
            was=form.was(),
            by=request.user,  # type: ignore[arg-type]
        )
        return _changed(changed)

    return answer(request, program, form, keep, template="core")


@require_http_methods(["GET", "POST"])
@needs("curriculum.require")
def new_topic(request: HttpRequest, program: Program) -> HttpResponse:
    """Add something that a jurisdiction demands, with the lessons that meet it."""
    today = local_date(timezone.now(), program.zone)
    lessons = lessons_to_choose(program)
    blank = RequiredTopic(program=program, first_on=today)
    form = TopicForm(request.POST or None, topic=blank, lessons=lessons, ticked=())

    def keep() -> str:
        topic_actions.add_topic(topic=form.topic(), lessons=form.chosen(), by=request.user)  # type: ignore[arg-type]
        return _("The topic is added.")

    return answer(request, program, form, keep, template="topic")


@require_http_methods(["GET", "POST"])
@needs("curriculum.require")
def topic(request: HttpRequest, program: Program, topic_id: uuid.UUID) -> HttpResponse:
    """Change a topic: what it says, until when it is demanded, which lessons meet it."""
    found = get_object_or_404(program.required_topics, public_id=topic_id)
    lessons, meets = lessons_for_topic(found)
    form = TopicForm(request.POST or None, topic=found, lessons=lessons, ticked=meets)

    def keep() -> str:
        wanted, chosen = form.topic(), form.chosen()
        topic_actions.change_topic(topic=found, wanted=wanted, lessons=chosen, by=request.user)  # type: ignore[arg-type]
        return _("The topic is saved.")

    return answer(request, program, form, keep, template="topic", topic=found)


@require_http_methods(["GET", "POST"])
@needs("curriculum.require")
def topics_of_state(request: HttpRequest, program: Program) -> HttpResponse:
    """Show a ready-made list before it is added, and add what of it is not there yet."""
    today = local_date(timezone.now(), program.zone)
    asked = {"jurisdiction": request.GET.get("state", ""), "first_on": today}
    form = ListForm(request.POST or None, initial=asked)
    chosen = form.chosen
    there = topics_there(program, chosen) if chosen else set()

    def keep() -> str:
        state, first_on = form.chosen, form.cleaned_data["first_on"]
        added = topic_actions.add_topics_of(
            jurisdiction=state,  # type: ignore[arg-type]
            program=program,
            first_on=first_on,
            by=request.user,  # type: ignore[arg-type]
        )
        return _added(added)

    return answer(request, program, form, keep, template="state", state=chosen, there=there)


def _changed(count: int) -> str:
    if not count:
        return _("Nothing has changed.")
    words = ngettext("%(count)s lesson is changed.", "%(count)s lessons are changed.", count)
    return words % {"count": count}


def _added(count: int) -> str:
    if not count:
        return _("All of them are there already.")
    words = ngettext(
        "%(count)s topic is added. Now say which lessons meet it.",
        "%(count)s topics are added. Now say which lessons meet them.",
        count,
    )
    return words % {"count": count}
