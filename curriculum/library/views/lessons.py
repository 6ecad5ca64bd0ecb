"""A lesson: its page, its place, what comes before it, and its end."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.keeping import NotKept
from curriculum.library import actions
from curriculum.library.forms import LessonForm, NeedsForm, NewLessonForm
from curriculum.library.lesson_page import lesson_page
from curriculum.library.reading import lessons_in_order
from curriculum.library.views.shown import DRAFT, LESSON, LIBRARY, Visit, is_kept
from curriculum.models import Lesson, Module
from programs.access import needs
from programs.models import Program


@require_safe
@needs("curriculum.read")
def lesson(request: HttpRequest, program: Program, lesson_id: uuid.UUID) -> HttpResponse:
    """Show a lesson as a facilitator reads it."""
    visit = Visit(request, program)
    row = visit.lesson(lesson_id)
    return _lesson(visit, row, _needs_form(visit, row) if visit.may_edit else None)


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def new_lesson(request: HttpRequest, program: Program, module_id: uuid.UUID) -> HttpResponse:
    """Add a lesson to a module; its words are written next."""
    visit = Visit(request, program)
    module = visit.module(module_id)
    form = NewLessonForm(visit.posted, siblings=list(module.lessons.order_by("position", "name")))
    made: list[Lesson] = []

    def keep() -> None:
        made.append(actions.add_lesson(module=module, **form.lesson(), **visit.stamp))

    if is_kept(form, keep):
        words = _("The lesson is added as a draft. Write what it says, then publish it.")
        return visit.done(words, visit.address(DRAFT, made[0].public_id))
    return visit.shown("library/new_lesson.html", visit.address(LIBRARY), form=form, module=module)


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def change(request: HttpRequest, program: Program, lesson_id: uuid.UUID) -> HttpResponse:
    """Name a lesson anew, make it core or elective, or put it into another module."""
    visit = Visit(request, program)
    row = visit.lesson(lesson_id)
    modules = Module.objects.visible_to(visit.by).filter(track__program=program)
    in_order = modules.select_related("track").order_by("track__position", "position", "name")
    form = LessonForm(visit.posted, lesson=row, modules=in_order)

    def keep() -> None:
        actions.change_lesson(lesson=row, **form.cleaned_data, by=visit.by)

    back = visit.address(LESSON, lesson_id)
    if is_kept(form, keep):
        return visit.done(_("Saved."), back)
    return visit.shown("library/change_lesson.html", back, form=form, lesson=row)


@require_POST
@needs("curriculum.edit")
def move(request: HttpRequest, program: Program, lesson_id: uuid.UUID) -> HttpResponse:
    """Move a lesson one place up or down in its module."""
    visit = Visit(request, program)
    actions.move_lesson(lesson=visit.lesson(lesson_id), is_up="up" in request.POST, by=visit.by)
    return redirect(f"{visit.address(LIBRARY)}?arrange=1#at-{lesson_id}")


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def retire(request: HttpRequest, program: Program, lesson_id: uuid.UUID) -> HttpResponse:
    """Ask, then take a lesson out of use."""
    visit = Visit(request, program)
    row, back = visit.lesson(lesson_id), visit.address(LESSON, lesson_id)
    if request.method == "POST":
        try:
            actions.retire_lesson(lesson=row, now=timezone.now(), by=visit.by)
        except NotKept as refused:
            return visit.refused(refused, back)
        return visit.done(_("The lesson is retired. What was taught of it stays."), back)
    return visit.shown("library/retire.html", back, lesson=row)


@require_POST
@needs("curriculum.edit")
def bring_back(request: HttpRequest, program: Program, lesson_id: uuid.UUID) -> HttpResponse:
    """Take a lesson into use again."""
    visit = Visit(request, program)
    actions.bring_back_lesson(lesson=visit.lesson(lesson_id), by=visit.by)
    return visit.done(_("The lesson is in use again."), visit.address(LESSON, lesson_id))


@require_POST
@needs("curriculum.edit")
def add_need(request: HttpRequest, program: Program, lesson_id: uuid.UUID) -> HttpResponse:
    """Have the lesson need another one; a circle is refused on the same page."""
    visit = Visit(request, program)
    row = visit.lesson(lesson_id)
    form = _needs_form(visit, row)

    def keep() -> None:
        actions.add_prerequisite(lesson=row, **form.cleaned_data, by=visit.by)

    if is_kept(form, keep):
        return visit.done(_("Saved."), visit.address(LESSON, lesson_id))
    return _lesson(visit, row, form)


@require_POST
@needs("curriculum.edit")
def remove_need(
    request: HttpRequest, program: Program, lesson_id: uuid.UUID, needed_id: uuid.UUID
) -> HttpResponse:
    """Have the lesson no longer need another one."""
    visit = Visit(request, program)
    row, needed = visit.lesson(lesson_id), visit.lesson(needed_id)
    actions.remove_prerequisite(lesson=row, needs=needed, by=visit.by)
    return visit.done(_("Saved."), visit.address(LESSON, lesson_id))


def _needs_form(visit: Visit, lesson: Lesson) -> NeedsForm:
    others = lessons_in_order(visit.program, visit.by).exclude(pk=lesson.pk)
    return NeedsForm(visit.posted, others=others.exclude(needed_by__lesson=lesson))


def _lesson(visit: Visit, lesson: Lesson, form: NeedsForm | None) -> HttpResponse:
    page = lesson_page(visit.program, lesson, tabs=visit.tabs, may_edit=visit.may_edit, form=form)
    return render(visit.request, "library/lesson.html", {"page": page, "form": form})
