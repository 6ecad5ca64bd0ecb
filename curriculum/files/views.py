"""The library as CSV, out and in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from curriculum.files.actions import CannotImport, import_library
from curriculum.files.forms import LibraryForm, as_kept
from curriculum.files.page import Shown, files_page, shown_of
from curriculum.files.written import curriculum_csv
from programs.access import needs
from programs.models import Program
from programs.table_file import file_answer

# What the second button asks for; the first one only wants to see what the file does.
SAVE = "save"


@require_http_methods(["GET", "POST"])
@needs("curriculum.edit")
def files(request: HttpRequest, program: Program) -> HttpResponse:
    """Offer the library as a file; look at one that is brought, and put it in."""
    form = LibraryForm(request.POST or None, request.FILES or None)
    shown = shown_of(form.cleaned_data["content"], program) if form.is_valid() else None
    if shown and shown.plan.has_changes and request.POST.get("act") == SAVE:
        if _is_put_in(request, program, form, shown):
            return redirect("library:library", program.public_id)
        shown = shown_of(form.cleaned_data["content"], program)
    page = files_page(request.access, program, shown)  # type: ignore[attr-defined]
    kept = as_kept(form.cleaned_data["content"]) if shown else ""
    context = {"page": page, "form": form, "kept": kept}
    return render(request, "curriculum_files/files.html", context)


@require_safe
@needs("curriculum.edit")
def curriculum(request: HttpRequest, program: Program) -> HttpResponse:
    """Give the library as curriculum.csv."""
    return file_answer(curriculum_csv(program), name="curriculum", kind="csv")


def _is_put_in(request: HttpRequest, program: Program, form: LibraryForm, shown: Shown) -> bool:
    try:
        import_library(
            program=program,
            entries=shown.checked.entries,
            seen=form.cleaned_data["seen"] or "unseen",
            note=form.cleaned_data["note"],
            now=timezone.now(),
            by=request.user,  # type: ignore[arg-type]
        )
    except CannotImport as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("The file is in the library."))
    return True
