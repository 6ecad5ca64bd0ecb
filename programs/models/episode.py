"""The steps of an episode of care, from the first call to the last follow-up."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.enrollment import Enrollment
from programs.models.participant import Participant
from programs.models.program import Program
from programs.models.referral import Referral


class Standing(models.TextChoices):
    """Where an episode of care stands on a date; derived from its rows, never stored on them."""

    REFERRED = "referred", _("Referred")
    WAITLISTED = "waitlisted", _("On the waiting list")
    SCHEDULED = "scheduled", _("Scheduled")
    ACTIVE = "active", _("Active")
    ON_LEAVE = "on_leave", _("On leave")
    DISCHARGED = "discharged", _("Discharged")
    DECLINED = "declined", _("Declined")


# Which standing may follow which; "" is before the first. Taking a discharge back leads to where
# the episode stood before it.
STEPS: dict[str, tuple[Standing, ...]] = {
    "": (Standing.REFERRED, Standing.WAITLISTED, Standing.SCHEDULED, Standing.ACTIVE),
    Standing.REFERRED: (
        Standing.WAITLISTED,
        Standing.SCHEDULED,
        Standing.ACTIVE,
        Standing.DECLINED,
    ),
    Standing.WAITLISTED: (
        Standing.REFERRED,
        Standing.SCHEDULED,
        Standing.ACTIVE,
        Standing.DECLINED,
    ),
    Standing.SCHEDULED: (
        Standing.ACTIVE,
        Standing.ON_LEAVE,
        Standing.DISCHARGED,
        Standing.DECLINED,
    ),
    Standing.ACTIVE: (Standing.ON_LEAVE, Standing.DISCHARGED),
    Standing.ON_LEAVE: (Standing.ACTIVE, Standing.DISCHARGED),
    Standing.DISCHARGED: (Standing.SCHEDULED, Standing.ACTIVE, Standing.ON_LEAVE),
    Standing.DECLINED: (Standing.REFERRED, Standing.WAITLISTED, Standing.SCHEDULED),
}


def allowed_steps() -> Q:
    """Accept exactly the steps of the table."""
    steps = Q(pk__in=[])
    for came_from, nexts in STEPS.items():
        steps |= Q(came_from=came_from, to__in=nexts)
    return steps


@pghistory.track()
class EpisodeStep(models.Model):
    """One step of an episode: from where to where, from which date on, who did it and when.

    The first day itself makes nobody act: it stands in the enrollment, and no step is written.
    """

    public_id = PublicIdField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="steps")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="steps"
    )
    enrollment = models.ForeignKey(
        Enrollment, null=True, blank=True, on_delete=models.PROTECT, related_name="steps"
    )
    came_from = models.CharField(max_length=10, choices=Standing, blank=True)
    to = models.CharField(max_length=10, choices=Standing)
    # The date from which it holds; the action was taken at `made_at`.
    takes_effect_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = EncryptedTextField(_("reason"), blank=True)
    # Rows that the step ended, by public id, so that it can be taken back.
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(came_from__in=["", *Standing.values]) & Q(to__in=Standing.values),
                name="episode_step_standings_known",
            ),
            models.CheckConstraint(
                condition=allowed_steps(),
                name="episode_step_allowed",
                violation_error_message=_("This step cannot follow that one."),
            ),
            models.CheckConstraint(
                condition=Q(referral__isnull=False) | Q(enrollment__isnull=False),
                name="episode_step_of_an_episode",
                violation_error_message=_("A step belongs to a referral or an enrollment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.came_from} {self.to} {self.takes_effect_on}"


class FollowUpOutcome(models.TextChoices):
    REACHED = "reached", _("Reached")
    NOT_REACHED = "not_reached", _("Not reached")
    DOES_NOT_WANT = "does_not_want", _("Does not want to be called")


FOLLOW_UP_DAYS = (7, 30, 60, 90)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def due(self) -> FollowUpQuerySet:
        """Those neither done nor called off."""
        return self.filter(done_at=None, called_off_at=None)


@pghistory.track()
class FollowUp(models.Model):
    """A word with somebody some days after discharge: when it is due, and how it went."""

    public_id = PublicIdField()
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="follow_ups")
    days = models.PositiveSmallIntegerField(_("days after discharge"))
    due_on = models.DateField(_("due"))
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=13, choices=FollowUpOutcome, blank=True)
    note = EncryptedTextField(_("note"), blank=True)
    # A discharge that was taken back calls its follow-ups off.
    called_off_at = models.DateTimeField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "days"],
                condition=Q(called_off_at=None),
                name="follow_up_once",
                violation_error_message=_("This follow-up is planned already."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *FollowUpOutcome.values]),
                name="follow_up_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="")
                | Q(done_at__isnull=False, outcome__in=FollowUpOutcome.values),
                name="follow_up_done_has_outcome",
                violation_error_message=_("A follow-up that is done says how it went."),
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1),
                name="follow_up_after_some_days",
                violation_error_message=_("A follow-up is at least one day after discharge."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.days}"
