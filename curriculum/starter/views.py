"""Libraries that a program can begin with."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curriculum.files.actions import CannotImport
from curriculum.starter.adding import add_starters
from curriculum.starter.forms import StarterForm
from curriculum.starter.page import starter_page
from programs.access import needs
from programs.models import Program

# What the second button asks for; the first one only wants to see what is added.
SAVE = "save"


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def starter(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what there is, what of it would be added, and add it."""
    form = StarterForm(request.POST or None)
    if request.POST.get("act") == SAVE and form.is_valid() and _is_added(request, program, form):
        return redirect("library:library", program.public_id)
    page = starter_page(request.access, program, form)  # type: ignore[attr-defined]
    return render(request, "starter/starter.html", {"page": page, "form": form})


def _is_added(request: HttpRequest, program: Program, form: StarterForm) -> bool:
    try:
        done = add_starters(
            program=program,
            starters=form.starters(),
            seen=form.cleaned_data["seen"] or "unseen",
            now=timezone.now(),
            by=request.user,  # type: ignore[arg-type]
        )
    except CannotImport as refused:
        form.add_error(None, str(refused))
        return False
    words = _("%(n)d lessons are in the library.") % {"n": len(done.new)}
    messages.success(request, words)
    return True
