"""What a program asks: how much of a lesson counts, what completes it, what the law demands."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from curriculum.models.track import Lesson
from programs.models import Program

# The share of a lesson's minutes that counts as received where a program says nothing.
RECEIVED_PERCENT = 75


class CurriculumRuleQuerySet(models.QuerySet["CurriculumRule"]):
    def in_effect_on(self, day: date) -> CurriculumRuleQuerySet:
        """The rule of each program on that date: the latest that has begun by then."""
        latest = (
            CurriculumRule.objects.filter(
                program=models.OuterRef("program"), effective_from__lte=day
            )
            .order_by("-effective_from")
            .values("pk")[:1]
        )
        return self.filter(pk__in=models.Subquery(latest))


def _percent(*names: str) -> Q:
    within = Q()
    for name in names:
        within &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (1, 100)})
    return within


@pghistory.track()
class CurriculumRule(models.Model):
    """When a lesson counts as received, and what completes the program; from a date on.

    A criterion of completion that is blank is not asked for.
    """

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="curriculum_rules")
    effective_from = models.DateField(_("in effect from"))
    received_percent = models.PositiveSmallIntegerField(
        _("share of a lesson's minutes that counts as received, in percent"),
        default=RECEIVED_PERCENT,
    )
    min_core_percent = models.PositiveSmallIntegerField(
        _("core lessons received, in percent"), null=True, blank=True, default=100
    )
    has_all_topics = models.BooleanField(_("every topic that a jurisdiction demands"), default=True)
    min_weeks = models.PositiveSmallIntegerField(_("weeks in the program"), null=True, blank=True)
    min_hours = models.PositiveSmallIntegerField(_("hours attended"), null=True, blank=True)
    min_weeks_met_percent = models.PositiveSmallIntegerField(
        _("weeks whose hours were met, in percent"), null=True, blank=True
    )
    min_plan_percent = models.PositiveSmallIntegerField(
        _("share of the relapse prevention plan filled in, in percent"), null=True, blank=True
    )
    min_homework_percent = models.PositiveSmallIntegerField(
        _("homework done or partly done, in percent"), null=True, blank=True
    )
    citation = models.CharField(_("citation"), max_length=300, blank=True)

    objects = CurriculumRuleQuerySet.as_manager()

    class Meta:
        ordering = ["program", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "effective_from"],
                name="curriculum_rule_once_per_date",
                violation_error_message=_("There is a curriculum rule from that date already."),
            ),
            models.CheckConstraint(
                condition=Q(received_percent__range=(1, 100))
                & _percent(
                    "min_core_percent",
                    "min_weeks_met_percent",
                    "min_plan_percent",
                    "min_homework_percent",
                ),
                name="curriculum_rule_within_a_hundred",
                violation_error_message=_("A share is between 1 and 100 percent."),
            ),
            models.CheckConstraint(
                condition=(Q(min_weeks=None) | Q(min_weeks__range=(1, 104)))
                & (Q(min_hours=None) | Q(min_hours__range=(1, 2_000))),
                name="curriculum_rule_within_reach",
                violation_error_message=_("Between 1 and 104 weeks, and 1 and 2,000 hours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.effective_from}"


def curriculum_rule_on(program: Program, day: date) -> CurriculumRule:
    """Return the rule in effect on the date; where there is none, one that says the defaults."""
    found = CurriculumRule.objects.in_effect_on(day).filter(program=program).first()
    return found or CurriculumRule(program=program, effective_from=day)


class RequiredTopicQuerySet(models.QuerySet["RequiredTopic"]):
    def visible_to(self, user: User) -> RequiredTopicQuerySet:
        """Those of the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))

    def asked_on(self, day: date) -> RequiredTopicQuerySet:
        """Those in force on that date."""
        return self.filter(first_on__lte=day).filter(Q(last_on=None) | Q(last_on__gte=day))


@pghistory.track()
class RequiredTopic(models.Model):
    """What a jurisdiction wants taught. Any one of its lessons meets it."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="required_topics")
    jurisdiction = models.CharField(_("jurisdiction"), max_length=80)
    name = models.CharField(_("topic"), max_length=160)
    citation = models.CharField(_("citation"), max_length=300, blank=True)
    first_on = models.DateField(_("demanded from"))
    last_on = models.DateField(_("demanded until"), null=True, blank=True)

    objects = RequiredTopicQuerySet.as_manager()

    class Meta:
        ordering = ["program", "jurisdiction", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "jurisdiction", "name"],
                name="required_topic_once",
                violation_error_message=_("This topic of the jurisdiction is listed already."),
            ),
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=F("first_on")),
                name="required_topic_ends_after_start",
                violation_error_message=_("The last day is on or after the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class TopicLesson(models.Model):
    """That a lesson meets a topic."""

    topic = models.ForeignKey(RequiredTopic, on_delete=models.PROTECT, related_name="lessons")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="topics")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "lesson"],
                name="topic_lesson_once",
                violation_error_message=_("This lesson meets the topic already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.lesson_id}"
