"""A participant: who they are, and how they agreed to be reached."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import pghistory
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Concat, StrIndex
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


# How a birth date may be typed into a search.
DATE_FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y")


class Folded(Func):
    """A name without case, accents and apostrophes, so that `jose` finds José and `obrien` O’Brien.

    What is searched for is folded by the same expression: the rule is said once.
    """

    template = (
        "regexp_replace(lower(normalize(%(expressions)s, NFKD)), '[\\u0300-\\u036f''’ʼ]', '', 'g')"
    )
    output_field = models.TextField()


ALL_NAMES = Concat("preferred_name", Value(" "), "first_name", Value(" "), "last_name")


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, user: User) -> ParticipantQuerySet:
        """Those with an enrollment, past or present, in a program this person works in."""
        return self.filter(
            enrollments__program__assignments__in=user.assignments.filter(ended_at=None)
        ).distinct()

    def named_like(self, text: str) -> ParticipantQuerySet:
        """Those in whose names every word of the text occurs, in part and in any order."""
        words = [word for word in text.split() if any(map(str.isalnum, word))]
        if not words:
            return self.none()
        found = self.annotate(folded_names=Folded(ALL_NAMES))
        for word in words:
            found = found.alias(place=StrIndex("folded_names", Folded(Value(word))))
            found = found.filter(place__gt=0)
        return found

    def found_by(self, text: str) -> ParticipantQuerySet:
        """Those of that name, or whose chart number has the text in it, or born on that date."""
        by_name = self.named_like(text).order_by().values("pk")
        return self.filter(
            Q(pk__in=by_name)
            | Q(chart_number__icontains=text.strip())
            | Q(birth_date=_date_in(text), birth_date__isnull=False)
        )


def _date_in(text: str) -> date | None:
    """Return the date that the text is, if it is one."""
    for form in DATE_FORMATS:
        with suppress(ValueError):
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007
    return None


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
