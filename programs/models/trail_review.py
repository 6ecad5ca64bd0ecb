"""That a director has looked through the audit trail of some days: records, and examined."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.program import Program


class TrailReviewQuerySet(models.QuerySet["TrailReview"]):
    def visible_to(self, user: User) -> TrailReviewQuerySet:
        """Those of the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))


@pghistory.track()
class TrailReview(models.Model):
    """One sign-off: which days, what stood out, what was done about it. 45 CFR 164.308(a)(1)."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="trail_reviews")
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("to"))
    # How many lines there were, and how many unusual patterns, by their kind; never who.
    lines = models.PositiveIntegerField(_("lines"))
    unusual = models.JSONField(_("unusual"), default=dict, blank=True)
    note = EncryptedTextField(_("note"), blank=True, default="")
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed"))

    objects = TrailReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-last_on", "-reviewed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="trail_review_last_after_first",
                violation_error_message=_("The last day is on or after the first."),
            ),
            models.UniqueConstraint(
                fields=["program", "first_on", "last_on", "reviewed_by"],
                name="trail_review_once",
                violation_error_message=_("You have signed off these days already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.first_on} {self.last_on}"
