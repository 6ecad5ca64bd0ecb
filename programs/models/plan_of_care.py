"""The plan of care: goals, certification, and the level of care somebody was found to need."""

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
from programs.models.enrollment import Enrollment
from programs.models.program import LevelOfCare

# A certification holds so many days where the clinic says nothing else (42 CFR 424.24: at least
# every 60 days).
CERTIFIED_DAYS = 60
# Ratings of one dimension, 0 (no risk) to 4 (most).
RATINGS = (0, 4)


class GoalOutcome(models.TextChoices):
    MET = "met", _("Met")
    PARTLY_MET = "partly_met", _("Partly met")
    NOT_MET = "not_met", _("Not met")
    REPLACED = "replaced", _("Replaced by another")


@pghistory.track()
class Goal(models.Model):
    """What somebody wants to reach here, by when, and what came of it."""

    public_id = PublicIdField()
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="goals")
    text = EncryptedTextField(_("goal"))
    set_on = models.DateField(_("set"))
    target_on = models.DateField(_("by"), null=True, blank=True)
    ended_on = models.DateField(_("closed"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=GoalOutcome, blank=True)
    set_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["set_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["", *GoalOutcome.values]), name="goal_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(IsFilled(F("text"))),
                name="goal_has_text",
                violation_error_message=_("A goal is said in words."),
            ),
            models.CheckConstraint(
                condition=Q(target_on=None) | Q(target_on__gte=F("set_on")),
                name="goal_target_after_set",
                violation_error_message=_("A goal is for a day on or after the day it is set."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, outcome="")
                | Q(
                    ended_on__isnull=False,
                    ended_on__gte=F("set_on"),
                    outcome__in=GoalOutcome.values,
                ),
                name="goal_closed_with_outcome",
                violation_error_message=_(
                    "A goal is closed on or after the day it was set, with an outcome."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.set_on}"


class CertificationQuerySet(models.QuerySet["Certification"]):
    def standing(self) -> CertificationQuerySet:
        """Those not taken back, the newest first."""
        return self.filter(withdrawn_at=None).order_by("-signed_on", "-pk")


@pghistory.track()
class Certification(models.Model):
    """A physician's word that this level of care is needed, until it has to be given again."""

    public_id = PublicIdField()
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="certifications"
    )
    signed_on = models.DateField(_("signed"))
    due_on = models.DateField(_("next due"))
    signed_by_name = EncryptedTextField(_("signed by"))
    entered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CertificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("signed_on")),
                name="certification_due_after_signed",
                violation_error_message=_(
                    "The next certification is due after this one is signed."
                ),
            ),
            models.UniqueConstraint(
                fields=["enrollment", "signed_on"],
                condition=Q(withdrawn_at=None),
                name="certification_once_a_day",
                violation_error_message=_("A certification signed that day is on record already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.signed_on}"


class AsamEdition(models.TextChoices):
    THIRD = "3", _("3rd edition")
    FOURTH = "4", _("4th edition")


DIMENSIONS = tuple(f"dimension_{number}" for number in range(1, 7))


def _rating(number: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        _("Dimension %(number)s") % {"number": number}, null=True, blank=True
    )


def _ratings_in_range() -> Q:
    fits = Q()
    for name in DIMENSIONS:
        fits &= Q(**{name: None}) | Q(**{f"{name}__range": RATINGS})
    return fits


class DeterminationQuerySet(models.QuerySet["LevelOfCareDetermination"]):
    def standing(self) -> DeterminationQuerySet:
        """Those not taken back, the newest first."""
        return self.filter(withdrawn_at=None).order_by("-determined_on", "-pk")


@pghistory.track()
class LevelOfCareDetermination(models.Model):
    """Which level of care somebody was found to need, by which edition, with the six ratings.

    The ratings are plain numbers; the criteria are ASAM's and not repeated here. An old one keeps
    its edition: the dimensions of the two do not mean the same.
    """

    public_id = PublicIdField()
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="determinations"
    )
    determined_on = models.DateField(_("determined"))
    edition = models.CharField(_("ASAM edition"), max_length=1, choices=AsamEdition)
    level_of_care = models.CharField(_("level of care"), max_length=4, choices=LevelOfCare)
    dimension_1 = _rating(1)
    dimension_2 = _rating(2)
    dimension_3 = _rating(3)
    dimension_4 = _rating(4)
    dimension_5 = _rating(5)
    dimension_6 = _rating(6)
    determined_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DeterminationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(edition__in=AsamEdition.values), name="determination_edition_known"
            ),
            models.CheckConstraint(
                condition=Q(level_of_care__in=LevelOfCare.values),
                name="determination_level_known",
            ),
            models.CheckConstraint(
                condition=_ratings_in_range(),
                name="determination_ratings_in_range",
                violation_error_message=_("A rating is a number from 0 to 4."),
            ),
            models.UniqueConstraint(
                fields=["enrollment", "determined_on"],
                condition=Q(withdrawn_at=None),
                name="determination_once_a_day",
                violation_error_message=_("A determination of that day is on record already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.determined_on}"

    @property
    def ratings(self) -> tuple[int | None, ...]:
        """The six dimensions' ratings, in order."""
        return tuple(getattr(self, name) for name in DIMENSIONS)


def due_after(signed_on: date, days: int = CERTIFIED_DAYS) -> date:
    """Return when the next certification is due, `days` after one was signed."""
    return date.fromordinal(signed_on.toordinal() + days)
