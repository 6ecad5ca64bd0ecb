"""Somebody whose week needs a hand: opened once, updated, resolved, never repeated."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Enrollment, Program


class AlertKind(models.TextChoices):
    RECOVERABLE = "recoverable", _("Recoverable: a make-up seat saves the week")
    UNREACHABLE = "unreachable", _("Unreachable: the week cannot be met")
    NOT_MET = "not_met", _("Not met: the week is over")
    PENDING = "pending", _("Pending: recording is late")
    DAYS_SHORT = "days_short", _("Too few days can still qualify")
    OVER_MAXIMUM = "over_maximum", _("More than the maximum was attended")


class WeeklyHoursAlertQuerySet(models.QuerySet["WeeklyHoursAlert"]):
    def visible_to(self, user: User) -> WeeklyHoursAlertQuerySet:
        """Those in the programs this person works in now."""
        return self.filter(enrollment__program__in=Program.objects.visible_to(user))

    def open(self) -> WeeklyHoursAlertQuerySet:
        """Those that still hold."""
        return self.filter(resolved_at=None)

    def of_week(self, first_on: date) -> WeeklyHoursAlertQuerySet:
        """Those of the week that begins on this date."""
        return self.filter(week_on=first_on)


class WeeklyHoursAlert(models.Model):
    """One finding about one enrollment's week. It reopens rather than repeats."""

    public_id = PublicIdField()
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="alerts")
    week_on = models.DateField(_("week of"))
    kind = models.CharField(_("kind"), max_length=12, choices=AlertKind)
    minutes_short = models.IntegerField(_("minutes short"), default=0)
    opened_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = WeeklyHoursAlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "week_on", "kind"],
                name="weekly_hours_alert_once",
                violation_error_message=_("This alert exists already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AlertKind.values), name="weekly_hours_alert_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(updated_at__gte=F("opened_at"))
                & (Q(resolved_at=None) | Q(resolved_at__gte=F("opened_at"))),
                name="weekly_hours_alert_times_in_order",
                violation_error_message=_("An alert is updated and resolved after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.week_on}"
