"""The site map with refusals of one word: a walk meets thousands, and their pages are all alike."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from iop.urls import handler500, urlpatterns

__all__ = ["handler500", "urlpatterns"]


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refuse."""
    return HttpResponse("No.", status=403)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Know of no such page."""
    return HttpResponse("Nothing.", status=404)
