"""What a member of staff wants to be told, where and when."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Channel
from reminders.models.notice import NoticeKind


class Timing(models.TextChoices):
    """When a notice goes out."""

    AT_ONCE = "at_once", _("At once")
    MORNING = "morning", _("In the morning")
    NEVER = "never", _("Not at all")


class NoticeHoursQuerySet(models.QuerySet["NoticeHours"]):
    def visible_to(self, user: User) -> NoticeHoursQuerySet:
        """One's own."""
        return self.filter(user=user)


class NoticeHours(models.Model):
    """One person's hours and number. Times are local at the site a notice is about."""

    public_id = PublicIdField()
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="notice_hours")
    mobile = PhoneNumberField(_("mobile phone"), blank=True)
    morning_at = models.TimeField(_("morning notices at"), default=time(7))
    # A safety answer is told at any hour.
    quiet_from = models.TimeField(_("quiet from"), default=time(21))
    quiet_until = models.TimeField(_("quiet until"), default=time(6))

    objects = NoticeHoursQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(quiet_from=F("quiet_until")),
                name="notice_hours_quiet_hours_end",
                violation_error_message=_("Quiet hours begin and end at different times."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"


class NoticeChoiceQuerySet(models.QuerySet["NoticeChoice"]):
    def visible_to(self, user: User) -> NoticeChoiceQuerySet:
        """One's own."""
        return self.filter(user=user)


class NoticeChoice(models.Model):
    """One person's choice for one kind of notice; who has made none gets the usual."""

    public_id = PublicIdField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notice_choices")
    kind = models.CharField(_("kind"), max_length=8, choices=NoticeKind)
    timing = models.CharField(_("when"), max_length=7, choices=Timing)
    channel = models.CharField(_("where"), max_length=5, choices=Channel, default=Channel.EMAIL)

    objects = NoticeChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                name="notice_choice_once",
                violation_error_message=_("This person has chosen for this kind already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NoticeKind.values), name="notice_choice_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(timing__in=Timing.values), name="notice_choice_timing_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="notice_choice_channel_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="safety") | Q(timing="at_once"),
                name="notice_choice_safety_at_once",
                violation_error_message=_("A safety answer is always told at once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.timing}"
