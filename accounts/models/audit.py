"""Who did or read what, about whom, when, from where. Written, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from accounts.models.public_id import PublicIdField
from accounts.models.user import User


class AuditEvent(models.Model):
    """One line of the trail.

    It names its subject by kind and public id, so that this floor knows nobody upstairs, and
    holds no names: who an id belongs to is answered by those who may know.
    """

    public_id = PublicIdField()
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    participant_id = models.UUIDField(null=True)
    program_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["participant_id", "at"], name="audit_by_participant"),
            models.Index(fields=["by", "at"], name="audit_by_user"),
            models.Index(fields=["program_id", "at"], name="audit_by_program"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind}"
