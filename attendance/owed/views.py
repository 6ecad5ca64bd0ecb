"""What is owed in a program, or by oneself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from attendance.owed.forms import OwedForm
from attendance.owed.page import owed_page
from programs.access import Access, needs
from programs.models import Program


@require_safe
@needs("attendance.mark")
def owed(request: HttpRequest, program: Program) -> HttpResponse:
    """Show which sessions wait to be recorded, signed and co-signed."""
    access: Access = request.access  # type: ignore[attr-defined]
    page = owed_page(program=program, form=OwedForm(request.GET), access=access, now=timezone.now())
    return render(request, "owed/owed.html", {"page": page})
