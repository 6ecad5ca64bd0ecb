"""Handouts of lessons: opened by anybody who teaches, added and taken off in a draft."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.keeping import NotKept
from accounts.uploads import takes_files_up_to, too_large
from curriculum.handouts import actions
from curriculum.handouts.draft_page import draft_handouts
from curriculum.handouts.forms import FileForm, PageForm
from curriculum.handouts.markup import blocks_of
from curriculum.handouts.opening import file_name, open_handout
from curriculum.library.views.shown import LESSON, Visit, is_kept
from curriculum.models import Handout, LessonVersion
from programs.access import needs
from programs.agreements.files import CannotOpen
from programs.models import Program
from programs.models.document import LARGEST

log = structlog.get_logger(__name__)
DRAFT = "handouts:draft"


@require_safe
@needs("curriculum.read")
def handout(request: HttpRequest, program: Program, handout_id: uuid.UUID) -> HttpResponse:
    """Give a file as it was uploaded, or our own page as a PDF."""
    visit = Visit(request, program)
    found = _handout(visit, handout_id)
    try:
        content, content_type = open_handout(found)
    except CannotOpen:
        log.error("handout_cannot_be_opened", handout=str(found.public_id))
        back = visit.address(LESSON, found.lesson.public_id)
        return visit.not_found("handouts/cannot_open.html", back)
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(found, content_type)}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


@require_safe
@needs("curriculum.edit")
def draft(request: HttpRequest, program: Program, version_id: uuid.UUID) -> HttpResponse:
    """Show the handouts of a draft, with all that changes them."""
    visit = Visit(request, program)
    version = _draft(visit, version_id)
    back = visit.address(LESSON, version.lesson.public_id)
    return visit.shown(
        "handouts/draft.html", back, page=draft_handouts(version), lesson=version.lesson
    )


@takes_files_up_to(LARGEST)
@require_http_methods(["GET", "HEAD", "POST"])
@needs("curriculum.edit")
def new_file(request: HttpRequest, program: Program, version_id: uuid.UUID) -> HttpResponse:
    """Upload a handout."""
    visit = Visit(request, program)
    version = _draft(visit, version_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FileForm(*sent, too_large=too_large(request))

    def keep() -> None:
        actions.add_file(version=version, **form.file(), **visit.stamp)

    back = visit.address(DRAFT, version_id)
    if is_kept(form, keep):
        return visit.done(_("The handout is added to the draft."), back)
    return visit.shown("handouts/file.html", back, form=form, lesson=version.lesson)


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def new_page(request: HttpRequest, program: Program, version_id: uuid.UUID) -> HttpResponse:
    """Write a page that is printed here."""
    return _page(Visit(request, program), version_id, None)


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def change_page(
    request: HttpRequest, program: Program, version_id: uuid.UUID, handout_id: uuid.UUID
) -> HttpResponse:
    """Write a page anew; it takes the place of the one before in the draft."""
    visit = Visit(request, program)
    pages = Handout.objects.visible_to(visit.by).filter(versions__version__public_id=version_id)
    before = get_object_or_404(pages.exclude(text=""), public_id=handout_id)
    return _page(visit, version_id, before)


@require_POST
@needs("curriculum.edit")
def move(
    request: HttpRequest, program: Program, version_id: uuid.UUID, handout_id: uuid.UUID
) -> HttpResponse:
    """Move a handout one place up or down."""

    def act(version: LessonVersion, found: Handout, visit: Visit) -> None:
        is_up = "up" in request.POST
        actions.move_handout(version=version, handout=found, is_up=is_up, by=visit.by)

    return _acted(Visit(request, program), version_id, handout_id, act)


@require_POST
@needs("curriculum.edit")
def take_off(
    request: HttpRequest, program: Program, version_id: uuid.UUID, handout_id: uuid.UUID
) -> HttpResponse:
    """Take a handout off the draft."""

    def act(version: LessonVersion, found: Handout, visit: Visit) -> None:
        actions.take_off(version=version, handout=found, by=visit.by)

    return _acted(Visit(request, program), version_id, handout_id, act)


@require_POST
@needs("curriculum.edit")
def put_back(
    request: HttpRequest, program: Program, version_id: uuid.UUID, handout_id: uuid.UUID
) -> HttpResponse:
    """Add a handout that the lesson had before to the draft."""

    def act(version: LessonVersion, found: Handout, visit: Visit) -> None:
        actions.put_back(version=version, handout=found, by=visit.by)

    return _acted(Visit(request, program), version_id, handout_id, act)


def _page(visit: Visit, version_id: uuid.UUID, before: Handout | None) -> HttpResponse:
    """Write a page, with a look at it as often as one likes before it is kept."""
    version = _draft(visit, version_id)
    form = PageForm(visit.posted, page=before)

    def keep() -> None:
        sent = {**form.cleaned_data, **visit.stamp}
        actions.add_page(version=version, instead_of=before, **sent)

    back = visit.address(DRAFT, version_id)
    if "preview" not in visit.request.POST and is_kept(form, keep):
        return visit.done(_("The page is in the draft."), back)
    preview = blocks_of(form["text"].value() or "")
    shown = {"form": form, "preview": preview, "lesson": version.lesson}
    return visit.shown("handouts/page.html", back, **shown)


def _acted(
    visit: Visit,
    version_id: uuid.UUID,
    handout_id: uuid.UUID,
    act: Callable[[LessonVersion, Handout, Visit], None],
) -> HttpResponse:
    version, found = _draft(visit, version_id), _handout(visit, handout_id)
    back = visit.address(DRAFT, version_id)
    try:
        act(version, get_object_or_404(version.lesson.handouts, pk=found.pk), visit)
    except NotKept as refused:
        return visit.refused(refused, visit.address(LESSON, version.lesson.public_id))
    return redirect(back)


def _draft(visit: Visit, version_id: uuid.UUID) -> LessonVersion:
    """Return the draft, or raise Http404; a published version has no page here."""
    drafts = LessonVersion.objects.visible_to(visit.by).filter(
        lesson__module__track__program=visit.program, published_at=None
    )
    return get_object_or_404(drafts.select_related("lesson__module__track"), public_id=version_id)


def _handout(visit: Visit, handout_id: uuid.UUID) -> Handout:
    found = Handout.objects.visible_to(visit.by).filter(
        lesson__module__track__program=visit.program
    )
    return get_object_or_404(found.select_related("lesson"), public_id=handout_id)
