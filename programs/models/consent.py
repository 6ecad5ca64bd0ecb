"""What a participant agreed to: being contacted, telehealth, what is told to whom."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.document import Document
from programs.models.participant import Participant


class Channel(models.TextChoices):
    EMAIL = "email", _("Email")
    SMS = "sms", _("Text message")


class ConsentPurpose(models.TextChoices):
    """What a channel may be used for."""

    REMINDERS = "reminders", _("Session reminders and changes")
    OUTREACH = "outreach", _("Word after a missed session")
    FOLLOW_UP = "follow_up", _("Word after discharge")
    WEEKLY = "weekly", _("A schedule of the week ahead")
    NAMED = "named", _("Messages may name the clinic")


class HowTaken(models.TextChoices):
    """How somebody gave an agreement or took it back."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    SIGNED = "signed", _("Signed on paper")
    ONLINE = "online", _("In writing, online")
    REPLY = "reply", _("By reply to a message")
    IMPORTED = "imported", _("Imported")


class AgreementKind(models.TextChoices):
    TELEHEALTH = "telehealth", _("Telehealth")
    RELEASE = "release", _("Release of information")
    PROGRAM = "program", _("Program agreement")


class IsFilled(models.Func):
    """Whether a text is there at all; an encrypted one is only ever compared with nothing."""

    template = "(%(expressions)s <> '')"
    output_field = models.BooleanField()


@pghistory.track()
class ContactConsent(models.Model):
    """A participant's agreement to be contacted by one channel for one purpose, until withdrawn.

    A *no* to the first question is one withdrawn in the very moment it was asked for.
    """

    public_id = PublicIdField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="consents")
    channel = models.CharField(_("channel"), max_length=5, choices=Channel)
    purpose = models.CharField(
        _("purpose"), max_length=10, choices=ConsentPurpose, default=ConsentPurpose.REMINDERS
    )
    given_at = models.DateTimeField(_("given"))
    taken_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_how = models.CharField(
        _("how it was given"), max_length=10, choices=HowTaken, default=HowTaken.IMPORTED
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_how = models.CharField(
        _("how it was withdrawn"), max_length=10, choices=HowTaken, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="contact_consent_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values),
                name="contact_consent_purpose_known",
            ),
            models.CheckConstraint(
                condition=Q(taken_how__in=HowTaken.values)
                & Q(withdrawn_how__in=["", *HowTaken.values]),
                name="contact_consent_how_known",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | Q(withdrawn_how="", withdrawn_by=None),
                name="contact_consent_withdrawal_has_time",
                violation_error_message=_("A withdrawal has a time."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("given_at")),
                name="contact_consent_withdrawn_after_given",
                violation_error_message=_("A consent is withdrawn after it was given."),
            ),
            models.UniqueConstraint(
                fields=["participant", "channel", "purpose"],
                condition=Q(withdrawn_at=None),
                name="contact_consent_once",
                violation_error_message=_("This consent is on record already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.channel} {self.purpose}"

    @property
    def is_refusal(self) -> bool:
        """Whether they said no when they were asked, and nothing was ever in force."""
        return self.withdrawn_at == self.given_at


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force(self, day: date) -> AgreementQuerySet:
        """Those given by that date, neither revoked since nor expired before it."""
        return self.filter(given_on__lte=day, revoked_at=None).filter(
            Q(expires_on=None) | Q(expires_on__gte=day)
        )


@pghistory.track()
class Agreement(models.Model):
    """A signed agreement; of a release of information also to whom, what for, and what of it.

    42 CFR 2.31 names what a release has to say: recipient, purpose, how much and what kind, and
    when it expires (a date, or an event in words).
    """

    public_id = PublicIdField()
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="agreements"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AgreementKind)
    given_on = models.DateField(_("given"))
    taken_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_how = models.CharField(_("how it was given"), max_length=10, choices=HowTaken)
    recipient = EncryptedTextField(_("recipient"), blank=True)
    purpose = EncryptedTextField(_("purpose"), blank=True)
    scope = EncryptedTextField(_("what may be told"), blank=True)
    expires_on = models.DateField(_("expires"), null=True, blank=True)
    expires_when = EncryptedTextField(_("or expires when"), blank=True)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements"
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_how = models.CharField(
        _("how it was revoked"), max_length=10, choices=HowTaken, blank=True
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AgreementKind.values), name="agreement_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(taken_how__in=HowTaken.values)
                & Q(revoked_how__in=["", *HowTaken.values]),
                name="agreement_how_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind=AgreementKind.RELEASE)
                | (
                    Q(IsFilled(F("recipient")))
                    & Q(IsFilled(F("purpose")))
                    & Q(IsFilled(F("scope")))
                    & (Q(expires_on__isnull=False) | Q(IsFilled(F("expires_when"))))
                ),
                name="agreement_release_is_whole",
                violation_error_message=_(
                    "A release says to whom, what for, what may be told, and when it expires."
                ),
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("given_on")),
                name="agreement_expires_after_given",
                violation_error_message=_("An agreement expires on or after the day it is given."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_how="", revoked_by=None)
                | (Q(revoked_at__isnull=False) & ~Q(revoked_how="")),
                name="agreement_revoked_somehow",
                violation_error_message=_("A revocation says when and how."),
            ),
            models.UniqueConstraint(
                fields=["participant", "kind", "given_on"],
                condition=Q(revoked_at=None) & ~Q(kind=AgreementKind.RELEASE),
                name="agreement_once_a_day",
                violation_error_message=_("This agreement is on record from that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.kind} {self.given_on}"
