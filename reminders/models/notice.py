"""A notice to one member of staff: that something waits for them, and nothing about whom."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Channel, Program
from reminders.models.message import (
    Reason,
    ReminderStatus,
    sent_after_claimed,
    tells_one_story,
)


class NoticeKind(models.TextChoices):
    SAFETY = "safety", _("A safety answer")
    RECORD = "record", _("Attendance not recorded")
    SIGN = "sign", _("Attendance not signed")
    NOTES = "notes", _("Notes overdue")
    COSIGN = "cosign", _("A co-signature waits")
    OUTREACH = "outreach", _("Somebody to get in touch with")
    DIGEST = "digest", _("The week in numbers")
    CLOSED = "closed", _("A week was closed")
    ALERT = "alert", _("An alert was given to them")
    TODAY = "today", _("Today's sessions")
    FAILURES = "failures", _("Reminders that did not go out")
    OPENED = "opened", _("A record opened in an emergency")


class StaffNoticeQuerySet(models.QuerySet["StaffNotice"]):
    def visible_to(self, user: User) -> StaffNoticeQuerySet:
        """Those about the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))

    def planned(self) -> StaffNoticeQuerySet:
        """Those still to go out."""
        return self.filter(status=ReminderStatus.PLANNED)

    def due(self, now: datetime) -> StaffNoticeQuerySet:
        """Those to be tried now, the oldest first."""
        return self.planned().filter(try_at__lte=now).order_by("try_at", "pk")

    def withdraw(self, reason: Reason = Reason.NOT_NEEDED) -> int:
        """Take back those of them that have not gone out; return how many."""
        return self.planned().update(status=ReminderStatus.SKIPPED, reason=reason)


class StaffNotice(models.Model):
    """One per person, kind and thing that waits. What it is about stays behind the link."""

    public_id = PublicIdField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=NoticeKind)
    # The public id of what waits.
    about = models.UUIDField()
    # How many of what, where the notice is a digest; never who.
    counts = models.JSONField(default=dict, blank=True)
    # The week whose numbers they are.
    week_on = models.DateField(_("week of"), null=True, blank=True)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel, default=Channel.EMAIL)
    due_at = models.DateTimeField(_("due"))
    # When it is tried next.
    try_at = models.DateTimeField(_("next try"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    status = models.CharField(
        _("status"), max_length=9, choices=ReminderStatus, default=ReminderStatus.PLANNED
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=15, choices=Reason, blank=True)
    gateway_ref = models.CharField(max_length=120, blank=True)

    objects = StaffNoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["try_at"], condition=Q(status="planned"), name="staff_notice_still_due"
            ),
            models.Index(
                fields=["claimed_at"], condition=Q(status="claimed"), name="staff_notice_in_flight"
            ),
            models.Index(fields=["try_at"], name="staff_notice_by_try"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "about"],
                name="staff_notice_once",
                violation_error_message=_("This person is told of it already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NoticeKind.values), name="staff_notice_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ReminderStatus.values), name="staff_notice_status_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["", *Reason.values]), name="staff_notice_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="staff_notice_channel_known"
            ),
            tells_one_story(
                "staff_notice",
                _(
                    "A sent notice has the moment it was sent, a failed or skipped one has a"
                    " reason, and one that is planned has neither."
                ),
            ),
            sent_after_claimed("staff_notice", _("A notice is sent after it was claimed.")),
            models.CheckConstraint(
                condition=Q(try_at__gte=models.F("due_at")),
                name="staff_notice_tried_when_due",
                violation_error_message=_("A notice is tried when it is due, or later."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"
