"""One dated occurrence of a group, and who leads it."""

from __future__ import annotations

from datetime import datetime

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from groups.models.group import MeetingPattern, TherapyGroup
from groups.models.spans import SpansField
from programs.models import Closure, Program, Room
from programs.weeks import Week


class SessionStatus(models.TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    CANCELLED = "cancelled", _("Cancelled")
    # Taken out of the calendar again: its slot changed, or adding it was undone.
    WITHDRAWN = "withdrawn", _("Withdrawn")


class TimeSpan(Func):
    """A range of instants, the end excluded."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


# Empty where the end is before the start, for the CHECK that refuses this to be reached.
SESSION_SPAN = TimeSpan("starts_at", Greatest("starts_at", "ends_at"))


class SpansWithin(Func):
    """Whether all breaks lie inside the session."""

    template = "%(expressions)s"
    arg_joiner = " <@ "
    output_field = models.BooleanField()


class GroupSessionQuerySet(models.QuerySet["GroupSession"]):
    def in_calendar(self) -> GroupSessionQuerySet:
        """Those that are held or were cancelled: not the withdrawn ones."""
        return self.exclude(status=SessionStatus.WITHDRAWN)

    def visible_to(self, user: User) -> GroupSessionQuerySet:
        """The sessions of the programs this person works in now."""
        return self.filter(group__program__in=Program.objects.visible_to(user))

    def in_week(self, week: Week) -> GroupSessionQuerySet:
        """Those on the week's dates."""
        return self.filter(held_on__range=(week.first_on, week.last_on))

    def ended_by(self, moment: datetime) -> GroupSessionQuerySet:
        """Those that are over."""
        return self.filter(ends_at__lte=moment)


@pghistory.track()
class GroupSession(models.Model):
    """A group meeting on one date. It never crosses midnight at its site."""

    public_id = PublicIdField()
    group = models.ForeignKey(TherapyGroup, on_delete=models.PROTECT, related_name="sessions")
    pattern = models.ForeignKey(
        MeetingPattern, null=True, on_delete=models.PROTECT, related_name="sessions"
    )
    # The date of its slot that it fills: another one than `held_on` where it was moved.
    slot_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(_("date"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    breaks = SpansField(_("breaks"), default=tuple)
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=SessionStatus,
        default=SessionStatus.SCHEDULED,
    )
    cancelled_for = models.ForeignKey(
        Closure, null=True, on_delete=models.PROTECT, related_name="cancelled_sessions"
    )
    cancelled_reason = models.CharField(_("reason"), max_length=200, blank=True)
    # The session that takes this one's people in, when a facilitator is ill.
    combined_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="combined_here"
    )
    # Imported history is closed: no attendance is asked for it any more.
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = GroupSessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["held_on"], name="session_by_date"),
            # Who asks what a room holds between two moments reads a handful of rows.
            models.Index(fields=["room", "starts_at"], name="session_by_room_and_start"),
            models.Index(fields=["group", "held_on"], name="session_by_group_and_date"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=SessionStatus.values), name="session_status_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
                violation_error_message=_("A session ends after it starts."),
            ),
            models.CheckConstraint(
                condition=SpansWithin(F("breaks"), SESSION_SPAN),
                name="session_breaks_inside",
                violation_error_message=_("Breaks lie inside the session."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_for=None) | Q(status=SessionStatus.CANCELLED),
                name="session_closure_only_if_cancelled",
                violation_error_message=_("Only a cancelled session names a closure."),
            ),
            models.CheckConstraint(
                condition=Q(status=SessionStatus.CANCELLED)
                | Q(combined_into=None, cancelled_reason=""),
                name="session_reason_only_if_cancelled",
                violation_error_message=_(
                    "Only a cancelled session says why, or with which it met."
                ),
            ),
            models.CheckConstraint(
                condition=Q(pattern=None, slot_on=None)
                | Q(pattern__isnull=False, slot_on__isnull=False),
                name="session_slot_has_date",
                violation_error_message=_("A session of a slot fills one of its dates."),
            ),
            models.UniqueConstraint(
                fields=["pattern", "slot_on"],
                name="session_once_per_slot_date",
                violation_error_message=_("This date of the slot has its session already."),
            ),
            models.UniqueConstraint(
                fields=["group", "starts_at"],
                condition=Q(status=SessionStatus.SCHEDULED),
                name="session_once",
                violation_error_message=_("The group meets at this time already."),
            ),
            ExclusionConstraint(
                name="session_room_once",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    # Null, which overlaps nothing, where cancelled. Django cannot validate a
                    # `condition` for a form that leaves the status out.
                    (
                        Case(When(status=SessionStatus.SCHEDULED, then=SESSION_SPAN)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("The room is taken at this time."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="move_facilitations",
                operation=pgtrigger.UpdateOf("starts_at", "ends_at", "status"),
                when=pgtrigger.After,
                func="UPDATE groups_facilitation SET session_id = session_id"
                " WHERE session_id = NEW.id; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="session_keeps_to_its_site",
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("held_on", "starts_at", "ends_at", "room_id", "group_id"),
                when=pgtrigger.Before,
                declare=[("its_site", "programs_site%ROWTYPE")],
                func="""
                    SELECT site.* INTO its_site FROM groups_therapygroup g
                      JOIN programs_program p ON p.id = g.program_id
                      JOIN programs_site site ON site.id = p.site_id
                     WHERE g.id = NEW.group_id;
                    IF NEW.ends_at > NEW.starts_at AND (
                        (NEW.starts_at AT TIME ZONE its_site.timezone)::date <> NEW.held_on
                        OR ((NEW.ends_at - interval '1 microsecond')
                            AT TIME ZONE its_site.timezone)::date <> NEW.held_on
                    ) THEN
                        RAISE EXCEPTION 'A session lies on its date and never crosses midnight.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'session_on_its_date';
                    END IF;
                    IF NEW.room_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM programs_room r
                         WHERE r.id = NEW.room_id AND r.site_id = its_site.id
                    ) THEN
                        RAISE EXCEPTION 'A session meets in a room of its own site.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'session_room_of_its_site';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.held_on}"


class Facilitation(models.Model):
    """Who leads a session. Nobody leads two at once: `span` is kept by a trigger to say so."""

    session = models.ForeignKey(
        GroupSession, on_delete=models.PROTECT, related_name="facilitations"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="facilitations")
    is_former = models.BooleanField(default=False)
    # A substitute stands in for somebody, who stays on record as former, and says why.
    instead_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="stood_in"
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    span = DateTimeRangeField(editable=False, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "user"],
                name="facilitation_once",
                violation_error_message=_("This person leads the session already."),
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(instead_of__isnull=False),
                name="facilitation_reason_of_substitute",
                violation_error_message=_("Only a substitute says why they stand in."),
            ),
            ExclusionConstraint(
                name="facilitator_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("span", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This facilitator leads another session at this time."),
            ),
        ]
        triggers = [
            # The session is locked, so that it moves before this is written or after it.
            pgtrigger.Trigger(
                name="take_session_span",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    SELECT CASE WHEN s.status = 'scheduled' AND NOT NEW.is_former
                                THEN tstzrange(s.starts_at, s.ends_at) ELSE 'empty' END
                      INTO NEW.span FROM groups_groupsession s WHERE s.id = NEW.session_id
                       FOR SHARE;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id}"
