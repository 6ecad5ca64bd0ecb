"""When a program is warned, and when its weeks are closed: data with a date and a citation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.public_id import PublicIdField
from programs.models.program import Program

# What holds where a program says nothing.
UNRECORDED_HOURS = 24
CLOSE_DAYS = 2
UNITS_LEFT = 3
DAYS_LEFT = 7
REVIEW_DAYS = 3
RECERTIFICATION_DAYS = 14


class AlertRuleQuerySet(models.QuerySet["AlertRule"]):
    def in_effect_on(self, day: date) -> AlertRuleQuerySet:
        """The rule of each program on that date: the latest that has begun by then."""
        latest = (
            AlertRule.objects.filter(program=models.OuterRef("program"), effective_from__lte=day)
            .order_by("-effective_from")
            .values("pk")[:1]
        )
        return self.filter(pk__in=models.Subquery(latest))


@pghistory.track()
class AlertRule(models.Model):
    """How late, how little and how near is worth an alert; from a date on."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="alert_rules")
    effective_from = models.DateField(_("in effect from"))
    unrecorded_hours = models.PositiveSmallIntegerField(
        _("hours until a missing record is an alert"), default=UNRECORDED_HOURS
    )
    close_days = models.PositiveSmallIntegerField(
        _("days after its end until a week is closed"), default=CLOSE_DAYS
    )
    units_left = models.PositiveSmallIntegerField(
        _("units left of an authorization"), default=UNITS_LEFT
    )
    days_left = models.PositiveSmallIntegerField(
        _("days until an authorization ends"), default=DAYS_LEFT
    )
    review_days = models.PositiveSmallIntegerField(
        _("days until a utilization review"), default=REVIEW_DAYS
    )
    recertification_days = models.PositiveSmallIntegerField(
        _("days until recertification"), default=RECERTIFICATION_DAYS
    )
    citation = models.CharField(_("citation"), max_length=300, blank=True)

    objects = AlertRuleQuerySet.as_manager()

    class Meta:
        ordering = ["program", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "effective_from"],
                name="alert_rule_once_per_date",
                violation_error_message=_("There is an alert rule from that date already."),
            ),
            models.CheckConstraint(
                condition=Q(unrecorded_hours__range=(1, 168)),
                name="alert_rule_hours_within_a_week",
                violation_error_message=_("Between one hour and a week (168 hours)."),
            ),
            models.CheckConstraint(
                condition=Q(
                    close_days__lte=14,
                    days_left__lte=60,
                    review_days__lte=60,
                    recertification_days__lte=60,
                    units_left__lte=100,
                ),
                name="alert_rule_warns_in_time",
                violation_error_message=_(
                    "At most 14 days to close a week, 60 days ahead, and 100 units."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.effective_from}"


def alert_rule_on(program: Program, day: date) -> AlertRule:
    """Return the rule in effect on the date; where there is none, one that says the defaults."""
    found = AlertRule.objects.in_effect_on(day).filter(program=program).first()
    return found or AlertRule(program=program, effective_from=day)


def alert_rules_on(dates: Mapping[int, date]) -> dict[int, AlertRule]:
    """Return the rule of each program on its own date, by the program's key; one statement.

    Where there is none, one that says the defaults.
    """
    rules = {key: AlertRule(program_id=key, effective_from=day) for key, day in dates.items()}
    for rule in AlertRule.objects.filter(program__in=dates).order_by("effective_from"):
        if rule.effective_from <= dates[rule.program_id]:
            rules[rule.program_id] = rule
    return rules
