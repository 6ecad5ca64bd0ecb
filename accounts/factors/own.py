"""What somebody has set up to sign in with, as their own page shows it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.sessions.backends.base import SessionBase

from accounts.models import User

Kind = Authenticator.Type
# What counts as a second factor; recovery codes only stand in for one.
FACTORS = (Kind.TOTP, Kind.WEBAUTHN)
# Written in the session once a factor has been found, so that no page after it asks again.
FOUND = "second_factor_found"


@dataclass(frozen=True)
class Passkey:
    """A passkey on its owner's page."""

    id: uuid.UUID
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class OwnFactors:
    """All that somebody can show beside the password; `codes_left` is None without codes."""

    app: Authenticator | None
    passkeys: tuple[Passkey, ...]
    codes_left: int | None

    @property
    def is_none(self) -> bool:
        """Whether the password is all there is."""
        return self.app is None and not self.passkeys

    @property
    def are_codes_few(self) -> bool:
        """Whether it is time for a fresh set of recovery codes."""
        return self.codes_left is not None and self.codes_left <= 3


def own_factors(user: User) -> OwnFactors:
    """Return what this person has set up; one query."""
    found = list(Authenticator.objects.filter(user=user).order_by("pk"))
    codes = next((each for each in found if each.type == Kind.RECOVERY_CODES), None)
    return OwnFactors(
        app=next((each for each in found if each.type == Kind.TOTP), None),
        passkeys=tuple(
            Passkey(id_of(each), each.wrap().name, each.created_at, each.last_used_at)
            for each in found
            if each.type == Kind.WEBAUTHN
        ),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
    )


def id_of(passkey: Authenticator) -> uuid.UUID:
    """Return what stands for a passkey in its owner's addresses; the row has no public id."""
    return uuid.uuid5(passkey.user.public_id, f"passkey {passkey.pk}")


def own_passkeys(user: User) -> Iterable[Authenticator]:
    """Return this person's passkeys."""
    return Authenticator.objects.filter(user=user, type=Kind.WEBAUTHN).select_related("user")


def has_factor(user: User) -> bool:
    """Return whether there is more than a password."""
    return is_mfa_enabled(user, FACTORS)


def has_factor_in(session: SessionBase, user: User) -> bool:
    """Return whether there is more than a password; asks the database until there is."""
    if session.get(FOUND):
        return True
    if has_factor(user):
        session[FOUND] = True
        return True
    return False


def forget_found(session: SessionBase) -> None:
    """Have the next page ask the database again: a factor was taken away."""
    session.pop(FOUND, None)
