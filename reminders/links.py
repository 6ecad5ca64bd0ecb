"""The addresses in messages: whoever has one may answer, or stop, for that message and no other.

They name the message's public id with a signature for one use, and nothing about anybody.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import uuid
from hashlib import sha256

from django.conf import settings
from django.urls import reverse

from reminders.models import Reminder

ANSWER, STOP = "answer", "stop"
# 96 bits: nobody guesses one, and the address still fits into a text message.
SIGNATURE_BYTES = 12
ID_BYTES = 16


def answer_url(reminder: Reminder) -> str:
    """Return the address at which the person says whether they come."""
    return _url("answers:answer", token_of(reminder, ANSWER))


def stop_url(reminder: Reminder) -> str:
    """Return the address at which messages like this one are stopped, as RFC 8058 has it."""
    return _url("answers:stop", token_of(reminder, STOP))


def token_of(reminder: Reminder, use: str) -> str:
    """Return the message's token for one use."""
    raw = reminder.public_id.bytes
    signed = raw + _signature(raw, use, settings.SECRET_KEY)
    return base64.urlsafe_b64encode(signed).decode().rstrip("=")


def read_token(token: str, use: str) -> uuid.UUID | None:
    """Return the public id that the token was made for, None where it is not one of ours."""
    try:
        signed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    raw, signature = signed[:ID_BYTES], signed[ID_BYTES:]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(hmac.compare_digest(signature, _signature(raw, use, key)) for key in keys):
        return None
    return uuid.UUID(bytes=raw)


def _signature(raw: bytes, use: str, key: str) -> bytes:
    return hmac.digest(key.encode(), b"reminders." + use.encode() + raw, sha256)[:SIGNATURE_BYTES]


def _url(name: str, token: str) -> str:
    return settings.LINK_URL + reverse(name, args=[token])
