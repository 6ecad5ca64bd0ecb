"""A participant: who they are, and how they agreed to be reached."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models import User
from accounts.models.public_id import PublicIdField


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")


class Channel(models.TextChoices):
    EMAIL = "email", _("Email")
    SMS = "sms", _("Text message")


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, user: User) -> ParticipantQuerySet:
        """Those with an enrollment, past or present, in a program this person works in."""
        return self.filter(
            enrollments__program__assignments__in=user.assignments.filter(ended_at=None)
        ).distinct()


@pghistory.track()
class Participant(models.Model):
    """A person in treatment. Their chart number is the clinic's, their public id is ours."""

    public_id = PublicIdField()
    chart_number = models.CharField(_("chart number"), max_length=40, unique=True)
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    preferred_name = models.CharField(_("preferred name"), max_length=80, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    email = models.EmailField(_("email"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.ENGLISH
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="participant_language_known"
            ),
            models.CheckConstraint(
                condition=~Q(chart_number="") & ~Q(first_name="") & ~Q(last_name=""),
                name="participant_has_chart_and_names",
                violation_error_message=_("A participant has a chart number and both names."),
            ),
        ]

    def __str__(self) -> str:
        return self.chart_number


@pghistory.track()
class ContactConsent(models.Model):
    """A participant's agreement to be contacted by one channel, until it is withdrawn."""

    public_id = PublicIdField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="consents")
    channel = models.CharField(_("channel"), max_length=5, choices=Channel)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="contact_consent_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("given_at")),
                name="contact_consent_withdrawn_after_given",
                violation_error_message=_("A consent is withdrawn after it was given."),
            ),
            models.UniqueConstraint(
                fields=["participant", "channel"],
                condition=Q(withdrawn_at=None),
                name="contact_consent_once",
                violation_error_message=_("This consent is on record already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.channel}"
