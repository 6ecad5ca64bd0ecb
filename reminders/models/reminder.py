"""A reminder: one neutral message to one participant about one day, and what became of it."""

from __future__ import annotations

from datetime import date, datetime

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Channel, Participant, Program
from reminders.models.message import (
    Reason,
    ReminderStatus,
    sent_after_claimed,
    tells_one_story,
)
from reminders.models.reply import Reply


class ReminderKind(models.TextChoices):
    """What a message to a participant is for; the first two are a program's lead times."""

    EVENING = "evening", _("The evening before")
    SOON = "soon", _("Shortly before")
    CHANGE = "change", _("A change")
    WEEKLY = "weekly", _("The week ahead")
    RESPONSE = "response", _("Response to a reply")


class ResponseWords(models.TextChoices):
    """What is said back to somebody who has replied."""

    STOPPED = "stopped", _("No more messages")
    STARTED = "started", _("Messages again")
    HELP = "help", _("Help")
    THANKS = "thanks", _("Thank you")
    WHY = "why", _("Thank you; what is the reason?")


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
        """Those to be tried now, the oldest first."""
        return self.planned().filter(try_at__lte=now).order_by("try_at", "pk")

    def may_have_arrived(self) -> ReminderQuerySet:
        """Those that were read, or may have been: what they told counts as told."""
        return self.filter(
            status__in=[ReminderStatus.SENT, ReminderStatus.CLAIMED, ReminderStatus.UNKNOWN]
        )


@pghistory.track()
class Reminder(models.Model):
    """One per participant, day and lead time, whatever meets that day. It says no more than when.

    Of a change there may be several about one day, in `round` 1, 2, and so on; of everything else
    there is round 0. `for_on` of the week ahead is the first date of the week.
    """

    public_id = PublicIdField()
    # The record that is kept, where there are two of one person.
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="reminders")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(
        _("kind"), max_length=8, choices=ReminderKind, default=ReminderKind.EVENING
    )
    for_on = models.DateField(_("for the day"))
    round = models.PositiveSmallIntegerField(default=0)
    channel = models.CharField(
        _("channel"), max_length=5, choices=Channel.choices, default=Channel.EMAIL
    )
    due_at = models.DateTimeField(_("due"))
    # When it is tried next: at first when it is due, later after each failure that may pass.
    try_at = models.DateTimeField(_("next try"))
    # Late is worse than never: from then on it does not go out any more.
    expires_at = models.DateTimeField(_("expires"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=ReminderStatus,
        default=ReminderStatus.PLANNED,
    )
    reason = models.CharField(_("why"), max_length=15, choices=Reason, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # Where the gateway says so afterwards.
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    # The gateway's own name for it, by which its receipt finds it.
    gateway_ref = models.CharField(max_length=120, blank=True)
    # What it says of each date, known with the claim: when the day begins, or null for not at all.
    told = models.JSONField(default=dict, blank=True)
    # The words that went out, kept with the claim.
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    response_to = models.OneToOneField(
        Reply, null=True, blank=True, on_delete=models.PROTECT, related_name="response"
    )
    response = models.CharField(_("response"), max_length=7, choices=ResponseWords, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["channel", "try_at", "id"],
                condition=Q(status="planned"),
                name="reminder_still_due",
            ),
            models.Index(
                fields=["claimed_at"], condition=Q(status="claimed"), name="reminder_in_flight"
            ),
            models.Index(fields=["program", "for_on"], name="reminder_of_program_and_day"),
            models.Index(
                fields=["gateway_ref"], condition=~Q(gateway_ref=""), name="reminder_by_ref"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "for_on", "kind", "round"],
                condition=~Q(kind="response"),
                name="reminder_once",
                violation_error_message=_("This participant has this reminder for that day."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ReminderKind.values), name="reminder_kind_known"
            ),
            models.CheckConstraint(
                condition=(Q(kind="change") & Q(round__gte=1)) | (~Q(kind="change") & Q(round=0)),
                name="reminder_rounds_of_changes",
                violation_error_message=_("Only changes are told in several rounds."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="response", response_to__isnull=False) & ~Q(response=""))
                | (~Q(kind="response") & Q(response_to=None, response="")),
                name="reminder_response_to_a_reply",
                violation_error_message=_("A response, and nothing else, answers a reply."),
            ),
            models.CheckConstraint(
                condition=Q(response__in=["", *ResponseWords.values]),
                name="reminder_response_known",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="reminder_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ReminderStatus.values), name="reminder_status_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["", *Reason.values]), name="reminder_reason_known"
            ),
            tells_one_story(
                "reminder",
                _(
                    "A sent reminder has the moment it was sent, a failed or skipped one has a"
                    " reason, and one that is planned has neither."
                ),
            ),
            sent_after_claimed("reminder", _("A reminder is sent after it was claimed.")),
            models.CheckConstraint(
                condition=Q(expires_at__gte=F("due_at")) & Q(try_at__gte=F("due_at")),
                name="reminder_due_before_it_expires",
                violation_error_message=_("A reminder is due before it is tried or expires."),
            ),
            models.CheckConstraint(
                condition=Q(delivered_at=None)
                | Q(status="sent", delivered_at__gte=F("sent_at"))
                | Q(status="unknown"),
                name="reminder_delivered_after_sent",
                violation_error_message=_("A reminder is delivered after it was sent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.for_on} {self.kind} {self.status}"
