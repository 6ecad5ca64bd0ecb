"""A person's record in one session: stretches of presence, or the kind of absence."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncMinute
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from attendance.models.sign_off import refuse_when_signed
from groups.models import GroupSession
from programs.models import Participant, Program
from programs.models.consent import IsFilled


class Absence(models.TextChoices):
    EXCUSED = "excused", _("Excused")
    UNEXCUSED = "unexcused", _("Unexcused")
    NO_CALL = "no_call", _("No call")


class AttendanceRecordQuerySet(models.QuerySet["AttendanceRecord"]):
    def visible_to(self, user: User) -> AttendanceRecordQuerySet:
        """The records of sessions in the programs this person works in now."""
        return self.filter(session__group__program__in=Program.objects.visible_to(user))


@pghistory.track(
    meta={
        "indexes": [
            models.Index(
                fields=["mark_id"],
                condition=Q(mark_id__isnull=False),
                name="record_history_by_mark",
            )
        ]
    }
)
class AttendanceRecord(models.Model):
    """That a session was recorded for a person. Without presences they were absent.

    A blank absence then means: not yet explained.
    """

    public_id = PublicIdField()
    session = models.ForeignKey(GroupSession, on_delete=models.PROTECT, related_name="records")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="records")
    absence = models.CharField(_("absence"), max_length=9, choices=Absence, blank=True)
    is_by_video = models.BooleanField(_("by video"), default=False)
    # When somebody absent said that they would not come, and why.
    notice_at = models.DateTimeField(_("notice given"), null=True, blank=True)
    reason = EncryptedTextField(_("reason"), blank=True, default="")
    # The tap that wrote this version: sent twice, it is known again from row history.
    mark_id = models.UUIDField(null=True, editable=False)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = AttendanceRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "participant"],
                name="attendance_record_once",
                violation_error_message=_("This person has a record in the session already."),
            ),
            models.CheckConstraint(
                condition=Q(absence__in=["", *Absence.values]),
                name="attendance_record_absence_known",
            ),
            models.CheckConstraint(
                condition=~Q(absence="") | (Q(notice_at=None) & ~Q(IsFilled(F("reason")))),
                name="attendance_record_reason_of_absence",
                violation_error_message=_("Only an absence has a notice and a reason."),
            ),
            models.CheckConstraint(
                condition=Q(absence="") | Q(is_by_video=False),
                name="attendance_record_absent_not_by_video",
                violation_error_message=_("Somebody absent is not there by video."),
            ),
        ]
        triggers = [
            refuse_when_signed(
                name="signed_record_stays",
                session="{row}.session_id",
                participant="{row}.participant_id",
            ),
            pgtrigger.Trigger(
                name="record_keeps_its_person",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange("session", "participant"),
                func="""
                    RAISE EXCEPTION 'A record stays with its session and its person.'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'record_keeps_its_person';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.participant_id}"


@pghistory.track()
class Presence(models.Model):
    """One stretch in the room: when they came and left, as said, in whole minutes.

    `span` is the stretch clipped to its session, kept by a trigger together with whose it is and
    where, so that the database can refuse to credit one person twice for the same minute.
    """

    record = models.ForeignKey(AttendanceRecord, on_delete=models.PROTECT, related_name="presences")
    arrived_at = models.DateTimeField(_("arrived"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    session = models.ForeignKey(
        GroupSession, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    span = DateTimeRangeField(null=True, editable=False)

    class Meta:
        ordering = ["arrived_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
                name="presence_leaves_after_arriving",
                violation_error_message=_("Nobody leaves before they come."),
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=TruncMinute("arrived_at"))
                & (Q(left_at=None) | Q(left_at=TruncMinute("left_at"))),
                name="presence_in_whole_minutes",
                violation_error_message=_("Times are whole minutes."),
            ),
            ExclusionConstraint(
                name="presence_no_minute_twice",
                expressions=[
                    ("participant", RangeOperators.EQUAL),
                    ("session", RangeOperators.NOT_EQUAL),
                    ("span", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "This person is recorded in another session at the same time."
                ),
            ),
        ]
        triggers = [
            # The session is locked, so that it moves before this stretch is written or after it.
            pgtrigger.Trigger(
                name="clip_to_session",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    SELECT r.participant_id, r.session_id,
                           CASE WHEN greatest(NEW.arrived_at, s.starts_at)
                                   < least(coalesce(NEW.left_at, s.ends_at), s.ends_at)
                                THEN tstzrange(
                                    greatest(NEW.arrived_at, s.starts_at),
                                    least(coalesce(NEW.left_at, s.ends_at), s.ends_at))
                                ELSE 'empty' END
                      INTO NEW.participant_id, NEW.session_id, NEW.span
                      FROM attendance_attendancerecord r
                      JOIN groups_groupsession s ON s.id = r.session_id
                     WHERE r.id = NEW.record_id
                       FOR SHARE OF s;
                    RETURN NEW;
                """,
            ),
            refuse_when_signed(
                name="signed_presence_stays",
                session="(SELECT session_id FROM attendance_attendancerecord"
                " WHERE id = {row}.record_id)",
                participant="(SELECT participant_id FROM attendance_attendancerecord"
                " WHERE id = {row}.record_id)",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.arrived_at:%H:%M}"
