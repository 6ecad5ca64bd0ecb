"""The site map with an empty page besides: what a request costs before a page does anything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from iop.urls import urlpatterns as site


def empty(request: HttpRequest) -> HttpResponse:
    """Answer with nothing, to somebody who is signed in."""
    return HttpResponse()


urlpatterns = [*site, path("empty/", empty, name="empty")]
