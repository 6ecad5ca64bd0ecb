"""One dated occurrence of a group, who leads it, and what it teaches."""

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
from curriculum.models import Lesson
from groups.models.group import MeetingPattern, TherapyGroup
from groups.models.spans import SpansField
from programs.models import Closure, Program, Room
from programs.weeks import Week


class SessionStatus(models.TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    CANCELLED = "cancelled", _("Cancelled")


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
    # Imported history is closed: no attendance is asked for it any more.
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = GroupSessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["held_on"], name="session_by_date")]
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
            models.UniqueConstraint(
                fields=["group", "starts_at"],
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
            )
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
    span = DateTimeRangeField(editable=False, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "user"],
                name="facilitation_once",
                violation_error_message=_("This person leads the session already."),
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


class SessionLesson(models.Model):
    """A lesson that a session teaches."""

    session = models.ForeignKey(GroupSession, on_delete=models.PROTECT, related_name="lessons")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="taught_in")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "lesson"],
                name="session_lesson_once",
                violation_error_message=_("The session teaches this lesson already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.lesson_id}"
