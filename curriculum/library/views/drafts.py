"""Drafts and versions of a lesson: begun, written, held against each other, published, dropped."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.keeping import NotKept
from curriculum.library import actions
from curriculum.library.changes_page import changes_page
from curriculum.library.forms import PublishForm, WordsForm
from curriculum.library.publishing import publish_page
from curriculum.library.version_words import version_lines, version_words
from curriculum.library.views.shown import DRAFT, LESSON, Visit
from curriculum.library.views.together import publish_here, save_draft
from curriculum.models import LessonVersion
from programs.access import needs
from programs.models import Program


@require_POST
@needs("curriculum.edit")
def start(request: HttpRequest, program: Program, lesson_id: uuid.UUID) -> HttpResponse:
    """Begin a draft that says what the latest version does; an open one is gone on with."""
    visit = Visit(request, program)
    actions.start_draft(lesson=visit.lesson(lesson_id), by=visit.by, now=timezone.now())
    return redirect(visit.address(DRAFT, lesson_id))


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def draft(request: HttpRequest, program: Program, lesson_id: uuid.UUID) -> HttpResponse:
    """Write a draft; what is sent for one that is no draft any more goes to a new one."""
    visit, now = Visit(request, program), timezone.now()
    version = visit.draft(visit.lesson(lesson_id))
    if version is None:
        if request.method != "POST":
            return _no_draft(visit, lesson_id)
        version = actions.start_draft(lesson=visit.lesson(lesson_id), by=visit.by, now=now)
    form = WordsForm(visit.posted, version=version)
    saved = save_draft(visit, version, form, now=now)
    if saved.is_kept:
        if "handouts" in request.POST:
            return redirect(visit.address("handouts:draft", version.public_id))
        return visit.done(_("The draft is saved."), visit.address(LESSON, lesson_id))
    shown = {"form": form, "version": version, "lesson": version.lesson, "saved": saved}
    return visit.shown("library/draft.html", visit.address(LESSON, lesson_id), **shown)


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def publish(request: HttpRequest, program: Program, lesson_id: uuid.UUID) -> HttpResponse:
    """Show what is new in a draft, and publish it."""
    visit = Visit(request, program)
    version = visit.draft(visit.lesson(lesson_id))
    if version is None:
        return _no_draft(visit, lesson_id)
    form = PublishForm(visit.posted, version=version)
    if publish_here(visit, version, form, now=timezone.now()):
        words = _("Version %(number)s is published and is taught from now on.")
        return visit.done(words % {"number": version.number}, visit.address(LESSON, lesson_id))
    page = publish_page(version, program.zone)
    back = visit.address(LESSON, lesson_id)
    return visit.shown("library/publish.html", back, form=form, page=page, lesson=version.lesson)


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def drop(request: HttpRequest, program: Program, lesson_id: uuid.UUID) -> HttpResponse:
    """Ask, then throw a draft away."""
    visit = Visit(request, program)
    version = visit.draft(visit.lesson(lesson_id))
    if version is None:
        return _no_draft(visit, lesson_id)
    back = visit.address(LESSON, lesson_id)
    if request.method == "POST":
        try:
            actions.drop_draft(version=version, by=visit.by)
        except NotKept as refused:
            return visit.refused(refused, back)
        return visit.done(_("The draft is dropped. The lesson is as it was."), back)
    shown = {"version": version, "lesson": version.lesson}
    return visit.shown("library/drop.html", back, **shown)


@require_safe
@needs("curriculum.read")
def version(
    request: HttpRequest, program: Program, lesson_id: uuid.UUID, version_id: uuid.UUID
) -> HttpResponse:
    """Show a version as it is read."""
    visit = Visit(request, program)
    lesson = visit.lesson(lesson_id)
    rows = LessonVersion.objects.visible_to(visit.by).filter(lesson=lesson)
    found = get_object_or_404(
        rows.select_related("written_by", "published_by"), public_id=version_id
    )
    line = version_lines([found], program.zone)[0]
    shown = {"lesson": lesson, "line": line, "words": version_words(found)}
    return visit.shown("library/version.html", visit.address(LESSON, lesson_id), **shown)


@require_safe
@needs("curriculum.read")
def changes(request: HttpRequest, program: Program, lesson_id: uuid.UUID) -> HttpResponse:
    """Show what changed between two versions."""
    visit = Visit(request, program)
    page = changes_page(program, visit.lesson(lesson_id), request.GET, tabs=visit.tabs)
    return render(request, "library/changes.html", {"page": page})


def _no_draft(visit: Visit, lesson_id: uuid.UUID) -> HttpResponse:
    """Say that somebody was first."""
    refusal = NotKept({"": [_("There is no draft any more: it is published or dropped.")]})
    return visit.refused(refusal, visit.address(LESSON, lesson_id))
