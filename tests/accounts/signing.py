"""What tests of signing in do: codes as an app shows them, somebody with an app, the form."""

from __future__ import annotations

import base64
import hmac
import time
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpResponse
from django.test import Client

from accounts.models import AuditEvent, User
from tests import build

SIGN_IN, SECOND_STEP = "/sign-in/", "/sign-in/second-step/"
SECRET = base64.b32encode(b"twenty bytes of them").decode()
PERIOD = 30


def code_of(secret: str, *, periods_ahead: int = 0) -> str:
    """Return the six digits of RFC 6238 for now, worked out here and not by what we test."""
    counter = (int(time.time()) // PERIOD + periods_ahead).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def with_app(user: User, *, with_codes: bool = True) -> User:
    """Give somebody an app with SECRET, and recovery codes."""
    TOTP.activate(user, SECRET)
    if with_codes:
        RecoveryCodes.activate(user)
    return user


def codes_of(user: User) -> list[str]:
    """Return the recovery codes that somebody has left."""
    found = user.authenticator_set.get(type="recovery_codes")
    return found.wrap().get_unused_codes()


def sign_in(
    client: Client, user: User, password: str = build.PASSWORD, **more: Any
) -> HttpResponse:
    """Send the sign-in form."""
    email = more.pop("email", user.email)
    return client.post(SIGN_IN, {"login": email, "password": password}, **more)  # type: ignore[return-value]


def once_more(client: Client, password: str = build.PASSWORD) -> None:
    """Show that it is the same person, as the pages that change a sign-in ask for."""
    response = client.post("/my/once-more/", {"password": password})
    assert response.status_code == 302, response.content.decode()


def is_in(client: Client) -> bool:
    """Return whether somebody is signed in there."""
    return "_auth_user_id" in client.session


def verbs() -> list[str]:
    """Return what the trail says was done, in order; without what sessions tell of themselves."""
    return [
        event.verb
        for event in AuditEvent.objects.order_by("pk")
        if not event.verb.startswith("session.")
    ]
