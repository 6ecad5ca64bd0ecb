"""How long records are kept, and what must not be destroyed whatever the rule says."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.consent import IsFilled
from programs.models.participant import Participant
from programs.models.program import Program

# What holds where a program says nothing: state rules ask 5 to 11 years, Medicare managed care 10.
ADULT_YEARS = 10
MINOR_YEARS = 10
MOST_YEARS = 50


class RetentionRuleQuerySet(models.QuerySet["RetentionRule"]):
    def in_effect_on(self, day: date) -> RetentionRuleQuerySet:
        """The rule of each program on that date: the latest that has begun by then."""
        latest = (
            RetentionRule.objects.filter(
                program=models.OuterRef("program"), effective_from__lte=day
            )
            .order_by("-effective_from")
            .values("pk")[:1]
        )
        return self.filter(pk__in=models.Subquery(latest))


@pghistory.track()
class RetentionRule(models.Model):
    """For how many years a chart is kept; from a date on."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="retention_rules")
    effective_from = models.DateField(_("in effect from"))
    adult_years = models.PositiveSmallIntegerField(_("years after discharge"), default=ADULT_YEARS)
    minor_years = models.PositiveSmallIntegerField(
        _("years after a minor comes of age"), default=MINOR_YEARS
    )
    citation = models.CharField(_("citation"), max_length=300, blank=True)

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        ordering = ["program", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "effective_from"],
                name="retention_rule_once_per_date",
                violation_error_message=_("There is a retention rule from that date already."),
            ),
            models.CheckConstraint(
                condition=Q(adult_years__range=(1, MOST_YEARS))
                & Q(minor_years__range=(0, MOST_YEARS)),
                name="retention_rule_in_years",
                violation_error_message=_("Between 1 and 50 years."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.effective_from}"


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def in_force(self) -> LegalHoldQuerySet:
        """Those that nobody has lifted."""
        return self.filter(lifted_on=None)


@pghistory.track()
class LegalHold(models.Model):
    """A record that must be kept until somebody lifts the hold, with who and why of both."""

    public_id = PublicIdField()
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="legal_holds"
    )
    reason = EncryptedTextField(_("reason"))
    placed_on = models.DateField(_("placed"))
    placed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_on = models.DateField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_reason = EncryptedTextField(_("why it is lifted"), blank=True, default="")

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_on=None) | Q(lifted_on__gte=F("placed_on")),
                name="legal_hold_lifted_after_placed",
                violation_error_message=_("A hold is lifted on or after the day it was placed."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_on=None, lifted_by=None)
                | (
                    Q(lifted_on__isnull=False, lifted_by__isnull=False)
                    & Q(IsFilled(F("lifted_reason")))
                ),
                name="legal_hold_lifted_by_someone",
                violation_error_message=_("Who lifts a hold says so, and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.placed_on}"
