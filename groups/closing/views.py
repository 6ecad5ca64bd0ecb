"""Days on which a program or its site holds no sessions: what there is, closing, opening again."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from groups.closing.actions import CannotClose, CannotOpen, close_days, open_again
from groups.closing.closures_page import closures_of, closures_page, may_remove
from groups.closing.forms import AskedForm, ClosingForm
from groups.closing.new_page import new_page
from groups.closing.remove_page import remove_page
from groups.closing.wording import span_words
from programs.access import Access, needs
from programs.models import Closure, Program
from programs.weeks import local_date

# What the button of the form that closes asks for; anything else only looks.
CLOSE = "close"
POST = "POST"
PARTS = {"what-falls": "closures/live.html", "outcome": "closures/outcome.html"}


@require_safe
@needs("closures.edit")
def closures(request: HttpRequest, program: Program) -> HttpResponse:
    """Show the closures coming and past, and the public holidays that could be next."""
    page = closures_page(program=program, access=_access(request), now=timezone.now())
    with timezone.override(program.zone):
        return render(request, "closures/closures.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("closures.edit")
def new(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what closing would do, and close."""
    form = _form(request, program)
    if request.POST.get("act") != CLOSE:
        form.is_valid()
        form.forget_errors()
    elif closed := _closed(request, form):
        _tell(request, _("Closed: %(days)s."), closed)
        return redirect("closures:closures", program.public_id)
    with timezone.override(program.zone):
        page = new_page(form=form, access=_access(request), now=timezone.now())
        template = PARTS.get(request.htmx.target, "closures/new.html")  # type: ignore[attr-defined]
        return render(request, template, {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("closures.edit")
def remove(request: HttpRequest, program: Program, closure_id: uuid.UUID) -> HttpResponse:
    """Show which sessions would come back, and bring them back."""
    closure = get_object_or_404(closures_of(program), public_id=closure_id)
    if request.method == POST:
        return _remove(request, program, closure)
    page = remove_page(
        closure=closure, program=program, access=_access(request), now=timezone.now()
    )
    with timezone.override(program.zone):
        return render(request, "closures/remove.html", {"page": page})


def _access(request: HttpRequest) -> Access:
    return request.access  # type: ignore[attr-defined]


def _form(request: HttpRequest, program: Program) -> ClosingForm:
    """Return the form as it was sent, or with the days that the address suggests."""
    return ClosingForm(
        request.POST if request.method == POST else None,
        program=program,
        today=local_date(timezone.now(), program.zone),
        may_close_site=_access(request).scope("programs.edit", program) is not None,
        initial=AskedForm(request.GET).values(),
    )


def _closed(request: HttpRequest, form: ClosingForm) -> Closure | None:
    """Close if the form allows it; where the action refuses, its words go to the form."""
    closure = form.closure() if form.is_valid() else None
    if closure is None:
        return None
    access = _access(request)
    answer = form.answered(access.programs_for("groups.edit"))
    try:
        return close_days(closure=closure, answer=answer, now=timezone.now(), by=access.user)
    except CannotClose as refused:
        form.add_refusal(refused)
        return None


def _remove(request: HttpRequest, program: Program, closure: Closure) -> HttpResponse:
    if not may_remove(closure, _access(request), program):
        raise PermissionDenied
    try:
        open_again(closure=closure, now=timezone.now(), by=_access(request).user)
    except CannotOpen as refused:
        messages.error(request, str(refused))
    else:
        _tell(request, _("Removed: %(days)s is open again."), closure)
    return redirect("closures:closures", program.public_id)


def _tell(request: HttpRequest, words: str, closure: Closure) -> None:
    today = local_date(timezone.now(), closure.site.zone)
    messages.success(
        request, words % {"days": span_words(closure.first_on, closure.last_on, today)}
    )
