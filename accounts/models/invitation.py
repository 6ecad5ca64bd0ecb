"""The way in: a link that works once and expires. Nobody signs up by themselves."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open_at(self, now: datetime) -> InvitationQuerySet:
        """Those that still let someone in at this moment."""
        return self.filter(accepted_at=None, expires_at__gt=now, user__is_active=True)

    def with_token(self, token: str) -> InvitationQuerySet:
        """The one that this secret opens; only its digest is stored."""
        return self.filter(token_digest=digest(token))


class Invitation(models.Model):
    """A first sign-in link for one member of staff."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="invitation_expires_after_made",
                violation_error_message=_("An invitation ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation of {self.user_id}"


def digest(token: str) -> str:
    """Return the SHA-256 of a link's secret, which is all that is kept of it."""
    return hashlib.sha256(token.encode()).hexdigest()
