"""Knows a browser in which somebody has signed in before, by a signed cookie that names nobody."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "iop_device"
SALT = "accounts.devices"
AGE_SECONDS = 180 * 24 * 60 * 60
# A tablet is shared by a few; the one who came first is forgotten first.
MOST_ACCOUNTS = 20


@dataclass(frozen=True)
class Device:
    """A browser's number, and marks of the accounts that have signed in there."""

    number: str
    accounts: tuple[str, ...]

    def knows(self, email: str) -> bool:
        """Return whether this person has signed in here before."""
        return mark_of(email) in self.accounts


def mark_of(email: str) -> str:
    """Return what stands for an email where the email itself must not be read."""
    # As allauth compares emails: letters that it takes for the same count as the same here, too.
    same = unicodedata.normalize("NFKC", email.strip()).casefold()
    return salted_hmac(SALT, same, algorithm="sha256").hexdigest()[:32]


def device_of(request: HttpRequest) -> Device | None:
    """Return the browser as it was remembered; None where nobody has signed in, or long ago."""
    try:
        number, accounts = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE_SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Device(number, tuple(accounts))


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Remember in the browser that this person has signed in there."""
    known = device_of(request) or Device(secrets.token_urlsafe(16), ())
    others = [each for each in known.accounts if each != mark_of(email)]
    accounts = [*others, mark_of(email)][-MOST_ACCOUNTS:]
    response.set_cookie(
        COOKIE,
        signing.dumps([known.number, accounts], salt=SALT),
        max_age=AGE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
