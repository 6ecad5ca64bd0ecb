"""A clinic folder sent from the browser, until it is applied or dropped."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField


class UploadStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting to be checked")
    CHECKING = "checking", _("Being checked")
    WRONG = "wrong", _("Cannot be imported")
    READY = "ready", _("Ready to be imported")
    TO_APPLY = "to_apply", _("Waiting to be imported")
    APPLYING = "applying", _("Being imported")
    APPLIED = "applied", _("Imported")
    DROPPED = "dropped", _("Dropped")


# Which status may follow which. A worker that died leaves a row claimed; the next sweep takes it
# up again, hence the two steps back.
UPLOAD_STEPS: dict[UploadStatus, tuple[UploadStatus, ...]] = {
    UploadStatus.WAITING: (UploadStatus.CHECKING, UploadStatus.DROPPED),
    UploadStatus.CHECKING: (UploadStatus.WRONG, UploadStatus.READY, UploadStatus.WAITING),
    UploadStatus.WRONG: (UploadStatus.DROPPED,),
    UploadStatus.READY: (UploadStatus.TO_APPLY, UploadStatus.DROPPED),
    UploadStatus.TO_APPLY: (UploadStatus.APPLYING, UploadStatus.DROPPED),
    UploadStatus.APPLYING: (UploadStatus.APPLIED, UploadStatus.WRONG, UploadStatus.TO_APPLY),
    UploadStatus.APPLIED: (),
    UploadStatus.DROPPED: (),
}


class ClinicUploadQuerySet(models.QuerySet["ClinicUpload"]):
    def visible_to(self, user: User) -> ClinicUploadQuerySet:
        """One's own: names of the whole clinic may stand in it."""
        return self.filter(uploaded_by=user)


class ClinicUpload(models.Model):
    """One upload: where its bytes lie, how far its check is, and what the check found."""

    public_id = PublicIdField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    # The folder under the uploads' root that holds the files; removed once applied or dropped.
    stored_name = models.CharField(max_length=40, unique=True, editable=False)
    size_bytes = models.PositiveIntegerField()
    status = models.CharField(
        _("status"), max_length=8, choices=UploadStatus, default=UploadStatus.WAITING
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    # How far the present work is, in parts of `steps`.
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    # New, changed and unchanged rows by table.
    counts = models.JSONField(default=dict, blank=True)
    # The first problems as JSON, encrypted (names stand in them), and how many there are in all.
    problems = EncryptedTextField(blank=True)
    problem_count = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ClinicUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=UploadStatus.values), name="clinic_upload_status_known"
            ),
            models.CheckConstraint(
                condition=Q(step__lte=F("steps")),
                name="clinic_upload_step_within_steps",
                violation_error_message=_("No more is done than there is to do."),
            ),
            models.CheckConstraint(
                condition=Q(problem_count=0) | ~Q(status__in=["ready", "to_apply", "applied"]),
                name="clinic_upload_wrong_is_not_applied",
                violation_error_message=_("What has mistakes in it is not imported."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.uploaded_at}"
