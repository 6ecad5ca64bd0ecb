"""What was concluded about a week when it was closed, and under which rule. It never changes."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from hours.verdicts import Flag, Tag, Verdict
from programs.models import Enrollment, HoursRule, Program

FOR_GOOD = pgtrigger.Update | pgtrigger.Delete
# What a week that is over can be.
CONCLUDED = (Verdict.EXEMPT, Verdict.MET, Verdict.PENDING, Verdict.NOT_MET)


class WeekCloseQuerySet(models.QuerySet["WeekClose"]):
    def visible_to(self, user: User) -> WeekCloseQuerySet:
        """Those of the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))


class WeekClose(models.Model):
    """One program's week, concluded once; later corrections are shown against it."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="week_closes")
    week_on = models.DateField(_("week of"))
    rule = models.ForeignKey(HoursRule, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("closed"))
    # Nobody: the clock closed it.
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = WeekCloseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "week_on"],
                name="week_closes_once",
                violation_error_message=_("This week is closed already."),
            )
        ]
        triggers = [pgtrigger.Protect(name="week_close_stays", operation=FOR_GOOD)]

    def __str__(self) -> str:
        return f"{self.program_id} {self.week_on}"


class ConclusionQuerySet(models.QuerySet["Conclusion"]):
    def visible_to(self, user: User) -> ConclusionQuerySet:
        """Those of the programs this person works in now."""
        return self.filter(close__program__in=Program.objects.visible_to(user))


class Conclusion(models.Model):
    """One enrollment's row of a closed week; amounts in minutes, as `weekly_hours.py` names them.

    `lines` holds the ledger it was made of: a list of objects with `session` (public id), `net`,
    `credited`, `is_expected`, `has_record` and `absence`.
    """

    close = models.ForeignKey(WeekClose, on_delete=models.PROTECT, related_name="conclusions")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="conclusions")
    tag = models.CharField(max_length=17, choices=[(tag.value, tag.value) for tag in Tag])
    required = models.PositiveIntegerField()
    offered = models.PositiveIntegerField()
    attended = models.PositiveIntegerField()
    unrecorded = models.PositiveIntegerField()
    qualifying_days = models.PositiveSmallIntegerField()
    verdict = models.CharField(
        max_length=11, choices=[(each.value, each.value) for each in CONCLUDED]
    )
    flags = ArrayField(
        models.CharField(max_length=12, choices=[(each.value, each.value) for each in Flag]),
        default=list,
        blank=True,
    )
    lines = models.JSONField(default=list)

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["close", "enrollment"],
                name="conclusion_once",
                violation_error_message=_("This week is concluded already."),
            ),
            models.CheckConstraint(
                condition=Q(tag__in=[tag.value for tag in Tag]), name="conclusion_tag_known"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=[each.value for each in CONCLUDED]),
                name="conclusion_verdict_of_a_week_that_is_over",
                violation_error_message=_("A closed week is met, not met, pending or exempt."),
            ),
            models.CheckConstraint(
                condition=Q(flags__contained_by=[flag.value for flag in Flag]),
                name="conclusion_flags_known",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="met") | Q(attended__gte=F("required")),
                name="conclusion_met_has_its_minutes",
                violation_error_message=_("A week is met by the minutes it requires."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="conclusion_stays", operation=FOR_GOOD)]

    def __str__(self) -> str:
        return f"{self.close_id} {self.enrollment_id}"
