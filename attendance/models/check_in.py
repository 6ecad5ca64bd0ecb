"""How somebody arrives: mood, craving, use, and whether they are safe."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from attendance.models.sign_off import refuse_when_signed
from groups.models import GroupSession
from programs.models import Participant, Program
from programs.models.consent import IsFilled

# Both scales: 0 is the lowest mood, and no craving at all.
SCALE = (0, 10)


class YesNo(models.TextChoices):
    NO = "no", _("No")
    YES = "yes", _("Yes")


class Homework(models.TextChoices):
    DONE = "done", _("Done")
    PARTLY = "partly", _("Partly done")
    NOT_DONE = "not_done", _("Not done")
    NONE_GIVEN = "none_given", _("None was given")


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, user: User) -> CheckInQuerySet:
        """Those of sessions in the programs this person works in now."""
        return self.filter(session__group__program__in=Program.objects.visible_to(user))


@pghistory.track()
class CheckIn(models.Model):
    """One person's check-in at one session; what is blank was not answered."""

    public_id = PublicIdField()
    session = models.ForeignKey(GroupSession, on_delete=models.PROTECT, related_name="check_ins")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="check_ins")
    mood = models.PositiveSmallIntegerField(_("mood"), null=True, blank=True)
    craving = models.PositiveSmallIntegerField(_("craving"), null=True, blank=True)
    used_since = models.CharField(
        _("used since last time"), max_length=3, choices=YesNo, blank=True
    )
    setback = EncryptedTextField(_("one setback"), blank=True, default="")
    went_well = EncryptedTextField(_("one thing that went well"), blank=True, default="")
    skill = EncryptedTextField(_("skill practised"), blank=True, default="")
    homework = models.CharField(_("homework"), max_length=10, choices=Homework, blank=True)
    # "Are you thinking of harming yourself or somebody else?"
    safety = models.CharField(_("safety question"), max_length=3, choices=YesNo, blank=True)
    # On the kiosk the person answers; the facilitator who opened it is named all the same.
    is_by_participant = models.BooleanField(default=False)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    # Counts the changes, so that a form knows whether it was made from the latest.
    version = models.PositiveIntegerField(default=1)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "participant"],
                name="check_in_once",
                violation_error_message=_("This person has checked in already."),
            ),
            models.CheckConstraint(
                condition=(Q(mood=None) | Q(mood__range=SCALE))
                & (Q(craving=None) | Q(craving__range=SCALE)),
                name="check_in_on_its_scale",
                violation_error_message=_("Mood and craving go from 0 to 10."),
            ),
            models.CheckConstraint(
                condition=Q(used_since__in=["", *YesNo.values])
                & Q(safety__in=["", *YesNo.values])
                & Q(homework__in=["", *Homework.values]),
                name="check_in_answers_known",
            ),
        ]
        triggers = [
            refuse_when_signed(name="signed_check_in_stays", session="{row}.session_id"),
            pgtrigger.Protect(name="check_in_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.participant_id}"


class SafetyAlertQuerySet(models.QuerySet["SafetyAlert"]):
    def visible_to(self, user: User) -> SafetyAlertQuerySet:
        """Those of sessions in the programs this person works in now."""
        programs = Program.objects.visible_to(user)
        return self.filter(check_in__session__group__program__in=programs)

    def open(self) -> SafetyAlertQuerySet:
        """Those for which nobody has written yet what was done, the oldest first."""
        return self.filter(acknowledged_at=None).order_by("raised_at", "pk")


@pghistory.track()
class SafetyAlert(models.Model):
    """A safety question answered with yes. It stays, also where the answer is changed later."""

    public_id = PublicIdField()
    check_in = models.OneToOneField(CheckIn, on_delete=models.PROTECT, related_name="safety_alert")
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    what_was_done = EncryptedTextField(_("what was done"), blank=True, default="")

    objects = SafetyAlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(acknowledged_at=None, acknowledged_by=None)
                    & ~Q(IsFilled(models.F("what_was_done")))
                )
                | (
                    Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False)
                    & Q(IsFilled(models.F("what_was_done")))
                ),
                name="safety_alert_acknowledged_with_words",
                violation_error_message=_("Write what was done."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="acknowledged_alert_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__acknowledged_at__isnull=False),
            ),
            pgtrigger.Protect(name="safety_alert_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.check_in_id} {self.raised_at}"
