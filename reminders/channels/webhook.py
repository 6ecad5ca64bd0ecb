"""A gateway for text messages that takes and sends signed JSON: the plainest there is.

    SMS_URL=webhook+https://key-id:secret@gateway.example/messages?from=%2B13125550100

A message goes out as a POST of `{"id", "to", "from", "text"}` (`from` only where it is set), with
the header `Idempotency-Key`, which is the id. The gateway answers 2xx with `{"id": "its name"}`.
Answered with 4xx, the message is refused, for its address where the body says
`{"refused": "address"}`; 401, 429 and 503 say that nothing was taken and it may be tried again.

Replies come as a POST of `{"id", "from", "text"}` to `/gateways/webhook/reply`, receipts as
`{"id": "its name", "status": "delivered" or "failed"}` to `/gateways/webhook/receipt`.

Every request is signed, in both directions: `X-Key-Id`, `X-Timestamp` (seconds since 1970) and
`X-Signature`, the hexadecimal HMAC-SHA256, under the secret, of `use.timestamp.body`, where the
use is `send`, `reply` or `receipt`. What is older or newer than five minutes is not taken; the
id of a reply is taken once.
"""

from __future__ import annotations

import hmac
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from programs.models import Channel
from reminders.channels.http import HttpLine, encrypted_or_near, object_in
from reminders.channels.incoming import number_in, ref_in, small_body, text_in
from reminders.channels.line import (
    IncomingText,
    NotGenuine,
    OutcomeUnknown,
    Parcel,
    Receipt,
    Refused,
)
from reminders.models import Reason

NAME = "webhook"
SCHEMES = ("webhook+https", "webhook+http")
CHANNELS = (Channel.SMS,)
RIGHT = "use webhook+https://key-id:secret@host/path"
GOOD_FOR_SECONDS = 5 * 60
SEND, REPLY, RECEIPT = "send", "reply", "receipt"
# What a receipt may say, and whether the message arrived.
FINAL = {"delivered": True, "failed": False}


@dataclass(frozen=True)
class Gateway:
    """Where the gateway is, and the key that both sides sign with."""

    address: str
    key_id: str
    secret: str
    sender: str

    @classmethod
    def at(cls, url: str) -> Gateway:
        """Return what the URL says. Raises ImproperlyConfigured, without repeating the secret."""
        parts = _parts(url)
        if parts.scheme not in SCHEMES or not (parts.username and parts.password):
            raise ImproperlyConfigured(f"SMS_URL names no gateway with a key: {RIGHT}.")
        senders = parse_qs(parts.query).get("from", [""])
        place = parts.netloc.rpartition("@")[2]
        scheme = parts.scheme.removeprefix("webhook+")
        address = urlunsplit((scheme, place, parts.path, "", ""))
        return cls(
            address=encrypted_or_near(address),
            key_id=unquote(parts.username),
            secret=unquote(parts.password),
            sender=senders[0],
        )


def _parts(url: str) -> Any:
    try:
        return urlsplit(url)
    except ValueError:
        raise ImproperlyConfigured(f"SMS_URL cannot be read: {RIGHT}.") from None


class WebhookLine(HttpLine):
    """The line to the gateway."""

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(NAME)
        self._gateway = gateway

    def send(self, parcel: Parcel) -> str:
        """Hand the text over and return the gateway's name for it."""
        said = {"id": parcel.message_id, "to": parcel.to, "text": parcel.letter.body}
        if self._gateway.sender:
            said["from"] = self._gateway.sender
        body = json.dumps(said).encode()
        headers = signed_headers(self._gateway, SEND, body, at=time.time())
        headers |= {"Content-Type": "application/json", "Idempotency-Key": parcel.message_id}
        answer = self.post(self._gateway.address, content=body, headers=headers)
        if answer.is_yes:
            return answer.ref("id")
        if answer.is_no:
            is_address = answer.said.get("refused") == "address"
            raise Refused(Reason.ADDRESS_REFUSED if is_address else Reason.MESSAGE_REFUSED)
        raise OutcomeUnknown(Reason.NONSENSE)


def open_line(url: str) -> WebhookLine:
    """Return the line to the gateway at the URL."""
    return WebhookLine(Gateway.at(url))


def signed_headers(gateway: Gateway, use: str, body: bytes, *, at: float) -> dict[str, str]:
    """Return the headers that sign the body for one use at this time, in seconds since 1970."""
    timestamp = str(int(at))
    return {
        "X-Key-Id": gateway.key_id,
        "X-Timestamp": timestamp,
        "X-Signature": _signature(gateway.secret, use, timestamp, body),
    }


def _signature(secret: str, use: str, timestamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{use}.{timestamp}.".encode() + body, sha256).hexdigest()


def read_incoming(request: HttpRequest) -> IncomingText:
    """Return the reply that the gateway brings. Raises NotGenuine where it is not the gateway's."""
    said = _said(request, REPLY)
    return IncomingText(
        ref=ref_in(said.get("id")),
        sender=number_in(said.get("from")),
        text=text_in(said.get("text")),
    )


def read_receipt(request: HttpRequest) -> Receipt | None:
    """Return the gateway's receipt, None where it says nothing final. Raises NotGenuine."""
    said = _said(request, RECEIPT)
    status = said.get("status")
    if not isinstance(status, str) or status not in FINAL:
        return None
    said_at = datetime.fromtimestamp(int(request.headers["X-Timestamp"]), UTC)
    return Receipt(ref=ref_in(said.get("id")), is_delivered=FINAL[status], said_at=said_at)


def _said(request: HttpRequest, use: str) -> Mapping[str, Any]:
    """Return the object in the request's body, once its signature has been held against it."""
    gateway = _ours()
    timestamp = request.headers.get("X-Timestamp", "")
    if not re.fullmatch("[0-9]{1,10}", timestamp):
        raise NotGenuine("no timestamp")
    body = small_body(request)
    right = _signature(gateway.secret, use, timestamp, body)
    given = request.headers.get("X-Signature", "")
    # As bytes: of text with other letters than ASCII's the comparison would raise.
    is_signed = hmac.compare_digest(given.encode(), right.encode())
    is_theirs = hmac.compare_digest(
        request.headers.get("X-Key-Id", "").encode(), gateway.key_id.encode()
    )
    if not (is_signed and is_theirs):
        raise NotGenuine("not signed with our key")
    if abs(time.time() - int(timestamp)) > GOOD_FOR_SECONDS:
        raise NotGenuine("too old")
    said = object_in(body)
    if not said:
        raise NotGenuine("no object")
    return said


def _ours() -> Gateway:
    try:
        return Gateway.at(settings.SMS_URL)
    except ImproperlyConfigured:
        raise NotGenuine("not set up") from None
