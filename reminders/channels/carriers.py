"""Which carriers there are, and which of them this installation has chosen for a channel.

A carrier is one module in this package: whatever names its `SCHEMES` is found. One that also brings
replies has `read_incoming` and `read_receipt`.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from programs.models import Channel
from reminders import channels
from reminders.channels.line import Line


@cache
def carriers() -> tuple[Any, ...]:
    """Return every carrier's module."""
    names = [each.name for each in pkgutil.iter_modules(channels.__path__)]
    modules = [import_module(f"{channels.__name__}.{name}") for name in names]
    return tuple(each for each in modules if hasattr(each, "SCHEMES"))


def open_line(channel: str) -> Line:
    """Return the line of the carrier that is chosen for the channel; use it as a `with` block.

    Raises ImproperlyConfigured, without repeating the URL, where no carrier fits.
    """
    is_email = channel == Channel.EMAIL
    url = settings.EMAIL_URL if is_email else settings.SMS_URL
    carrier = _chosen(channel, url)
    if carrier is None:
        known = sorted(
            f"{scheme}://"
            for each in carriers()
            if channel in each.CHANNELS
            for scheme in each.SCHEMES
            if scheme
        )
        variable = "EMAIL_URL" if is_email else "SMS_URL"
        raise ImproperlyConfigured(
            f"{variable} names no carrier that we know: use {', '.join(known)}."
        )
    return carrier.open_line(url)


def gateway(name: str) -> Any:
    """Return the carrier by this name where it is chosen and brings replies, None otherwise.

    It has `read_incoming(request)` and `read_receipt(request)`; both raise NotGenuine, and a
    receipt that says nothing final is None.
    """
    carrier = _chosen(Channel.SMS, settings.SMS_URL)
    if carrier is None or name != carrier.NAME or not hasattr(carrier, "read_incoming"):
        return None
    return carrier


def _chosen(channel: str, url: str) -> Any:
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    fitting = (each for each in carriers() if scheme in each.SCHEMES and channel in each.CHANNELS)
    return next(fitting, None)
