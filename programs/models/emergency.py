"""Emergency access: a record opened by somebody who otherwise may not, for a reason and an hour."""

from __future__ import annotations

from datetime import datetime, timedelta

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.participant import Participant
from programs.models.program import Program

LASTS = timedelta(minutes=60)


class EmergencyAccessQuerySet(models.QuerySet["EmergencyAccess"]):
    def open_at(self, now: datetime) -> EmergencyAccessQuerySet:
        """Those that still open a record at this moment."""
        return self.filter(started_at__lte=now, ends_at__gt=now, ended_at=None)

    def unreviewed(self) -> EmergencyAccessQuerySet:
        """Those that no director has looked at."""
        return self.filter(reviewed_at=None)

    def visible_to(self, user: User) -> EmergencyAccessQuerySet:
        """Those in the programs this person works in, and their own."""
        return self.filter(Q(program__in=Program.objects.visible_to(user)) | Q(user=user))


@pghistory.track()
class EmergencyAccess(models.Model):
    """One opening of one record. 45 CFR 164.312(a)(2)(ii) asks that there be such a way."""

    public_id = PublicIdField()
    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, related_name="emergency_accesses"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="emergency_accesses"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(_("reason"))
    started_at = models.DateTimeField(_("opened"))
    ends_at = models.DateTimeField(_("closes"))
    # Closed by hand before its time.
    ended_at = models.DateTimeField(_("closed"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    review_note = EncryptedTextField(_("note"), blank=True, default="")

    objects = EmergencyAccessQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "pk"]
        indexes = [
            models.Index(fields=["user", "ends_at"], name="emergency_by_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("started_at")),
                name="emergency_ends_after_start",
                violation_error_message=_("Emergency access ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__lte=F("started_at") + LASTS),
                name="emergency_lasts_an_hour",
                violation_error_message=_("Emergency access lasts an hour at most."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="emergency_closed_after_opened",
                violation_error_message=_("Emergency access is closed after it was opened."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="emergency_reviewed_by_someone",
                violation_error_message=_("A review has a time and a person."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("user")),
                name="emergency_reviewed_by_another",
                violation_error_message=_("Somebody else reviews it than who opened the record."),
            ),
        ]

    def is_open_at(self, now: datetime) -> bool:
        """Whether it still opens the record at this moment; the same as `open_at` asks in SQL."""
        return self.started_at <= now < self.ends_at and self.ended_at is None

    def __str__(self) -> str:
        return f"{self.participant_id} {self.started_at:%Y-%m-%d %H:%M}"
