"""Opening a locked session by a passkey: what it is to sign, and whether it did.

The challenge waits in the session's row and is good for one answer. Nothing else of the session is
written with it, so that asking for one does not bring back an older count of tries.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import (
    STATE_SESSION_KEY,
    begin_authentication,
    complete_authentication,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.models import User
from accounts.signed_in.kept import keep_alone, kept_facts


def has_passkey(user: User) -> bool:
    """Return whether the person can show a passkey."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()


def challenge_for(request: HttpRequest, user: User) -> dict[str, Any]:
    """Return what a passkey of this person is to sign."""
    options = begin_authentication(user)
    keep_alone(request.session, STATE_SESSION_KEY)
    return options


def is_signed(request: HttpRequest, user: User, answer: dict[str, Any]) -> bool:
    """Return whether a passkey of this person signed the challenge, which is then used up."""
    with kept_facts(request.session.session_key or "") as facts:
        is_open = facts.pop(STATE_SESSION_KEY, None) is not None
    try:
        authenticator = complete_authentication(user, answer) if is_open else None
    except (ValidationError, KeyError):
        authenticator = None
    request.session.modified = False
    if authenticator is not None:
        authenticator.record_usage()
    return authenticator is not None
