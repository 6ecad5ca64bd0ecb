"""What the demo clinic plans by: schedule rules, licenses, leave, hours, rest of rooms."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from accounts.models import License, User
from groups.models import TherapyGroup
from iop.demo.folder import ZONE
from iop.demo.timetable import CLINICIAN, LEADS, NOOR, TOMAS, WEEK
from programs.models import (
    Availability,
    GroupKind,
    Program,
    RequiredCredential,
    Room,
    ScheduleRule,
    Site,
    StaffLeave,
    Weekday,
)
from programs.weeks import local_date

STATE = "IL"
# Illustrative limits; a clinic enters its own with its citation.
LIMITS = {
    "min_days_per_week": 3,
    "max_days_per_week": 5,
    "min_minutes_per_day": 120,
    "max_minutes_per_day": 360,
    "max_gap_days": 4,
    "max_per_facilitator": 12,
    "citation": "Example limits; verify with your license and payer contract",
}
MAY_LEAD = {
    GroupKind.PROCESS: ("LCSW", "LPC", "LMFT", "LADC"),
    GroupKind.RELAPSE_PREVENTION: ("LADC", "LMFT"),
}
# Credential, and how many weeks from today it stays valid.
LICENSES = {
    LEADS: ("LMFT", 60),
    CLINICIAN: ("LPC", 30),
    NOOR: ("LCSW", 5),
    TOMAS: ("LADC", 80),
    "director@harborstreet.example": ("LCSW", 90),
}
TURNOVER_MINUTES = {"Garden Room": 15}
MIN_TO_HOLD = 3


def plan_demo(anchor: date, now: datetime) -> None:
    """Write what the calendar warns about, so that each warning can be met in the demo."""
    today = local_date(now, ZONE)
    Site.objects.update(state=STATE)
    TherapyGroup.objects.filter(capacity__gte=MIN_TO_HOLD).update(min_to_hold=MIN_TO_HOLD)
    for name, minutes in TURNOVER_MINUTES.items():
        Room.objects.filter(name=name).update(turnover_minutes=minutes)
    for program in Program.objects.all():
        _set_limits(program, anchor)
    for email, (credential, weeks) in LICENSES.items():
        License.objects.create(
            user=User.objects.get(email=email),
            credential=credential,
            first_on=anchor - timedelta(weeks=52),
            expires_on=today + timedelta(weeks=weeks),
        )
    _plan_absences(today)


def _set_limits(program: Program, anchor: date) -> None:
    rule = ScheduleRule.objects.create(program=program, effective_from=anchor, **LIMITS)
    RequiredCredential.objects.bulk_create(
        RequiredCredential(rule=rule, kind=kind, credential=credential)
        for kind, credentials in MAY_LEAD.items()
        for credential in credentials
    )


def _plan_absences(today: date) -> None:
    """Somebody is away in two weeks; somebody else leads evenings only."""
    away = today + timedelta(weeks=2)
    StaffLeave.objects.create(
        user=User.objects.get(email=NOOR),
        first_on=away,
        last_on=away + timedelta(days=4),
        reason="Conference",
    )
    Availability.objects.bulk_create(
        Availability(
            user=User.objects.get(email=TOMAS),
            weekday=weekday,
            starts=time(13),
            ends=time(21),
            first_on=today - timedelta(weeks=WEEK),
        )
        for weekday in Weekday.values
    )
