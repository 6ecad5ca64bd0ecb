"""When each of the clock's tasks last ran, and how it ended: what the health page reads."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.public_id import PublicIdField


class Sweep(models.Model):
    """The last run of one task. Two at once write over each other, which harms nobody."""

    public_id = PublicIdField()
    name = models.CharField(_("task"), max_length=80, unique=True)
    began_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    is_failed = models.BooleanField(_("failed"), default=False)
    # Since the row was made.
    runs = models.PositiveBigIntegerField(_("runs"), default=0)
    failures = models.PositiveBigIntegerField(_("failures"), default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                name="sweep_ends_after_it_began",
                violation_error_message=_("A run ends after it began."),
            ),
            models.CheckConstraint(
                condition=Q(failures__lte=F("runs")),
                name="sweep_fails_at_most_as_often_as_it_runs",
                violation_error_message=_("There are no more failures than runs."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
