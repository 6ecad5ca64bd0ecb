"""A secret address at which a calendar program reads somebody's sessions, or a program's."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Program


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def live(self) -> CalendarFeedQuerySet:
        """Those not revoked, of people who still work here."""
        return self.filter(revoked_at=None, user__is_active=True)


class CalendarFeed(models.Model):
    """One person's address: of their own sessions or, with a program, of all of the program's.

    The secret is shown once and only its hash is kept.
    """

    public_id = PublicIdField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="feeds")
    program = models.ForeignKey(
        Program, null=True, blank=True, on_delete=models.PROTECT, related_name="feeds"
    )
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "program"],
                condition=Q(revoked_at=None),
                nulls_distinct=False,
                name="calendar_feed_once",
                violation_error_message=_("There is an address for this already."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="calendar_feed_revoked_after_made",
                violation_error_message=_("An address is revoked after it was made."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at}"
