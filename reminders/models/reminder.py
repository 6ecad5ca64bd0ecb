"""A reminder: one neutral message to one participant about one day, and what became of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Channel, Participant, Program

# Sending takes seconds. What is still claimed after this long was cut off half-way.
UNKNOWN_AFTER = timedelta(minutes=15)


class ReminderStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Failure(models.TextChoices):
    """Why a reminder did not go out. Never a server's own words: they repeat the address."""

    ADDRESS_REFUSED = "address_refused", _("The address was refused")
    MESSAGE_REFUSED = "message_refused", _("The mail server refused the message")
    TOO_LATE = "too_late", _("It could not go out in time")


NOT_YET = Q(claimed_at=None, sent_at=None)


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, user: User) -> ReminderQuerySet:
        """Those about the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))

    def about(self, day: date) -> ReminderQuerySet:
        """Those that remind of appointments on this date."""
        return self.filter(for_on=day)

    def planned(self) -> ReminderQuerySet:
        """Those still to go out."""
        return self.filter(status=ReminderStatus.PLANNED)

    def due(self, now: datetime) -> ReminderQuerySet:
        """Those to go out now, the oldest first."""
        return self.planned().filter(due_at__lte=now).order_by("due_at", "pk")


@pghistory.track()
class Reminder(models.Model):
    """One per participant, day and channel, whatever meets that day. It says no more than when."""

    public_id = PublicIdField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="reminders")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="reminders")
    for_on = models.DateField(_("for the day"))
    channel = models.CharField(
        _("channel"), max_length=5, choices=Channel.choices, default=Channel.EMAIL
    )
    due_at = models.DateTimeField(_("due"))
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=ReminderStatus,
        default=ReminderStatus.PLANNED,
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failure = models.CharField(_("why it failed"), max_length=15, choices=Failure, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(status="planned"), name="reminder_still_due"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "for_on", "channel"],
                name="reminder_once_a_day",
                violation_error_message=_("This participant has a reminder for that day already."),
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="reminder_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ReminderStatus.values), name="reminder_status_known"
            ),
            models.CheckConstraint(
                condition=Q(failure__in=["", *Failure.values]), name="reminder_failure_known"
            ),
            models.CheckConstraint(
                condition=(Q(status="planned", failure="") & NOT_YET)
                | Q(status="claimed", claimed_at__isnull=False, sent_at=None, failure="")
                | Q(status="sent", claimed_at__isnull=False, sent_at__isnull=False, failure="")
                | (Q(status="failed", sent_at=None) & ~Q(failure=""))
                | (Q(status="withdrawn", failure="") & NOT_YET),
                name="reminder_tells_one_story",
                violation_error_message=_(
                    "A sent reminder has the moment it was sent, a failed one has a reason, and"
                    " one that is planned or withdrawn has neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(sent_at__gte=models.F("claimed_at")),
                name="reminder_sent_after_claimed",
                violation_error_message=_("A reminder is sent after it was claimed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.for_on} {self.status}"

    def is_outcome_unknown(self, now: datetime) -> bool:
        """Whether sending began and never ended: it may have arrived, and is not sent again."""
        begun_at = self.claimed_at if self.status == ReminderStatus.CLAIMED else None
        return begun_at is not None and begun_at + UNKNOWN_AFTER <= now
