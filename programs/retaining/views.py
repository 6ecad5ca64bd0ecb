"""How long records are kept, and which must not be destroyed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from programs.access import needs
from programs.models import Program


@require_http_methods(["GET", "POST"])
@needs("retention.manage")
def retention(request: HttpRequest, program: Program) -> HttpResponse:
    """Show the rule, what has run out, and the holds."""
    raise NotImplementedError
