"""The link to a new password: good for an hour, and once.

Nothing is kept of it: it is signed over the present password, the email and the last sign-in, so
that any of these, changed, closes it.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from accounts.models import User


class _Tokens(PasswordResetTokenGenerator):
    """Django's tokens at a given time; settings.PASSWORD_RESET_TIMEOUT says how long they last."""

    key_salt = "accounts.passwords.links"

    def __init__(self, now: datetime):
        super().__init__()
        self.now = now

    def _now(self) -> datetime:
        return self.now.astimezone(UTC).replace(tzinfo=None)


def token_for(user: User, now: datetime) -> str:
    """Return the secret that opens the page for a new password."""
    return f"{user.public_id.hex}-{_Tokens(now).make_token(user)}"


def address_for(user: User, now: datetime) -> str:
    """Return the whole address that goes into the email."""
    return settings.SITE_URL + reverse("reset_password", args=[token_for(user, now)])


def owner_of(token: str, now: datetime, *, lock: bool = False) -> User | None:
    """Return whose new password the secret lets somebody choose; None where it no longer works."""
    number, _, rest = token.partition("-")
    try:
        found = User.objects.filter(public_id=uuid.UUID(hex=number), is_active=True)
    except ValueError:
        return None
    user = (found.select_for_update() if lock else found).first()
    return user if user and _Tokens(now).check_token(user, rest) else None
