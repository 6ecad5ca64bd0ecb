"""What a program's participants must attend each week: data with a date and a citation."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.program import Program


class GroupKind(models.TextChoices):
    """What a group is for; a rule may count some kinds and not others."""

    PROCESS = "process", _("Process")
    SKILLS = "skills", _("Skills")
    PSYCHOEDUCATION = "psychoeducation", _("Psychoeducation")
    RELAPSE_PREVENTION = "relapse_prevention", _("Relapse prevention")
    MINDFULNESS = "mindfulness", _("Mindfulness")
    FAMILY = "family", _("Family")
    INDIVIDUAL = "individual", _("Individual")


class Count(models.TextChoices):
    """How minutes are counted."""

    NET_MINUTES = "net_minutes", _("Net minutes, without breaks")
    SCHEDULED_SPAN = "scheduled_span", _("The scheduled span, breaks included")
    CLINICAL_HOURS = "clinical_hours", _("Clinical hours of 50 minutes")


class Weeks(models.TextChoices):
    """Whether a week of a certain kind is held to the minimum."""

    EXEMPT = "exempt", _("Exempt")
    COUNT = "count", _("Count")


class HoursRuleQuerySet(models.QuerySet["HoursRule"]):
    def in_effect_on(self, day: date) -> HoursRuleQuerySet:
        """The rule of each program on that date: the latest that has begun by then."""
        latest = (
            HoursRule.objects.filter(program=models.OuterRef("program"), effective_from__lte=day)
            .order_by("-effective_from")
            .values("pk")[:1]
        )
        return self.filter(pk__in=models.Subquery(latest))


def _known(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}), name=f"hours_rule_{field}_known"
    )


@pghistory.track()
class HoursRule(models.Model):
    """The weekly minimum of a program from a date on, until the next rule begins.

    Two rules of one program cannot overlap: a rule ends where the next one starts, and no two
    start on the same date.
    """

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="rules")
    effective_from = models.DateField(_("in effect from"))
    min_minutes_per_week = models.PositiveIntegerField(_("minutes a week, at least"))
    max_minutes_per_week = models.PositiveIntegerField(_("minutes a week, at most"))
    min_days_per_week = models.PositiveSmallIntegerField(_("days a week, at least"))
    min_minutes_per_day = models.PositiveIntegerField(_("minutes for a day to count"))
    count = models.CharField(_("count"), max_length=20, choices=Count)
    partial_weeks = models.CharField(
        _("first and last weeks"), max_length=10, choices=Weeks, default=Weeks.EXEMPT
    )
    closures = models.CharField(
        _("weeks with a closure"), max_length=10, choices=Weeks, default=Weeks.EXEMPT
    )
    leave = models.CharField(
        _("weeks with leave"), max_length=10, choices=Weeks, default=Weeks.EXEMPT
    )
    counts = ArrayField(
        models.CharField(max_length=20, choices=GroupKind),
        verbose_name=_("kinds that count"),
        null=True,
        blank=True,
        help_text=_("All kinds where nothing is chosen."),
    )
    # Dates in a row without attendance; more than so many is an alert. Blank: nobody asks.
    max_gap_days = models.PositiveSmallIntegerField(
        _("days in a row without attendance, at most"), null=True, blank=True
    )
    citation = models.CharField(_("citation"), max_length=300, blank=True)
    verified_by = models.ForeignKey(
        User,
        verbose_name=_("verified by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verified_on = models.DateField(_("verified on"), null=True, blank=True)

    objects = HoursRuleQuerySet.as_manager()

    class Meta:
        ordering = ["program", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "effective_from"],
                name="hours_rule_once_per_date",
                violation_error_message=_("This program has a rule from that date already."),
            ),
            models.CheckConstraint(
                condition=Q(max_minutes_per_week__gte=F("min_minutes_per_week")),
                name="hours_rule_max_not_under_min",
                violation_error_message=_("The most a week is not under the least."),
            ),
            models.CheckConstraint(
                condition=Q(min_days_per_week__lte=7),
                name="hours_rule_days_fit_week",
                violation_error_message=_("A week has at most 7 days."),
            ),
            models.CheckConstraint(
                condition=Q(max_gap_days=None) | Q(max_gap_days__lte=14),
                name="hours_rule_gap_is_days",
                violation_error_message=_("At most 14 days in a row."),
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True, verified_on__isnull=True)
                | Q(verified_by__isnull=False, verified_on__isnull=False),
                name="hours_rule_verified_by_somebody",
                violation_error_message=_("A rule is verified by somebody on a date."),
            ),
            _known("count", Count),
            _known("partial_weeks", Weeks),
            _known("closures", Weeks),
            _known("leave", Weeks),
            models.CheckConstraint(
                condition=Q(counts__contained_by=GroupKind.values) & ~Q(counts=[]),
                name="hours_rule_counts_known",
                violation_error_message=_("Name known kinds of group, or none for all of them."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program.code} {self.effective_from}"

    @property
    def kinds_that_count(self) -> list[str]:
        """The kinds of group whose minutes count under this rule."""
        return self.counts if self.counts is not None else list(GroupKind.values)
