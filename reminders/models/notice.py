"""A notice to one member of staff: that something waits for them, and nothing about whom."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Program
from reminders.models.reminder import NOT_YET, UNKNOWN_AFTER, Failure, ReminderStatus


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


class StaffNoticeQuerySet(models.QuerySet["StaffNotice"]):
    def visible_to(self, user: User) -> StaffNoticeQuerySet:
        """Those about the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))

    def planned(self) -> StaffNoticeQuerySet:
        """Those still to go out."""
        return self.filter(status=ReminderStatus.PLANNED)

    def due(self, now: datetime) -> StaffNoticeQuerySet:
        """Those to go out now, the oldest first."""
        return self.planned().filter(due_at__lte=now).order_by("due_at", "pk")


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
    due_at = models.DateTimeField(_("due"))
    status = models.CharField(
        _("status"), max_length=9, choices=ReminderStatus, default=ReminderStatus.PLANNED
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failure = models.CharField(_("why it failed"), max_length=15, choices=Failure, blank=True)

    objects = StaffNoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(status="planned"), name="staff_notice_still_due"
            )
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
                condition=Q(failure__in=["", *Failure.values]), name="staff_notice_failure_known"
            ),
            models.CheckConstraint(
                condition=(Q(status="planned", failure="") & NOT_YET)
                | Q(status="claimed", claimed_at__isnull=False, sent_at=None, failure="")
                | Q(status="sent", claimed_at__isnull=False, sent_at__isnull=False, failure="")
                | (Q(status="failed", sent_at=None) & ~Q(failure=""))
                | (Q(status="withdrawn", failure="") & NOT_YET),
                name="staff_notice_tells_one_story",
                violation_error_message=_(
                    "A sent notice has the moment it was sent, a failed one has a reason, and"
                    " one that is planned or withdrawn has neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(sent_at__gte=F("claimed_at")),
                name="staff_notice_sent_after_claimed",
                violation_error_message=_("A notice is sent after it was claimed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"

    def is_outcome_unknown(self, now: datetime) -> bool:
        """Whether sending began and never ended: it may have arrived, and is not sent again."""
        begun_at = self.claimed_at if self.status == ReminderStatus.CLAIMED else None
        return begun_at is not None and begun_at + UNKNOWN_AFTER <= now
