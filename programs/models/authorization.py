"""What a payer has approved: how much, from when to when, and when it looks at it again."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.enrollment import Enrollment
from programs.models.spans import DateSpan, DayAfter


class Unit(models.TextChoices):
    """What a payer counts in."""

    DAY = "day", _("Day")
    HOUR = "hour", _("Hour")
    QUARTER_HOUR = "quarter_hour", _("15 minutes")


class AuthorizationStatus(models.TextChoices):
    PENDING = "pending", _("Pending")
    APPROVED = "approved", _("Approved")
    PARTIAL = "partial", _("Approved in part")
    DENIED = "denied", _("Denied")
    APPEALED = "appealed", _("Under appeal")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Under which treatment is paid for, and those that may yet be.
IN_FORCE = (AuthorizationStatus.APPROVED, AuthorizationStatus.PARTIAL)


class AuthorizationQuerySet(models.QuerySet["Authorization"]):
    def in_force(self, day: date) -> AuthorizationQuerySet:
        """Those approved, in whole or in part, whose dates hold that day."""
        return self.filter(status__in=IN_FORCE, first_on__lte=day, last_on__gte=day)


@pghistory.track()
class Authorization(models.Model):
    """One authorization of an episode: so many units, between two dates, both included."""

    public_id = PublicIdField()
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="authorizations"
    )
    payer = models.CharField(_("payer"), max_length=120)
    member_id = EncryptedTextField(_("member ID"), blank=True)
    number = models.CharField(_("authorization number"), max_length=60, blank=True)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit, default=Unit.DAY)
    requested_units = models.PositiveIntegerField(_("units asked for"), null=True, blank=True)
    approved_units = models.PositiveIntegerField(_("units approved"), null=True, blank=True)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    days_per_week = models.PositiveSmallIntegerField(_("days a week"), null=True, blank=True)
    next_review_on = models.DateField(_("next review"), null=True, blank=True)
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=AuthorizationStatus,
        default=AuthorizationStatus.PENDING,
    )
    note = EncryptedTextField(_("note"), blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AuthorizationQuerySet.as_manager()

    class Meta:
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=AuthorizationStatus.values),
                name="authorization_status_known",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=Unit.values), name="authorization_unit_known"
            ),
            models.CheckConstraint(
                condition=~Q(payer=""),
                name="authorization_has_payer",
                violation_error_message=_("An authorization is some payer’s."),
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="authorization_ends_after_start",
                violation_error_message=_("An authorization ends on or after its first day."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=IN_FORCE)
                | (Q(approved_units__isnull=False, approved_units__gte=1) & ~Q(number="")),
                name="authorization_approved_has_units",
                violation_error_message=_("An approval has a number and at least one unit."),
            ),
            models.CheckConstraint(
                condition=Q(days_per_week=None) | Q(days_per_week__range=(1, 7)),
                name="authorization_days_of_a_week",
                violation_error_message=_("A week has one to seven days."),
            ),
            models.CheckConstraint(
                condition=Q(next_review_on=None) | Q(next_review_on__lt=F("last_on")),
                name="authorization_reviewed_before_end",
                violation_error_message=_("A review is due before the last day, not on it."),
            ),
            ExclusionConstraint(
                name="authorization_one_at_a_time",
                expressions=[
                    ("enrollment", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (
                        DateSpan(Least(F("first_on"), DayAfter("last_on")), DayAfter("last_on")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status__in=IN_FORCE),
                violation_error_message=_(
                    "Another approved authorization in the same unit covers some of these dates."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.unit} {self.first_on}"
