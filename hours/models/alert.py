"""Somebody whose week or care needs a hand: opened once, updated, resolved, never repeated."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Enrollment, Program
from programs.models.consent import IsFilled


class AlertKind(models.TextChoices):
    """What was found. The first eight are about a week, the others about a date in care."""

    RECOVERABLE = "recoverable", _("Recoverable: a make-up seat saves the week")
    UNREACHABLE = "unreachable", _("Unreachable: the week cannot be met")
    NOT_MET = "not_met", _("Not met: the week is over")
    PENDING = "pending", _("Pending: recording is late")
    DAYS_SHORT = "days_short", _("Too few days can still qualify")
    OVER_MAXIMUM = "over_maximum", _("More than the maximum was attended")
    GAP = "gap", _("Too many days in a row without attendance")
    UNRECORDED = "unrecorded", _("A session has had no record for too long")
    UNITS_LOW = "units_low", _("The authorization is nearly used up")
    EXPIRING = "expiring", _("The authorization ends soon")
    REVIEW_DUE = "review_due", _("A utilization review is due")
    RECERTIFICATION = "recertification", _("Recertification is due")


# `week_on` of these is the week of the date they are about, so that they open once for that date.
CARE_KINDS = (
    AlertKind.UNITS_LOW,
    AlertKind.EXPIRING,
    AlertKind.REVIEW_DUE,
    AlertKind.RECERTIFICATION,
)
WEEK_KINDS = tuple(kind for kind in AlertKind if kind not in CARE_KINDS)


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, user: User) -> AlertQuerySet:
        """Those in the programs this person works in now."""
        return self.filter(enrollment__program__in=Program.objects.visible_to(user))

    def open(self) -> AlertQuerySet:
        """Those that still hold, snoozed ones too."""
        return self.filter(resolved_at=None)

    def waiting(self, today: date) -> AlertQuerySet:
        """Those that still hold and are not snoozed on this date."""
        return self.open().exclude(snooze_ends_on__gt=today)

    def of_week(self, first_on: date) -> AlertQuerySet:
        """Those of the week that begins on this date."""
        return self.filter(week_on=first_on)


class Alert(models.Model):
    """A finding about one enrollment's week, or a date in its care. It reopens, never repeats."""

    public_id = PublicIdField()
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="alerts")
    week_on = models.DateField(_("week of"))
    kind = models.CharField(_("kind"), max_length=15, choices=AlertKind)
    minutes_short = models.IntegerField(_("minutes short"), default=0)
    units_left = models.IntegerField(_("units left"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days in a row"), null=True, blank=True)
    due_on = models.DateField(_("date it is about"), null=True, blank=True)
    opened_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    # Whose it is to see to; nobody's in particular where blank.
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="alerts"
    )
    # Not shown as waiting before this date; it resolves all the same.
    snooze_ends_on = models.DateField(_("snoozed until"), null=True, blank=True)
    snoozed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    snooze_reason = EncryptedTextField(_("why it can wait"), blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["enrollment", "week_on"],
                condition=Q(resolved_at=None),
                name="alert_still_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "week_on", "kind"],
                name="alert_once",
                violation_error_message=_("This alert exists already."),
            ),
            models.CheckConstraint(condition=Q(kind__in=AlertKind.values), name="alert_kind_known"),
            models.CheckConstraint(
                condition=Q(updated_at__gte=F("opened_at"))
                & (Q(resolved_at=None) | Q(resolved_at__gte=F("opened_at"))),
                name="alert_times_in_order",
                violation_error_message=_("An alert is updated and resolved after it opens."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(snooze_ends_on__isnull=True, snoozed_by__isnull=True)
                    & ~Q(IsFilled(F("snooze_reason")))
                )
                | (
                    Q(snooze_ends_on__isnull=False, snoozed_by__isnull=False)
                    & Q(IsFilled(F("snooze_reason")))
                ),
                name="alert_snoozed_with_reason",
                violation_error_message=_("Say until when it can wait, and why."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=CARE_KINDS) | Q(due_on__isnull=False),
                name="alert_of_care_has_its_date",
                violation_error_message=_("An alert about care names its date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.week_on}"

    def is_snoozed(self, today: date) -> bool:
        """Whether it is put off beyond this date."""
        return self.snooze_ends_on is not None and self.snooze_ends_on > today
