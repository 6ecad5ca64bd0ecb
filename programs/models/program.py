"""A program: one level of care for one population, with its own week and its own rules."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.clinic import Site
from programs.weeks import Week, week_containing


class Weekday(models.IntegerChoices):
    """Monday is 0, as Python's date.weekday() counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class LevelOfCare(models.TextChoices):
    """Levels of the ASAM continuum (3rd and 4th edition numbers)."""

    EARLY = "0.5", _("0.5 early intervention")
    RECOVERY = "1.0", _("1.0 long-term remission monitoring")
    OUTPATIENT = "1", _("1 outpatient")
    THERAPY = "1.5", _("1.5 outpatient therapy")
    MEDICAL_OUTPATIENT = "1.7", _("1.7 medically managed outpatient")
    IOP = "2.1", _("2.1 intensive outpatient")
    PHP = "2.5", _("2.5 partial hospitalization")
    MEDICAL_IOP = "2.7", _("2.7 medically managed intensive outpatient")
    RESIDENTIAL_LOW = "3.1", _("3.1 clinically managed low-intensity residential")
    RESIDENTIAL_POPULATION = "3.3", _("3.3 population-specific residential")
    RESIDENTIAL_HIGH = "3.5", _("3.5 clinically managed high-intensity residential")
    RESIDENTIAL_MEDICAL = "3.7", _("3.7 medically managed residential")
    INPATIENT = "4", _("4 inpatient")


class ProgramQuerySet(models.QuerySet["Program"]):
    def visible_to(self, user: User) -> ProgramQuerySet:
        """The programs this person works in now."""
        return self.filter(assignments__in=user.assignments.filter(ended_at=None)).distinct()


class Program(models.Model):
    """A program people enroll in."""

    public_id = PublicIdField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="programs")
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    level_of_care = models.CharField(
        _("level of care"), max_length=4, choices=LevelOfCare, default=LevelOfCare.IOP
    )
    population = models.CharField(_("population"), max_length=60, blank=True)
    track = models.CharField(_("track"), max_length=60, blank=True)
    week_starts_on = models.PositiveSmallIntegerField(
        _("week starts on"), choices=Weekday, default=Weekday.MONDAY
    )
    seats = models.PositiveSmallIntegerField(_("seats"))

    objects = ProgramQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level_of_care__in=LevelOfCare.values),
                name="program_level_of_care_known",
            ),
            models.CheckConstraint(
                condition=models.Q(week_starts_on__in=Weekday.values),
                name="program_week_starts_on_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the program's site."""
        return self.site.zone

    def week_of(self, day: date) -> Week:
        """Return this program's week that holds the date."""
        return week_containing(day, starts_on=self.week_starts_on, zone=self.zone)
