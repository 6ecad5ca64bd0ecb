"""A therapy group and its weekly slots."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import GroupKind, Program, Room, Weekday


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
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class MeetingPattern(models.Model):
    """A weekly slot of a group, in the site's local time, from a date until a date or further."""

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

    class Meta:
        constraints = [
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
