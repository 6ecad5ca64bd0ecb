"""A file on record of a participant: what it is, and where its bytes lie."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.participant import Participant

LARGEST = 10 * 1024 * 1024


class DocumentKind(models.TextChoices):
    IDENTITY = "identity", _("Identity or insurance card")
    REFERRAL = "referral", _("Referral")
    ASSESSMENT = "assessment", _("Assessment")
    AGREEMENT = "agreement", _("Signed agreement")
    AUTHORIZATION = "authorization", _("Authorization letter")
    OTHER = "other", _("Other")


class ContentType(models.TextChoices):
    """What may be kept, known by its first bytes and not by its name."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


class DocumentQuerySet(models.QuerySet["Document"]):
    def on_record(self) -> DocumentQuerySet:
        """Those not taken off the record."""
        return self.filter(withdrawn_at=None)


@pghistory.track()
class Document(models.Model):
    """One uploaded file. Its bytes lie under a random name; taken off the record, they stay."""

    public_id = PublicIdField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=13, choices=DocumentKind)
    name = EncryptedTextField(_("name"))
    stored_name = models.CharField(max_length=40, unique=True, editable=False)
    content_type = models.CharField(max_length=15, choices=ContentType)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = EncryptedTextField(_("reason"), blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values), name="document_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=ContentType.values), name="document_type_known"
            ),
            models.CheckConstraint(
                condition=Q(size_bytes__range=(1, LARGEST)),
                name="document_of_some_size",
                violation_error_message=_("A document has at least one byte and at most 10 MB."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.kind}"
