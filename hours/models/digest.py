"""When somebody wants the week in numbers: on a weekday, when it is closed, or not at all."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Program, Weekday

# For whoever has chosen nothing: in the middle of the week, while it can still be saved.
USUAL_WEEKDAY = Weekday.WEDNESDAY


class DigestQuerySet(models.QuerySet["Digest"]):
    def visible_to(self, user: User) -> DigestQuerySet:
        """One's own."""
        return self.filter(user=user)


class Digest(models.Model):
    """One person's choice for one program."""

    public_id = PublicIdField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="digests")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(
        _("weekday"), choices=Weekday, default=USUAL_WEEKDAY, null=True
    )
    is_at_close = models.BooleanField(_("when a week is closed"), default=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "program"],
                name="digest_once",
                violation_error_message=_("This person has chosen for this program already."),
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__in=Weekday.values),
                name="digest_weekday_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.program_id}"

    def is_on(self, day: date) -> bool:
        """Whether it goes out on this date."""
        return self.weekday == day.weekday()
