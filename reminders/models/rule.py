"""A program's reminder rule: when messages go out, when they must not, and how many may."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Program, Weekday

# After a day's work, with time left to call the site back.
USUAL_EVENING = time(18)
# 47 CFR 64.1200(c)(1): no calls before 8 in the morning and after 9 in the evening, local time.
QUIET_FROM, QUIET_UNTIL = time(21), time(8)
MINUTES_BEFORE = (15, 720)
MOST_A_DAY, MOST_A_WEEK = (1, 10), (1, 50)


class ReminderRuleQuerySet(models.QuerySet["ReminderRule"]):
    def visible_to(self, user: User) -> ReminderRuleQuerySet:
        """Those of the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))

    def by_program(self, programs: Iterable[Program]) -> dict[int, ReminderRule]:
        """Return each program's rule by its key; who has none has the usual one, unsaved."""
        wanted = list(programs)
        saved = {each.program_id: each for each in self.filter(program__in=wanted)}
        return {each.pk: saved.get(each.pk) or ReminderRule(program=each) for each in wanted}


@pghistory.track()
class ReminderRule(models.Model):
    """One per program. Quiet hours are the recipient's local time; the rest is the site's."""

    public_id = PublicIdField()
    program = models.OneToOneField(Program, on_delete=models.PROTECT, related_name="reminder_rule")
    evening_at = models.TimeField(
        _("the evening before, at"), null=True, blank=True, default=USUAL_EVENING
    )
    minutes_before = models.PositiveSmallIntegerField(
        _("minutes before the day begins"),
        null=True,
        blank=True,
        default=120,
        validators=[MinValueValidator(MINUTES_BEFORE[0]), MaxValueValidator(MINUTES_BEFORE[1])],
    )
    weekly_on = models.PositiveSmallIntegerField(
        _("the week ahead, on"), choices=Weekday, null=True, default=Weekday.SUNDAY
    )
    weekly_at = models.TimeField(_("the week ahead, at"), default=time(17))
    quiet_from = models.TimeField(_("quiet from"), default=QUIET_FROM)
    quiet_until = models.TimeField(_("quiet until"), default=QUIET_UNTIL)
    most_a_day = models.PositiveSmallIntegerField(
        _("at most a day"),
        default=4,
        validators=[MinValueValidator(MOST_A_DAY[0]), MaxValueValidator(MOST_A_DAY[1])],
    )
    most_a_week = models.PositiveSmallIntegerField(
        _("at most a week"),
        default=16,
        validators=[MinValueValidator(MOST_A_WEEK[0]), MaxValueValidator(MOST_A_WEEK[1])],
    )

    objects = ReminderRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_before__isnull=True) | Q(minutes_before__range=MINUTES_BEFORE),
                name="reminder_rule_minutes_before",
                violation_error_message=_("Between 15 minutes and 12 hours before."),
            ),
            models.CheckConstraint(
                condition=Q(weekly_on__isnull=True) | Q(weekly_on__in=Weekday.values),
                name="reminder_rule_weekday_known",
            ),
            models.CheckConstraint(
                condition=~Q(quiet_from=F("quiet_until")),
                name="reminder_rule_quiet_hours_end",
                violation_error_message=_("Quiet hours begin and end at different times."),
            ),
            models.CheckConstraint(
                condition=Q(most_a_day__range=MOST_A_DAY)
                & Q(most_a_week__range=MOST_A_WEEK)
                & Q(most_a_week__gte=F("most_a_day")),
                name="reminder_rule_most",
                violation_error_message=_(
                    "Between 1 and 10 messages a day, and at least as many a week, up to 50."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id}"
