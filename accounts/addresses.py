"""From where somebody asks, as it is written down."""

from __future__ import annotations

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str | None:
    """Return the IP address that allauth's limits go by, without port or zone; None: none is known.

    Behind a proxy it is the last that the proxy has added: what comes before is hearsay.
    """
    address = get_client_ip(request)
    return address.partition("%")[0] if address else None
