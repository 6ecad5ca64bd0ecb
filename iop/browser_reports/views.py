"""Takes the reports of browsers that refused something on a page of ours."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import structlog
from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

LARGEST = 16 * 1024
# A broken page reports at each load; a few lines tell as much as a thousand.
OFTEN = {"report": "20/1m/ip"}
LONGEST_WORD = 80

log = structlog.get_logger(__name__)


@csrf_exempt
@require_POST
@login_not_required
def report(request: HttpRequest) -> HttpResponse:
    """Write one log line: which rule, whose resource, on which page. Never the page's question."""
    if ratelimit.consume(request, app="iop.reports", action="report", config=OFTEN) is None:
        return HttpResponse(status=429)
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        return HttpResponse(status=413)
    told = facts(body)
    if told is None:
        return HttpResponse(status=400)
    log.warning("browser_refused", **told)
    return HttpResponse(status=204)


def facts(body: bytes) -> dict[str, str] | None:
    """Return directive, origin of what was refused and path of the page; None for no report.

    Browsers send `{"csp-report": {...}}` or a list of `{"type": "csp-violation", "body": {...}}`.
    """
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(sent, list):
        sent = next((each for each in sent if isinstance(each, dict)), {}).get("body")
    elif isinstance(sent, dict):
        sent = sent.get("csp-report")
    return _told(sent) if isinstance(sent, dict) else None


def _told(sent: dict[str, Any]) -> dict[str, str]:
    directive = sent.get("effective-directive") or sent.get("effectiveDirective")
    blocked = sent.get("blocked-uri") or sent.get("blockedURL")
    page = sent.get("document-uri") or sent.get("documentURL")
    return {
        "directive": _word(directive),
        "blocked": _origin(blocked),
        "page": _path(page),
    }


def _word(text: Any) -> str:
    """Return a short word of letters; what else somebody may send is none."""
    word = text[:LONGEST_WORD] if isinstance(text, str) else ""
    return word if word.replace("-", "").isalnum() else ""


def _origin(address: Any) -> str:
    try:
        found = urlsplit(address if isinstance(address, str) else "")
        host = found.hostname or ""
    except ValueError:
        return ""
    return f"{_word(found.scheme)}://{host[:LONGEST_WORD]}" if host else _word(address)


def _path(address: Any) -> str:
    """Return the page's path: it holds public ids only, and its question is cut off."""
    try:
        return urlsplit(address if isinstance(address, str) else "").path[:200]
    except ValueError:
        return ""
