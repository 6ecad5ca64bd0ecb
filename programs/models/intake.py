"""What comes before an enrollment: a draft of it, and the suspicion of a duplicate."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.participant import Participant
from programs.models.program import Program


class EnrollmentDraftQuerySet(models.QuerySet["EnrollmentDraft"]):
    def visible_to(self, user: User) -> EnrollmentDraftQuerySet:
        """One's own: what is half said on one phone is nobody else's."""
        return self.filter(kept_by=user, program__in=Program.objects.visible_to(user))


class EnrollmentDraft(models.Model):
    """An enrollment half filled in. It bears the id that the enrollment will have."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="drafts")
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    # The form's answers as JSON, encrypted: names stand in them.
    answers = EncryptedTextField()

    objects = EnrollmentDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "pk"]

    def __str__(self) -> str:
        return f"{self.program_id} {self.kept_at}"


class DuplicateOutcome(models.TextChoices):
    MERGED = "merged", _("The same person")
    DIFFERENT = "different", _("Two people")


class DuplicateReportQuerySet(models.QuerySet["DuplicateReport"]):
    def open(self) -> DuplicateReportQuerySet:
        """Those nobody has looked at yet."""
        return self.filter(settled_at=None)


class DuplicateReport(models.Model):
    """Somebody entered may be on record already, in a program whoever entered them may not see."""

    public_id = PublicIdField()
    entered = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    known = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=9, choices=DuplicateOutcome, blank=True)

    objects = DuplicateReportQuerySet.as_manager()

    class Meta:
        ordering = ["reported_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entered", "known"],
                name="duplicate_report_once",
                violation_error_message=_("These two records are reported already."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *DuplicateOutcome.values]),
                name="duplicate_report_outcome_known",
            ),
            models.CheckConstraint(
                condition=~Q(entered=F("known")),
                name="duplicate_report_of_two",
                violation_error_message=_("A duplicate is another record."),
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="")
                | Q(settled_at__isnull=False, outcome__in=DuplicateOutcome.values),
                name="duplicate_report_settled_somehow",
                violation_error_message=_("A report is settled with an outcome."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entered_id} {self.known_id}"
