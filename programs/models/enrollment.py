"""An episode of care: from admission to discharge, with the hours ordered and the leaves taken."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.participant import Participant
from programs.models.program import Program
from programs.models.spans import DayBefore, no_dates_or_more, no_overlap
from programs.weeks import Week


class Admission(models.TextChoices):
    STEP_DOWN = "step_down", _("Stepped down")
    STEP_UP = "step_up", _("Stepped up")
    DIRECT = "direct", _("Direct")


class DischargeReason(models.TextChoices):
    COMPLETED = "completed", _("Completed")
    STEPPED_DOWN = "stepped_down", _("Stepped down")
    STEPPED_UP = "stepped_up", _("Stepped up")
    TRANSFERRED = "transferred", _("Transferred")
    LEFT_AGAINST_ADVICE = "left_against_advice", _("Left against advice")
    ADMINISTRATIVE = "administrative", _("Administrative")
    MOVED = "moved", _("Moved")
    MEDICAL = "medical", _("Medical")
    INCARCERATED = "incarcerated", _("Incarcerated")
    DECEASED = "deceased", _("Deceased")
    NEVER_STARTED = "never_started", _("Never started")


class Destination(models.TextChoices):
    """Where somebody goes on to after the last day."""

    HOME = "home", _("Home, no further care")
    OUTPATIENT = "outpatient", _("Outpatient care")
    IOP = "iop", _("Another intensive outpatient program")
    PHP = "php", _("Partial hospitalization")
    RESIDENTIAL = "residential", _("Residential care")
    INPATIENT = "inpatient", _("Inpatient care")
    SOBER_LIVING = "sober_living", _("Sober living")
    CUSTODY = "custody", _("Custody")
    OTHER = "other", _("Somewhere else")
    UNKNOWN = "unknown", _("Not known")


class CameFrom(models.TextChoices):
    """The care somebody comes from."""

    RESIDENTIAL = "residential", _("Residential care")
    PHP = "php", _("Partial hospitalization")
    INPATIENT = "inpatient", _("Inpatient care")
    OUTPATIENT = "outpatient", _("Outpatient care")


# Which care a way of coming in starts from; nothing where it is not on record.
CARE_BEFORE = {
    "step_down": (CameFrom.RESIDENTIAL, CameFrom.PHP, CameFrom.INPATIENT),
    "step_up": (CameFrom.OUTPATIENT,),
    "direct": (),
}


def care_before_fits() -> Q:
    """Accept the care somebody came from only where it fits how they come in."""
    fits = Q(came_from="")
    for admission, care in CARE_BEFORE.items():
        fits |= Q(admission=admission, came_from__in=care)
    return fits


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def visible_to(self, user: User) -> EnrollmentQuerySet:
        """Those in the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))

    def of_person(self, person: Participant) -> EnrollmentQuerySet:
        """Those of the person, under this record and under its duplicates."""
        return self.filter(Q(participant=person) | Q(participant__merged_into=person))

    def covering(self, day: date) -> EnrollmentQuerySet:
        """Those in force on that date: admission and discharge days both included."""
        return self.filter(admitted_on__lte=day).filter(
            Q(discharged_on=None) | Q(discharged_on__gte=day)
        )

    def touching(self, week: Week) -> EnrollmentQuerySet:
        """Those that cover at least one date of the week."""
        return (
            self.begun()
            .filter(admitted_on__lte=week.last_on)
            .filter(Q(discharged_on=None) | Q(discharged_on__gte=week.first_on))
        )

    def begun(self) -> EnrollmentQuerySet:
        """Those of at least one date: without those that were called off before the first."""
        return self.exclude(discharge_reason=DischargeReason.NEVER_STARTED)


@pghistory.track()
class Enrollment(models.Model):
    """One episode of care of one participant in one program."""

    public_id = PublicIdField()
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="enrollments"
    )
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="enrollments")
    admitted_on = models.DateField(_("admitted"))
    admission = models.CharField(
        _("admission"), max_length=10, choices=Admission, default=Admission.DIRECT
    )
    came_from = models.CharField(_("comes from"), max_length=12, choices=CameFrom, blank=True)
    planned_discharge_on = models.DateField(_("planned discharge"), null=True, blank=True)
    discharged_on = models.DateField(_("discharged"), null=True, blank=True)
    discharge_reason = models.CharField(
        _("discharge reason"), max_length=20, choices=DischargeReason, blank=True
    )
    destination = models.CharField(_("goes on to"), max_length=12, choices=Destination, blank=True)

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(admission__in=Admission.values), name="enrollment_admission_known"
            ),
            models.CheckConstraint(
                condition=Q(discharge_reason__in=["", *DischargeReason.values]),
                name="enrollment_discharge_reason_known",
            ),
            models.CheckConstraint(
                condition=Q(discharged_on=None, discharge_reason="")
                | (Q(discharged_on__isnull=False) & ~Q(discharge_reason="")),
                name="enrollment_discharge_has_reason",
                violation_error_message=_("A discharge has both a date and a reason."),
            ),
            models.CheckConstraint(
                condition=Q(discharged_on=None)
                | Q(discharged_on__gte=F("admitted_on"))
                & ~Q(discharge_reason=DischargeReason.NEVER_STARTED)
                | Q(
                    discharged_on=DayBefore(F("admitted_on")),
                    discharge_reason=DischargeReason.NEVER_STARTED,
                ),
                name="enrollment_discharged_after_admitted",
                violation_error_message=_("A discharge is on or after the admission."),
            ),
            models.CheckConstraint(
                condition=Q(came_from__in=["", *CameFrom.values]) & care_before_fits(),
                name="enrollment_came_from_fits",
                violation_error_message=_(
                    "Who steps down comes from more intensive care, who steps up from outpatient"
                    " care."
                ),
            ),
            models.CheckConstraint(
                condition=Q(destination__in=["", *Destination.values]),
                name="enrollment_destination_known",
            ),
            models.CheckConstraint(
                condition=Q(destination="") | Q(discharged_on__isnull=False),
                name="enrollment_destination_after_discharge",
                violation_error_message=_("Only a discharge leads somewhere."),
            ),
            models.CheckConstraint(
                condition=Q(planned_discharge_on=None)
                | Q(planned_discharge_on__gte=F("admitted_on")),
                name="enrollment_planned_after_admitted",
                violation_error_message=_("A planned discharge is on or after the admission."),
            ),
            no_overlap(
                "participant",
                first="admitted_on",
                last="discharged_on",
                name="enrollment_one_at_a_time",
                message=_(
                    "This participant is enrolled during these dates already. A transfer starts"
                    " the day after the last day of the episode before."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.admitted_on}"


@pghistory.track()
class Order(models.Model):
    """Minutes a week ordered in the plan of care, from a date on."""

    public_id = PublicIdField()
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="orders")
    effective_from = models.DateField(_("in effect from"))
    minutes_per_week = models.PositiveIntegerField(_("minutes a week"))
    days_per_week = models.PositiveSmallIntegerField(_("days a week"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "effective_from"],
                name="order_once_per_date",
                violation_error_message=_("There is an order from that date already."),
            ),
            models.CheckConstraint(
                condition=Q(minutes_per_week__gte=1),
                name="order_of_some_minutes",
                violation_error_message=_("An order is of at least one minute."),
            ),
            models.CheckConstraint(
                condition=Q(days_per_week=None) | Q(days_per_week__range=(1, 7)),
                name="order_of_days_of_a_week",
                violation_error_message=_("An order is of one to seven days a week."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_per_week} from {self.effective_from}"


class LeaveQuerySet(models.QuerySet["Leave"]):
    def on(self, day: date) -> LeaveQuerySet:
        """Those that include this date."""
        return self.filter(first_on__lte=day).filter(Q(last_on=None) | Q(last_on__gte=day))

    def lasting(self, day: date) -> LeaveQuerySet:
        """Those with a date on or after this one, without those called off before they began."""
        return self.filter(Q(last_on=None) | Q(last_on__gte=day) & Q(last_on__gte=F("first_on")))


@pghistory.track()
class Leave(models.Model):
    """Days a participant is away with the program's agreement: not expected, not reminded.

    It belongs to the person, so that a leave which runs past a transfer is still a leave.
    """

    public_id = PublicIdField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="leaves")
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"), null=True, blank=True)
    reason = EncryptedTextField(_("reason"), blank=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=no_dates_or_more("first_on", "last_on"),
                name="leave_ends_after_start",
                violation_error_message=_("A leave ends on or after its first day."),
            ),
            no_overlap(
                "participant",
                first="first_on",
                last="last_on",
                name="leave_one_at_a_time",
                message=_("This participant is on leave during these dates already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.first_on}"
