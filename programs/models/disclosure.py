"""What left the clinic about whom: to whom, what for, and on what ground."""

from __future__ import annotations

from datetime import datetime

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.consent import Agreement, IsFilled
from programs.models.participant import Participant
from programs.models.program import Program


class Recipient(models.TextChoices):
    OWN = "own", _("Stays in the clinic, for our own work")
    PARTICIPANT = "participant", _("The participant")
    PAYER = "payer", _("A payer")
    PROVIDER = "provider", _("Another provider of care")
    SERVICE = "service", _("A service organization under agreement")
    COURT = "court", _("A court, probation or a lawyer")
    AUDITOR = "auditor", _("An auditor or a licensing body")
    OTHER = "other", _("Somebody else")


class Basis(models.TextChoices):
    """On what ground, with its section of 42 CFR Part 2."""

    INTERNAL = "internal", _("Within the program, or its service organization (2.12)")
    PARTICIPANT = "participant", _("The participant's own access (2.23)")
    CONSENT = "consent", _("Written consent (2.31, 2.33)")
    EMERGENCY = "emergency", _("Medical emergency (2.51)")
    AUDIT = "audit", _("Audit and evaluation (2.53)")
    ORDER = "order", _("Court order (2.61 to 2.67)")


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def visible_to(self, user: User) -> DisclosureQuerySet:
        """Those of the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))

    def waiting(self, *, by: User, path: str, since: datetime) -> DisclosureQuerySet:
        """Those that this person has stated for this address, whose file was not taken yet."""
        return self.filter(by=by, path=path, stated_at__gt=since, taken_at=None)


@pghistory.track()
class Disclosure(models.Model):
    """One file or print of identified data. Stated first; `taken_at` once the file went out."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="disclosures")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # The name of the page that made the file, such as `census:csv`, and its address: public ids
    # only. Of a question behind `?` there is a fingerprint, so that no other is answered.
    what = models.CharField(_("what"), max_length=60)
    path = models.CharField(max_length=300)
    recipient = models.CharField(_("to whom"), max_length=11, choices=Recipient)
    recipient_name = EncryptedTextField(_("name"), blank=True, default="")
    purpose = EncryptedTextField(_("what for"))
    basis = models.CharField(_("on what ground"), max_length=11, choices=Basis)
    # 42 CFR 2.51(c): what the emergency was, and where the recipient belongs to.
    emergency = EncryptedTextField(_("nature of the emergency"), blank=True, default="")
    affiliation = EncryptedTextField(_("where they work"), blank=True, default="")
    stated_at = models.DateTimeField(_("stated"))
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True, default="")
    people = models.PositiveIntegerField(_("people"), default=0)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        ordering = ["-stated_at", "pk"]
        indexes = [
            models.Index(
                fields=["by", "path"],
                condition=Q(taken_at=None),
                name="disclosure_not_taken",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__in=Recipient.values), name="disclosure_recipient_known"
            ),
            models.CheckConstraint(
                condition=Q(basis__in=Basis.values), name="disclosure_basis_known"
            ),
            models.CheckConstraint(
                condition=Q(recipient__in=[Recipient.OWN, Recipient.PARTICIPANT])
                | Q(IsFilled(F("recipient_name"))),
                name="disclosure_names_recipient",
                violation_error_message=_("Say who receives it."),
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.EMERGENCY)
                | (Q(IsFilled(F("emergency"))) & Q(IsFilled(F("affiliation")))),
                name="disclosure_emergency_is_told",
                violation_error_message=_(
                    "A medical emergency says what it was, and where the recipient works."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.INTERNAL)
                | Q(recipient__in=[Recipient.OWN, Recipient.SERVICE]),
                name="disclosure_internal_stays",
                violation_error_message=_("What leaves the program needs another ground."),
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None, sha256="")
                | (Q(taken_at__isnull=False) & Q(taken_at__gte=F("stated_at")) & ~Q(sha256="")),
                name="disclosure_taken_with_fingerprint",
                violation_error_message=_("A file that was taken has a time and a fingerprint."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.stated_at:%Y-%m-%d}"


class DisclosedPerson(models.Model):
    """One person whose data was in the file, and the consent it rests on."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="disclosed")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="disclosed")
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure", "participant"],
                name="disclosed_person_once",
                violation_error_message=_("Each person stands once on a disclosure."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.disclosure_id} {self.participant_id}"
