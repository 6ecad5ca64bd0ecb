"""What changes about staff accounts: inviting, accepting, choosing a look."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from accounts.audit import write_audit
from accounts.models import Invitation, User
from accounts.models.invitation import digest


class InvitationClosed(Exception):
    """The link was used already, has expired, or never existed."""


@dataclass(frozen=True)
class Invited:
    """A fresh invitation with its secret, which is shown once and not kept."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite_user(*, user: User, now: datetime, by: User | None) -> Invited:
    """Make a first sign-in link for `user`; earlier open ones stop working."""
    user.invitations.open_at(now).update(expires_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        user=user,
        token_digest=digest(token),
        made_at=now,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
        invited_by=by,
    )
    write_audit("user.invited", by=by, subject=user)
    return Invited(invitation, token)


@transaction.atomic
def accept_invitation(*, token: str, password: str, now: datetime, by: None = None) -> User:
    """Set the password that the invited person chose and return them.

    Raises InvitationClosed where the link no longer works, ValidationError for a weak password.
    """
    invitation = Invitation.objects.open_at(now).with_token(token).select_related("user").first()
    if invitation is None:
        raise InvitationClosed
    validate_password(password, invitation.user)
    taken = Invitation.objects.open_at(now).filter(pk=invitation.pk).update(accepted_at=now)
    if not taken:
        raise InvitationClosed
    invitation.user.set_password(password)
    invitation.user.save(update_fields=["password"])
    write_audit("user.accepted_invitation", by=invitation.user, subject=invitation.user)
    return invitation.user


@transaction.atomic
def choose_theme(*, theme: str, by: User) -> None:
    """Keep whether this person wants light or dark pages."""
    by.theme = theme
    by.full_clean(exclude=["password", "email"])
    by.save(update_fields=["theme"])
    write_audit("user.chose_theme", by=by, subject=by, theme=theme)
