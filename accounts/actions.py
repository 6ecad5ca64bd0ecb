"""What changes about staff accounts: inviting, accepting, a look, licenses on record."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import Invitation, License, User
from accounts.models.invitation import digest
from accounts.signed_in.actions import EndedBy, end_all_sessions


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
    # Asked of the row itself: a condition behind a join is not asked again once the row is free.
    still_open = Invitation.objects.filter(pk=invitation.pk, accepted_at=None)
    taken = still_open.update(accepted_at=now)
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


@transaction.atomic
def choose_language(*, language: str, by: User) -> None:
    """Keep in which language this person's pages are; participants' papers keep their own."""
    by.language = language
    by.full_clean(exclude=["password", "email"])
    by.save(update_fields=["language"])
    write_audit("user.chose_language", by=by, subject=by, language=language)


@transaction.atomic
def close_account(*, user: User, now: datetime, by: User | None) -> None:
    """Let this person in no more, from this moment: sessions, links and the password end.

    Second factors stay on record. Twice is as once.
    """
    open_links = user.invitations.filter(accepted_at=None, expires_at__gt=now)
    # One that was made this very moment ends after it was made, too.
    open_links.filter(made_at__lt=now).update(expires_at=now)
    open_links.update(expires_at=F("made_at") + timedelta(microseconds=1))
    end_all_sessions(user=user, why=EndedBy.LEFT, by=by)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        user.refresh_from_db(fields=["is_active"])
        # No session of before, wherever it is kept, comes alive with the account.
        user.set_unusable_password()
        user.save(update_fields=["password"])
        write_audit("user.closed", by=by, subject=user)


@transaction.atomic
def reopen_account(*, user: User, by: User | None) -> None:
    """Let this person in again; the password is chosen anew, by an invitation."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        user.refresh_from_db(fields=["is_active"])
        write_audit("user.reopened", by=by, subject=user)


@transaction.atomic
def add_license(*, license: License, program_id: uuid.UUID | None, by: User | None) -> License:
    """Put a license on record, once. Raises NotKept.

    `program_id` is the program for which somebody keeps the record; a license holds everywhere.
    """
    User.objects.select_for_update(no_key=True).get(pk=license.user_id)
    same = {
        name: getattr(license, name)
        for name in ("user_id", "credential", "number", "first_on", "expires_on")
    }
    if License.objects.on_record().filter(**same).exists():
        raise NotKept({"credential": [_("This license is on record already.")]})
    keep(license, otherwise="expires_on")
    write_audit(
        "license.added",
        by=by,
        subject=license,
        program_id=program_id,
        user=str(license.user.public_id),
        first_on=license.first_on and license.first_on.isoformat(),
        expires_on=license.expires_on and license.expires_on.isoformat(),
    )
    return license


@transaction.atomic
def withdraw_license(
    *, license: License, program_id: uuid.UUID | None, now: datetime, by: User | None
) -> None:
    """Take back a license that was entered by mistake; the row stays. Twice is as once."""
    if License.objects.on_record().filter(pk=license.pk).update(withdrawn_at=now):
        user = str(license.user.public_id)
        write_audit("license.withdrawn", by=by, subject=license, program_id=program_id, user=user)
