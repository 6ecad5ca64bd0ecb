"""The library, and the forms of its tracks and modules."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum.library import actions
from curriculum.library.asked import asked_in
from curriculum.library.forms import ModuleForm, NewModuleForm, TrackForm
from curriculum.library.shelves_page import library_page
from curriculum.library.views.shown import LIBRARY, Visit, is_kept
from curriculum.models import Subject, Track
from programs.access import needs
from programs.models import Program


@require_safe
@needs("curriculum.read")
def library(request: HttpRequest, program: Program) -> HttpResponse:
    """Show all tracks with their modules and lessons, or those that are asked for."""
    visit = Visit(request, program)
    asked = asked_in(request.GET)
    page = library_page(program, visit.by, asked, tabs=visit.tabs, may_edit=visit.may_edit)
    shown = {"page": page, "subjects": Subject.choices}
    return render(request, "library/library.html", shown)


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def new_track(request: HttpRequest, program: Program) -> HttpResponse:
    """Add a track."""
    visit = Visit(request, program)
    form = TrackForm(visit.posted)

    def keep() -> None:
        actions.add_track(program=program, **form.cleaned_data, by=visit.by)

    if is_kept(form, keep):
        return visit.done(_("The track is added. Now add a module to it."), _arranging(visit))
    return visit.shown("library/track.html", visit.address(LIBRARY), form=form)


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def track(request: HttpRequest, program: Program, track_id: uuid.UUID) -> HttpResponse:
    """Name a track anew, or say what it is about."""
    visit = Visit(request, program)
    row = visit.track(track_id)
    form = TrackForm(visit.posted, track=row)

    def keep() -> None:
        actions.change_track(track=row, **form.cleaned_data, by=visit.by)

    if is_kept(form, keep):
        return visit.done(_("Saved."), _arranging(visit))
    return visit.shown("library/track.html", _arranging(visit), form=form, track=row)


@require_POST
@needs("curriculum.edit")
def move_track(request: HttpRequest, program: Program, track_id: uuid.UUID) -> HttpResponse:
    """Move a track one place up or down."""
    visit = Visit(request, program)
    actions.move_track(track=visit.track(track_id), is_up="up" in request.POST, by=visit.by)
    return redirect(_arranging(visit, track_id))


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def new_module(request: HttpRequest, program: Program, track_id: uuid.UUID) -> HttpResponse:
    """Add a module to a track."""
    visit = Visit(request, program)
    row = visit.track(track_id)
    form = NewModuleForm(visit.posted)

    def keep() -> None:
        actions.add_module(track=row, **form.cleaned_data, by=visit.by)

    if is_kept(form, keep):
        return visit.done(_("The module is added. Now add a lesson to it."), _arranging(visit))
    return visit.shown("library/module.html", _arranging(visit), form=form, track=row)


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def module(request: HttpRequest, program: Program, module_id: uuid.UUID) -> HttpResponse:
    """Name a module anew, or put it into another track."""
    visit = Visit(request, program)
    row = visit.module(module_id)
    tracks = Track.objects.visible_to(visit.by).filter(program=program)
    form = ModuleForm(visit.posted, module=row, tracks=tracks)

    def keep() -> None:
        actions.change_module(module=row, **form.cleaned_data, by=visit.by)

    if is_kept(form, keep):
        return visit.done(_("Saved."), _arranging(visit))
    return visit.shown("library/module.html", _arranging(visit), form=form, module=row)


@require_POST
@needs("curriculum.edit")
def move_module(request: HttpRequest, program: Program, module_id: uuid.UUID) -> HttpResponse:
    """Move a module one place up or down in its track."""
    visit = Visit(request, program)
    actions.move_module(module=visit.module(module_id), is_up="up" in request.POST, by=visit.by)
    return redirect(_arranging(visit, module_id))


def _arranging(visit: Visit, at: uuid.UUID | None = None) -> str:
    """Return the library's address, with all that changes it shown, at one of its rows."""
    return f"{visit.address(LIBRARY)}?arrange=1" + (f"#at-{at}" if at else "")
