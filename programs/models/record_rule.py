"""What a program asks of its records: data with a date and a citation."""

from __future__ import annotations

from datetime import date, timedelta

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.program import Program

# What holds where a program says nothing: minutes at the door, and hours to write and to call.
GRACE_MINUTES = 5
NOTES_DUE_HOURS = 24
OUTREACH_DUE_HOURS = 24
# A week, beyond which a record is no longer "contemporaneous" in anybody's book.
MOST_HOURS = 168


class RecordRuleQuerySet(models.QuerySet["RecordRule"]):
    def in_effect_on(self, day: date) -> RecordRuleQuerySet:
        """The rule of each program on that date: the latest that has begun by then."""
        latest = (
            RecordRule.objects.filter(program=models.OuterRef("program"), effective_from__lte=day)
            .order_by("-effective_from")
            .values("pk")[:1]
        )
        return self.filter(pk__in=models.Subquery(latest))


@pghistory.track()
class RecordRule(models.Model):
    """When somebody is late, when notes are due, whose are co-signed; from a date on."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="record_rules")
    effective_from = models.DateField(_("in effect from"))
    grace_minutes = models.PositiveSmallIntegerField(
        _("minutes before somebody is late"),
        default=GRACE_MINUTES,
        help_text=_("The same at the end: who leaves earlier than that has left early."),
    )
    notes_due_hours = models.PositiveSmallIntegerField(
        _("hours until notes are due"), default=NOTES_DUE_HOURS
    )
    outreach_due_hours = models.PositiveSmallIntegerField(
        _("hours until somebody missed is called"), default=OUTREACH_DUE_HOURS
    )
    cosigned_credentials = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("credentials whose notes are co-signed"),
        default=list,
        blank=True,
    )
    # Whom the reminder of a waiting co-signature goes to; blank: the directors.
    cosigned_by = models.ForeignKey(
        User,
        verbose_name=_("who co-signs"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    citation = models.CharField(_("citation"), max_length=300, blank=True)

    objects = RecordRuleQuerySet.as_manager()

    class Meta:
        ordering = ["program", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "effective_from"],
                name="record_rule_once_per_date",
                violation_error_message=_("There is a record rule from that date already."),
            ),
            models.CheckConstraint(
                condition=Q(grace_minutes__lte=60),
                name="record_rule_grace_is_minutes",
                violation_error_message=_("Somebody is late after an hour at the latest."),
            ),
            models.CheckConstraint(
                condition=Q(notes_due_hours__range=(1, MOST_HOURS))
                & Q(outreach_due_hours__range=(1, MOST_HOURS)),
                name="record_rule_due_within_a_week",
                violation_error_message=_("Between one hour and a week (168 hours)."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.effective_from}"

    @property
    def grace(self) -> timedelta:
        """How long after the start one is not late yet."""
        return timedelta(minutes=self.grace_minutes)


def record_rule_on(program: Program, day: date) -> RecordRule:
    """Return the rule in effect on the date; where there is none, one that says the defaults."""
    found = RecordRule.objects.in_effect_on(day).filter(program=program).first()
    return found or RecordRule(program=program, effective_from=day)
