"""What changes about passwords: another one, a link to a new one, a new one by that link."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from accounts.passwords.links import owner_of


class ResetClosed(Exception):
    """The link was used already, has run out, or never existed."""


@transaction.atomic
def change_password(*, password: str, by: User) -> None:
    """Give somebody another password; every other browser of theirs is signed out by it.

    Raises ValidationError for a weak one.
    """
    validate_password(password, by)
    by.set_password(password)
    by.save(update_fields=["password"])
    write_audit("user.changed_password", by=by, subject=by)


@transaction.atomic
def ask_for_reset(*, email: str, by: None = None) -> User | None:
    """Record that somebody asked for a link; return who is to get one, if anybody is.

    Who has never chosen a password comes in by invitation, and who left does not come in.
    """
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is not None and not user.has_usable_password():
        user = None
    write_audit("user.asked_for_reset", by=by, subject=user)
    return user


@transaction.atomic
def reset_password(*, token: str, password: str, now: datetime, by: None = None) -> User:
    """Set the password that was chosen by a link; it signs out every browser of theirs.

    Raises ResetClosed where the link no longer works, ValidationError for a weak password.
    """
    user = owner_of(token, now, lock=True)
    if user is None:
        raise ResetClosed
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    write_audit("user.reset_password", by=user, subject=user)
    return user
