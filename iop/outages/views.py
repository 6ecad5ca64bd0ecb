"""The answer where a page failed: 503 in words while something is away, else the usual 500."""

from __future__ import annotations

import sys

import structlog
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error as broken

from iop.outages.telling import DATABASE, what_is_away

# What a browser or a proxy is asked to wait before it tries again.
AGAIN_SECONDS = 5
log = structlog.get_logger(__name__)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a request whose exception is being handled.

    Django calls this for the outermost middleware as for a view, so nothing slips by: a session
    that cannot be read fails long before a view is found.
    """
    error = sys.exc_info()[1]
    away = what_is_away(error)
    if away is None:
        return broken(request)
    log.error("away", what=away, error=type(error).__name__)
    words = loader.render_to_string("503.html", {"is_database": away == DATABASE})
    headers = {"Retry-After": str(AGAIN_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(words, status=503, headers=headers)
