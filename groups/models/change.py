"""What somebody changed in the calendar, so that it can be undone; what they overrode, and why."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from groups.models.membership import GroupMembership
from groups.models.session import GroupSession
from programs.models import Participant, Program


class ChangeKind(models.TextChoices):
    MOVED = "moved", _("Moved")
    SERIES = "series", _("Series changed")
    ADDED = "added", _("Session added")
    CANCELLED = "cancelled", _("Cancelled")
    REINSTATED = "reinstated", _("Reinstated")
    COMBINED = "combined", _("Combined")
    SUBSTITUTED = "substituted", _("Substitute")


class ScheduleChangeQuerySet(models.QuerySet["ScheduleChange"]):
    def visible_to(self, user: User) -> ScheduleChangeQuerySet:
        """Those in the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))


class ScheduleChange(models.Model):
    """One change of the calendar with the rows as they were before and after it."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(_("kind"), max_length=12, choices=ChangeKind)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    reason = EncryptedTextField(_("reason"), blank=True, default="")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScheduleChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ChangeKind.values), name="schedule_change_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=F("made_at")),
                name="schedule_change_undone_after_made",
                violation_error_message=_("A change is undone after it was made."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at}"


class ClashKind(models.TextChoices):
    """What a change of the calendar can run into. The hard ones are refused, the others warn."""

    ROOM = "room", _("Room is taken")
    FACILITATOR = "facilitator", _("Facilitator leads another session")
    SAME_TIME = "same_time", _("The group meets at this time already")
    PARTICIPANT = "participant", _("Participant is in another session")
    TURNOVER = "turnover", _("Too little time between sessions in the room")
    ROOM_CAPACITY = "room_capacity", _("More people than the room seats")
    GROUP_CAPACITY = "group_capacity", _("More people than the group has seats")
    TOO_FEW = "too_few", _("Fewer people than it takes to hold it")
    CREDENTIAL = "credential", _("Credential missing or expired")
    STAFF_AWAY = "staff_away", _("Facilitator is on leave")
    UNAVAILABLE = "unavailable", _("Outside the facilitator’s hours")
    NO_FACILITATOR = "no_facilitator", _("Nobody leads it")
    RATIO = "ratio", _("Too many participants per facilitator")
    GAP = "gap", _("Too many days between offered days")
    WEEK_DAYS = "week_days", _("Offered days a week outside the rule")
    DAY_MINUTES = "day_minutes", _("Offered hours a day outside the rule")
    SHORT_WEEK = "short_week", _("Offered hours below what is required")
    CLOSED_GROUP = "closed_group", _("Joined a closed group after its start")


HARD_CLASHES = frozenset({ClashKind.ROOM, ClashKind.FACILITATOR, ClashKind.SAME_TIME})


class ScheduleExceptionQuerySet(models.QuerySet["ScheduleException"]):
    def visible_to(self, user: User) -> ScheduleExceptionQuerySet:
        """Those in the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))

    def open(self) -> ScheduleExceptionQuerySet:
        """Those no director has looked at yet."""
        return self.filter(reviewed_at=None)


@pghistory.track()
class ScheduleException(models.Model):
    """A warning that somebody overrode with a reason; a director reviews it."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="exceptions")
    kind = models.CharField(_("kind"), max_length=16, choices=ClashKind)
    change = models.ForeignKey(
        ScheduleChange, null=True, on_delete=models.PROTECT, related_name="exceptions"
    )
    session = models.ForeignKey(
        GroupSession, null=True, on_delete=models.PROTECT, related_name="exceptions"
    )
    membership = models.ForeignKey(
        GroupMembership, null=True, on_delete=models.PROTECT, related_name="exceptions"
    )
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.PROTECT, related_name="+"
    )
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # The dates it holds for, both included, and how often; numbers by name, such as `expected`.
    first_on = models.DateField()
    last_on = models.DateField()
    times = models.PositiveSmallIntegerField(default=1)
    detail = models.JSONField(default=dict)
    reason = EncryptedTextField(_("reason"))
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = EncryptedTextField(_("note"), blank=True, default="")

    objects = ScheduleExceptionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ClashKind.values), name="schedule_exception_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="schedule_exception_last_after_first",
                violation_error_message=_("The last day is on or after the first."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="schedule_exception_reviewed_by_someone",
                violation_error_message=_("A review has a time and a person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_on}"
