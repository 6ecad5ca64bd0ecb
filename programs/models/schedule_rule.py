"""What a program's calendar should keep to: data with a date and a citation. It only warns."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.public_id import PublicIdField
from programs.models.program import Program
from programs.models.rule import GroupKind


class ScheduleRuleQuerySet(models.QuerySet["ScheduleRule"]):
    def in_effect_on(self, day: date) -> ScheduleRuleQuerySet:
        """The rule of each program on that date: the latest that has begun by then."""
        latest = (
            ScheduleRule.objects.filter(program=models.OuterRef("program"), effective_from__lte=day)
            .order_by("-effective_from")
            .values("pk")[:1]
        )
        return self.filter(pk__in=models.Subquery(latest))


def _in_order(least: str, most: str) -> Q:
    return Q(**{least: None}) | Q(**{most: None}) | Q(**{f"{most}__gte": F(least)})


@pghistory.track()
class ScheduleRule(models.Model):
    """What is offered to a participant, and led by one person, from a date on; blank: no limit."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="schedule_rules")
    effective_from = models.DateField(_("in effect from"))
    min_days_per_week = models.PositiveSmallIntegerField(
        _("days offered a week, at least"), null=True, blank=True
    )
    max_days_per_week = models.PositiveSmallIntegerField(
        _("days offered a week, at most"), null=True, blank=True
    )
    min_minutes_per_day = models.PositiveSmallIntegerField(
        _("minutes offered a day, at least"), null=True, blank=True
    )
    max_minutes_per_day = models.PositiveSmallIntegerField(
        _("minutes offered a day, at most"), null=True, blank=True
    )
    max_gap_days = models.PositiveSmallIntegerField(
        _("days from one offered day to the next, at most"), null=True, blank=True
    )
    max_per_facilitator = models.PositiveSmallIntegerField(
        _("participants per facilitator, at most"), null=True, blank=True
    )
    citation = models.CharField(_("citation"), max_length=300, blank=True)

    objects = ScheduleRuleQuerySet.as_manager()

    class Meta:
        ordering = ["program", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "effective_from"],
                name="schedule_rule_once_per_date",
                violation_error_message=_("There is a schedule rule from that date already."),
            ),
            models.CheckConstraint(
                condition=_in_order("min_days_per_week", "max_days_per_week")
                & (Q(min_days_per_week=None) | Q(min_days_per_week__lte=7))
                & (Q(max_days_per_week=None) | Q(max_days_per_week__lte=7)),
                name="schedule_rule_days_in_order",
                violation_error_message=_("At least is not over at most, and a week has 7 days."),
            ),
            models.CheckConstraint(
                condition=_in_order("min_minutes_per_day", "max_minutes_per_day"),
                name="schedule_rule_minutes_in_order",
                violation_error_message=_("At least is not over at most."),
            ),
            models.CheckConstraint(
                condition=(Q(max_gap_days=None) | Q(max_gap_days__gte=1))
                & (Q(max_per_facilitator=None) | Q(max_per_facilitator__gte=1)),
                name="schedule_rule_limits_are_some",
                violation_error_message=_("A limit is at least 1; leave it blank for none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.effective_from}"


class RequiredCredential(models.Model):
    """A credential with which one may lead a kind of group; any one of those listed will do."""

    rule = models.ForeignKey(ScheduleRule, on_delete=models.PROTECT, related_name="credentials")
    kind = models.CharField(_("kind"), max_length=20, choices=GroupKind.choices)
    credential = models.CharField(_("credential"), max_length=40)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=GroupKind.values), name="required_credential_kind_known"
            ),
            models.UniqueConstraint(
                fields=["rule", "kind", "credential"],
                name="required_credential_once",
                violation_error_message=_("This credential is listed already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.credential}"
