"""What comes in from a gateway, before anybody believes it: how large, and can it be read."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest

from reminders.channels.http import is_ref
from reminders.channels.line import NotGenuine

MOST_BYTES = 32 * 1024
# Ten parts of a text message in one; what is longer is no answer to a reminder.
LONGEST_TEXT = 1_600
# E.164: a plus sign, a country code, at most fifteen digits.
NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


def small_body(request: HttpRequest) -> bytes:
    """Return the request's body. Raises NotGenuine before reading one that is too large."""
    length = request.headers.get("content-length") or ""
    if not re.fullmatch("[0-9]{1,9}", length) or int(length) > MOST_BYTES:
        raise NotGenuine("too large, or of no known size")
    return request.body


def number_in(value: Any) -> str:
    """Return the number. Raises NotGenuine, without repeating it, where it is none."""
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        raise NotGenuine("no phone number")
    return value


def ref_in(value: Any) -> str:
    """Return a gateway's name for a message. Raises NotGenuine where it has none."""
    if not is_ref(value):
        raise NotGenuine("no id")
    return value


def text_in(value: Any) -> str:
    """Return the text as far as the database can keep it. Raises NotGenuine where it is none."""
    if not isinstance(value, str):
        raise NotGenuine("no text")
    kept = value.replace("\0", "").encode("utf-8", "replace").decode()
    return kept[:LONGEST_TEXT]
