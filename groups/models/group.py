"""A therapy group and its weekly slots."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from curriculum.models import Track
from programs.models import GroupKind, Program, Room, Weekday

MOST_WEEKS_APART = 12


class Format(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class TherapyGroupQuerySet(models.QuerySet["TherapyGroup"]):
    def visible_to(self, user: User) -> TherapyGroupQuerySet:
        """The groups of the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))


@pghistory.track()
class TherapyGroup(models.Model):
    """A group of a program: open ones take guests for a make-up, closed ones do not."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=GroupKind.choices)
    format = models.CharField(_("format"), max_length=6, choices=Format, default=Format.OPEN)
    capacity = models.PositiveSmallIntegerField(_("capacity"))
    # A session with fewer people expected is warned about.
    min_to_hold = models.PositiveSmallIntegerField(_("people to hold it, at least"), default=0)
    # Where a new weekly slot meets unless it says otherwise.
    default_room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    video_link = models.URLField(_("video link"), max_length=300, blank=True)
    teaches = models.ForeignKey(
        Track, null=True, blank=True, on_delete=models.PROTECT, related_name="groups"
    )

    objects = TherapyGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=GroupKind.values), name="therapy_group_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(format__in=Format.values), name="therapy_group_format_known"
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="therapy_group_seats_someone",
                violation_error_message=_("A group has at least one seat."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=GroupKind.INDIVIDUAL) | Q(capacity=1),
                name="therapy_group_individual_is_one",
                violation_error_message=_("An individual group has a capacity of 1."),
            ),
            models.CheckConstraint(
                condition=Q(min_to_hold__lte=F("capacity")),
                name="therapy_group_holds_within_capacity",
                violation_error_message=_("It cannot ask for more people than it has seats."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MeetingPatternQuerySet(models.QuerySet["MeetingPattern"]):
    def in_force(self) -> MeetingPatternQuerySet:
        """Those not withdrawn."""
        return self.filter(withdrawn_at=None)

    def meeting_since(self, day: date) -> MeetingPatternQuerySet:
        """Those in force on that date or later."""
        return self.in_force().filter(Q(last_on=None) | Q(last_on__gte=day))


@pghistory.track()
class MeetingPattern(models.Model):
    """A slot of a group every week or every n weeks, from a date until a date or further.

    Times are the site's. A slot that takes over from another names it. A withdrawn one, as an
    undone change leaves behind, has no sessions.
    """

    public_id = PublicIdField()
    group = models.ForeignKey(TherapyGroup, on_delete=models.PROTECT, related_name="patterns")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    breaks = ArrayField(
        ArrayField(models.TimeField(), size=2), verbose_name=_("breaks"), default=list, blank=True
    )
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.PROTECT, related_name="patterns"
    )
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"), null=True, blank=True)
    every_weeks = models.PositiveSmallIntegerField(_("every so many weeks"), default=1)
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MeetingPatternQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(every_weeks__range=(1, MOST_WEEKS_APART)),
                name="meeting_pattern_within_weeks",
                violation_error_message=_("A slot meets every 1 to 12 weeks."),
            ),
            models.CheckConstraint(
                condition=Q(weekday__in=Weekday.values), name="meeting_pattern_weekday_known"
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="meeting_pattern_ends_after_start",
                violation_error_message=_("A group ends after it starts, on the same day."),
            ),
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=F("first_on")),
                name="meeting_pattern_last_after_first",
                violation_error_message=_("The last day is on or after the first."),
            ),
            models.UniqueConstraint(
                fields=["group", "weekday", "starts", "first_on"],
                condition=Q(withdrawn_at=None),
                name="meeting_pattern_once",
                violation_error_message=_("The group has this slot already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.get_weekday_display()} {self.starts}"


class PatternFacilitator(models.Model):
    """Who leads the sessions of a slot, unless a session says otherwise."""

    pattern = models.ForeignKey(
        MeetingPattern, on_delete=models.PROTECT, related_name="facilitators"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_former = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pattern", "user"],
                name="pattern_facilitator_once",
                violation_error_message=_("This person leads the slot already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pattern_id} {self.user_id}"
