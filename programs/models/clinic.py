"""The clinic, where it meets, and the days it is closed. One installation is one clinic."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models import User
from accounts.models.public_id import PublicIdField

if TYPE_CHECKING:
    from programs.models.program import Program

STATES_AND_TERRITORIES = """
    AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS MT NC ND
    NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UM UT VA VI VT WA WI WV WY
"""
STATES = frozenset(STATES_AND_TERRITORIES.split())


class IsKnownZone(models.Func):
    """Whether PostgreSQL knows the zone; it raises where not."""

    template = "(timezone(%(expressions)s, '2000-01-01 00:00+00'::timestamptz) IS NOT NULL)"
    output_field = models.BooleanField()


def known_zone(name: str) -> None:
    """Refuse, in words, what is no IANA time zone.

    Some machines list `localtime`, their own setting, which is another zone on each of them.
    """
    if name not in available_timezones() - {"localtime"}:
        raise ValidationError(
            _("There is no time zone “%(name)s”. Write it as America/Chicago."),
            params={"name": name},
        )


def known_state(code: str) -> None:
    """Refuse, in words, what is no state or territory."""
    if code not in STATES:
        raise ValidationError(
            _("There is no state “%(code)s”. Write its two letters, such as IL."),
            params={"code": code},
        )


class Clinic(models.Model):
    """The clinic this installation serves."""

    public_id = PublicIdField()
    name = models.CharField(_("name"), max_length=120)
    is_demo = models.BooleanField(default=False, editable=False)
    is_the_one = models.BooleanField(default=True, editable=False, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_the_one=True),
                name="clinic_only_one",
                violation_error_message=_("One installation serves one clinic."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A building of the clinic; its time zone is the one on every page about it."""

    public_id = PublicIdField()
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    timezone = models.CharField(_("time zone"), max_length=60, validators=[known_zone])
    # Two letters, such as IL: whose public holidays are proposed as closures.
    state = models.CharField(_("state"), max_length=2, blank=True, validators=[known_state])
    reminder_sender = models.CharField(_("reminder sender"), max_length=60, blank=True)
    callback_phone = PhoneNumberField(_("call-back phone"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=IsKnownZone(models.F("timezone")),
                name="site_timezone_known",
                violation_error_message=_("This time zone does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The site's zone, for every local date and time."""
        return ZoneInfo(self.timezone)


class Room(models.Model):
    """A room of a site, with how many people it seats."""

    public_id = PublicIdField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(_("name"), max_length=60)
    capacity = models.PositiveSmallIntegerField(_("capacity"))
    # Time to air and tidy the room between two sessions.
    turnover_minutes = models.PositiveSmallIntegerField(_("minutes between sessions"), default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(turnover_minutes__lte=240),
                name="room_turnover_within_hours",
                violation_error_message=_("At most 240 minutes between sessions."),
            ),
            models.UniqueConstraint(
                fields=["site", "name"],
                name="room_once_per_site",
                violation_error_message=_("This site has a room of that name already."),
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__gte=1),
                name="room_seats_someone",
                violation_error_message=_("A room seats at least one person."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClosureQuerySet(models.QuerySet["Closure"]):
    def in_force(self) -> ClosureQuerySet:
        """Those not taken back."""
        return self.filter(removed_at=None)

    def touching(self, first_on: date, last_on: date) -> ClosureQuerySet:
        """Those that close at least one of these dates (both ends included)."""
        return self.filter(first_on__lte=last_on, last_on__gte=first_on)

    def of_program(self, program: Program) -> ClosureQuerySet:
        """Those in force that close this program: its own, and its whole site's."""
        return (
            self.in_force()
            .filter(site=program.site_id)
            .filter(models.Q(program=None) | models.Q(program=program))
        )


@pghistory.track()
class Closure(models.Model):
    """Days on which a site, or one program of it, holds no sessions."""

    public_id = PublicIdField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="closures")
    program = models.ForeignKey(
        "programs.Program", null=True, blank=True, on_delete=models.PROTECT, related_name="closures"
    )
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=120)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = ClosureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")),
                name="closure_ends_after_start",
                violation_error_message=_("A closure ends on or after its first day."),
            ),
            models.UniqueConstraint(
                fields=["site", "program", "first_on"],
                condition=models.Q(removed_at=None),
                name="closure_once",
                nulls_distinct=False,
                violation_error_message=_("A closure of these days is on record already."),
            ),
            models.CheckConstraint(
                condition=models.Q(removed_by=None) | models.Q(removed_at__isnull=False),
                name="closure_removed_by_says_when",
                violation_error_message=_("Who removed a closure did so at a time."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason
