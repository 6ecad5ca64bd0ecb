"""The doorway for gateways: verified by their signature, without signing in.

A gateway that is refused hears one plain word; the log has it too, and no number or text.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from reminders.channels.carriers import gateway as carrier_by
from reminders.channels.incoming import MOST_BYTES
from reminders.channels.line import NotGenuine
from reminders.inbound.actions import take_receipt, take_reply

log = structlog.get_logger(__name__)
# Twilio wants TwiML, in which nothing is said back; the others do not read it.
NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


@csrf_exempt
@require_POST
@login_not_required
def reply(request: HttpRequest, gateway: str) -> HttpResponse:
    """Take a reply; one that was taken before changes nothing, and is answered like the first."""

    def take(carrier: Any) -> HttpResponse:
        incoming = carrier.read_incoming(request)
        take_reply(gateway=gateway, incoming=incoming, now=timezone.now())
        return HttpResponse(NOTHING_TO_SAY, content_type="text/xml")

    return _genuine(request, gateway, take)


@csrf_exempt
@require_POST
@login_not_required
def receipt(request: HttpRequest, gateway: str) -> HttpResponse:
    """Take a receipt; 404 where we know of no such message, or not yet."""

    def take(carrier: Any) -> HttpResponse:
        said = carrier.read_receipt(request)
        if said and not take_receipt(gateway=gateway, receipt=said, now=timezone.now()):
            return _refuse(gateway, HTTPStatus.NOT_FOUND, "unknown")
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    return _genuine(request, gateway, take)


def _genuine(
    request: HttpRequest, gateway: str, take: Callable[[Any], HttpResponse]
) -> HttpResponse:
    """Take what the chosen gateway brings, once it is known to be from there."""
    carrier = carrier_by(gateway)
    if carrier is None:
        raise Http404
    if _size(request) > MOST_BYTES:
        return _refuse(gateway, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")
    try:
        return take(carrier)
    except NotGenuine as why:
        return _refuse(gateway, HTTPStatus.FORBIDDEN, str(why))


def _size(request: HttpRequest) -> int:
    length = request.headers.get("content-length") or "0"
    return int(length) if length.isdecimal() and len(length) < 10 else 0


def _refuse(gateway: str, status: HTTPStatus, why: str) -> HttpResponse:
    log.warning("gateway_refused", gateway=gateway, status=int(status), why=why)
    return HttpResponse(f"{why}\n", status=status, content_type="text/plain")
