"""Puts on the trail whom a request showed, and what it was refused, where its view did not.

So a page that is added later leaves its line as well. The line is committed before the page goes
out: what the trail cannot hold, nobody gets to read.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.html import escape

from accounts.audit import lines_of_request, write_audit
from accounts.models import AuditEvent
from programs.models import Enrollment
from programs.named import NamedPerson, people_named

READ = "participant.read"
# What a view's own line says at its end, where it tells of a reading, and where of a refusal.
READINGS = {"read", "exported", "printed", "searched", "compared"}
REFUSALS = {"refused", "limited"}
REFUSED = {403, 404, 429}
# Beyond this, names are not looked up in the page: all that it was made of count as shown.
MOST_LOOKED_UP = 200


class OnTrail:
    """Stands inside of what knows who asks and from where."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        lines: list[AuditEvent] = []
        named: set[NamedPerson] = set()
        tokens = lines_of_request.set(lines), people_named.set(named)
        try:
            response = self.get_response(request)
            match = request.resolver_match
            if match is not None and request.user.is_authenticated:
                _tell(request, match, response, lines, named)
            return response
        finally:
            lines_of_request.reset(tokens[0])
            people_named.reset(tokens[1])


def _tell(
    request: HttpRequest,
    match: ResolverMatch,
    response: HttpResponse,
    lines: list[AuditEvent],
    named: set[NamedPerson],
) -> None:
    told = {line.verb.rpartition(".")[2] for line in lines}
    if response.status_code in REFUSED:
        if not told & REFUSALS:
            _tell_refusal(request, match, response)
    elif request.method == "GET" and response.status_code == 200:
        _tell_reading(request, match, lines, _shown(response, named))


def _tell_refusal(request: HttpRequest, match: ResolverMatch, response: HttpResponse) -> None:
    """Tell what was not given; an address that names nothing is only mistyped."""
    ids = _ids(match)
    if response.status_code == 404 and not ids:
        return
    by: Any = request.user
    write_audit(
        "request.refused",
        by=by,
        participant_id=ids.pop("participant_id", None),
        program_id=ids.pop("program_id", None),
        page=match.view_name,
        status=response.status_code,
        method=request.method,
        **{name: str(value) for name, value in ids.items()},
    )


def _ids(match: ResolverMatch) -> dict[str, Any]:
    """Return the public ids in the address: no secret, and nothing that was typed."""
    return {name: each for name, each in match.kwargs.items() if isinstance(each, uuid.UUID)}


def _tell_reading(
    request: HttpRequest, match: ResolverMatch, lines: list[AuditEvent], shown: set[Any]
) -> None:
    """Tell whom the page was about, or how many it named, unless the view has said it."""
    own = {line.verb for line in lines if line.verb.rpartition(".")[2] in READINGS}
    about = match.kwargs.get("participant_id")
    if not (own or about or shown):
        about = _whose(match.kwargs.get("enrollment_id"))
    is_of_many = about is None and len(shown) > 1
    if own - {READ} or (own and not is_of_many) or not (about or shown):
        return
    said = {"program_id": match.kwargs.get("program_id"), "page": match.view_name}
    by: Any = request.user
    if is_of_many:
        write_audit("people.read", by=by, shown=len(shown), **said)
        return
    only = next((each for each in shown if isinstance(each, uuid.UUID)), None)
    is_only = about is None or len(shown) == 1
    write_audit(READ, by=by, participant_id=only if is_only else about, **said)


def _whose(enrollment_id: uuid.UUID | None) -> uuid.UUID | None:
    """Return whose episode it is that the address names, where the page names nobody."""
    if enrollment_id is None:
        return None
    episodes = Enrollment.objects.select_related("participant__merged_into")
    found = episodes.filter(public_id=enrollment_id).first()
    return found.participant.kept.public_id if found else None


def _shown(response: HttpResponse, named: set[NamedPerson]) -> set[Any]:
    """Return, by id, those of the named who stand on the page that goes out."""
    is_looked_up = len(named) <= MOST_LOOKED_UP and not response.streaming
    page = response.content if is_looked_up and named else b""
    return {
        each.id or each.chart_number
        for each in named
        if not is_looked_up or escape(each.name).encode() in page
    }
