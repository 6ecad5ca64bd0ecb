"""Somebody asks to come: the first call, the wait for a seat, and what became of it."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.enrollment import Admission, CameFrom, Enrollment, care_before_fits
from programs.models.participant import Participant
from programs.models.program import Program


class ReferralStatus(models.TextChoices):
    """How far somebody is who asked to come."""

    REFERRED = "referred", _("Referred")
    WAITLISTED = "waitlisted", _("On the waiting list")
    ENROLLED = "enrolled", _("Enrolled")
    DECLINED = "declined", _("Declined")


OPEN = (ReferralStatus.REFERRED, ReferralStatus.WAITLISTED)


class ReferralSource(models.TextChoices):
    SELF = "self", _("They themselves")
    FAMILY = "family", _("Family or friends")
    HOSPITAL = "hospital", _("Hospital or emergency room")
    RESIDENTIAL = "residential", _("Residential program")
    PHP = "php", _("Partial hospitalization program")
    OUTPATIENT = "outpatient", _("Therapist or doctor")
    COURT = "court", _("Court or probation")
    WORK = "work", _("Work or school")
    INSURER = "insurer", _("Insurer")
    OTHER = "other", _("Somebody else")


class DeclineReason(models.TextChoices):
    CHOSE_ELSEWHERE = "chose_elsewhere", _("Chose another program")
    MORE_CARE = "more_care", _("Needs more intensive care")
    LESS_CARE = "less_care", _("Needs less intensive care")
    COVERAGE = "coverage", _("No coverage")
    NOT_REACHED = "not_reached", _("Could not be reached")
    CHANGED_MIND = "changed_mind", _("Does not want to come")
    OTHER = "other", _("Another reason")


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User) -> ReferralQuerySet:
        """Those to the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))

    def open(self) -> ReferralQuerySet:
        """Those of which nothing has become yet."""
        return self.filter(status__in=OPEN)

    def waiting(self) -> ReferralQuerySet:
        """The waiting list, who has waited longest first."""
        waits = self.filter(status=ReferralStatus.WAITLISTED)
        return waits.order_by("waitlisted_at", "pk")


@pghistory.track()
class Referral(models.Model):
    """One person's way to one program, from the first call until they are enrolled or declined."""

    public_id = PublicIdField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="referrals")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="referrals")
    status = models.CharField(
        _("status"), max_length=10, choices=ReferralStatus, default=ReferralStatus.REFERRED
    )
    referred_on = models.DateField(_("first call"))
    source = models.CharField(_("who referred them"), max_length=11, choices=ReferralSource)
    source_name = EncryptedTextField(_("name and number"), blank=True)
    admission = models.CharField(
        _("admission"), max_length=10, choices=Admission, default=Admission.DIRECT
    )
    came_from = models.CharField(_("comes from"), max_length=12, choices=CameFrom, blank=True)
    wanted_on = models.DateField(_("wants to start"), null=True, blank=True)
    waitlisted_at = models.DateTimeField(_("waiting since"), null=True, blank=True)
    decline_reason = models.CharField(
        _("why declined"), max_length=15, choices=DeclineReason, blank=True
    )
    note = EncryptedTextField(_("note"), blank=True)
    enrollment = models.OneToOneField(
        Enrollment, null=True, blank=True, on_delete=models.PROTECT, related_name="referral"
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ReferralStatus.values), name="referral_status_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=ReferralSource.values), name="referral_source_known"
            ),
            models.CheckConstraint(
                condition=Q(admission__in=Admission.values), name="referral_admission_known"
            ),
            models.CheckConstraint(
                condition=Q(came_from__in=["", *CameFrom.values]) & care_before_fits(),
                name="referral_came_from_fits",
                violation_error_message=_(
                    "Who steps down comes from more intensive care, who steps up from outpatient"
                    " care."
                ),
            ),
            models.CheckConstraint(
                condition=Q(decline_reason__in=["", *DeclineReason.values]),
                name="referral_decline_reason_known",
            ),
            models.CheckConstraint(
                condition=Q(decline_reason="") & ~Q(status=ReferralStatus.DECLINED)
                | Q(decline_reason__in=DeclineReason.values, status=ReferralStatus.DECLINED),
                name="referral_declined_for_a_reason",
                violation_error_message=_("Who is declined is declined for a reason."),
            ),
            models.CheckConstraint(
                condition=Q(enrollment=None) & ~Q(status=ReferralStatus.ENROLLED)
                | Q(enrollment__isnull=False, status=ReferralStatus.ENROLLED),
                name="referral_enrolled_has_enrollment",
                violation_error_message=_("Who is enrolled has an enrollment, and nobody else."),
            ),
            models.CheckConstraint(
                condition=~Q(status=ReferralStatus.WAITLISTED) | Q(waitlisted_at__isnull=False),
                name="referral_waits_since",
                violation_error_message=_("Who waits has waited since a time."),
            ),
            models.UniqueConstraint(
                fields=["participant", "program"],
                condition=Q(status__in=OPEN),
                name="referral_open_once",
                violation_error_message=_("They are referred to this program already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.program_id} {self.status}"
