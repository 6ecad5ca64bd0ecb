"""When a member of staff can lead groups, and when they are away."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.program import Weekday


class DatedQuerySet(models.QuerySet):
    """Rows with a first and a last day that may have been taken back."""

    def on(self, day: date) -> DatedQuerySet:
        """Those in force on that date."""
        return self.between(day, day)

    def between(self, first_on: date, last_on: date) -> DatedQuerySet:
        """Those in force on at least one of these dates (both ends included)."""
        return self.filter(withdrawn_at=None, first_on__lte=last_on).filter(
            Q(last_on=None) | Q(last_on__gte=first_on)
        )


class StaffLeave(models.Model):
    """Days on which somebody does not work."""

    public_id = PublicIdField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="leaves")
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["first_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=F("first_on")),
                name="staff_leave_ends_after_start",
                violation_error_message=_("A leave ends on or after its first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.first_on}"


class Availability(models.Model):
    """Hours of a weekday in which somebody can lead, on the wall clock of wherever they lead.

    Who has none on record can lead at any time; who has some, only inside them.
    """

    public_id = PublicIdField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="availability")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__in=Weekday.values), name="availability_weekday_known"
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="availability_ends_after_start",
                violation_error_message=_("Availability ends after it starts, on the same day."),
            ),
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=F("first_on")),
                name="availability_last_after_first",
                violation_error_message=_("The last day is on or after the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.get_weekday_display()}"
