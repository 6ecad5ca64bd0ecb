"""A program's own words for a message; where it has none, those of `wording/usual.py` hold."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Channel, Language, Program


class TextKind(models.TextChoices):
    """What a message says; a change is told in one of two ways."""

    EVENING = "evening", _("The evening before")
    SOON = "soon", _("Shortly before")
    CHANGED = "changed", _("A new time")
    CALLED_OFF = "called_off", _("No appointment after all")
    WEEKLY = "weekly", _("The week ahead")


class MessageTemplateQuerySet(models.QuerySet["MessageTemplate"]):
    def visible_to(self, user: User) -> MessageTemplateQuerySet:
        """Those of the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))


@pghistory.track()
class MessageTemplate(models.Model):
    """One per program, kind, channel and language. `is_own` turned off, the usual words hold."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="templates")
    kind = models.CharField(_("kind"), max_length=10, choices=TextKind)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    body = models.TextField(_("text"), max_length=1000)
    is_own = models.BooleanField(_("in our own words"), default=True)

    objects = MessageTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "kind", "channel", "language"],
                name="message_template_once",
                violation_error_message=_("There are words for this message already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TextKind.values), name="message_template_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="message_template_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="message_template_language_known"
            ),
            models.CheckConstraint(
                condition=~Q(body="")
                & (Q(channel="sms", subject="") | (Q(channel="email") & ~Q(subject=""))),
                name="message_template_is_whole",
                violation_error_message=_(
                    "Every message has a text; an email has a subject, and a text message none."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.kind} {self.channel} {self.language}"
