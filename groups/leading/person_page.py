"""One colleague: licenses, leave, hours, what they lead, and what a leave would leave to others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from groups.leading.coming import ComingLine, LeftBehind, coming_of
from groups.leading.forms import AvailabilityForm, LeaveForm, LicenseForm, RecordForm
from groups.leading.led_weeks import LedWeeks, led_weeks
from groups.leading.on_record import Record, record_of
from groups.leading.staff import roles_of
from programs.models import Program
from programs.weeks import local_date

SHOWN = 12


@dataclass(frozen=True)
class Forms:
    """The three forms of the page: as they were sent, or empty."""

    license: LicenseForm = field(default_factory=LicenseForm)
    leave: LeaveForm = field(default_factory=LeaveForm)
    hours: AvailabilityForm = field(default_factory=AvailabilityForm)

    @property
    def sent(self) -> RecordForm | None:
        """The one that was sent and could not be kept."""
        every: tuple[RecordForm, ...] = (self.license, self.leave, self.hours)
        return next((each for each in every if each.is_bound and each.errors), None)


@dataclass(frozen=True)
class PersonPage:
    """Everything the template reads. `left` is asked for by the leave form, not yet on record."""

    program: Program
    user: User
    roles: tuple[str, ...]
    weeks: LedWeeks
    coming: tuple[ComingLine, ...]
    more: int
    elsewhere: int
    record: Record
    forms: Forms
    left: LeftBehind | None
    asks_left: bool


def person_page(
    *, program: Program, user: User, forms: Forms, now: datetime, asks_left: bool = False
) -> PersonPage:
    """Return the page about a colleague of the program."""
    today = local_date(now, program.zone)
    forms.hours.suggest(today)
    coming = coming_of(user, program, now=now)
    dates = forms.leave.dates() if asks_left else None
    return PersonPage(
        program=program,
        user=user,
        roles=tuple(str(role.label) for role in roles_of([user.pk], program)[user.pk]),
        weeks=led_weeks(user, program, today),
        coming=coming.lines(coming.sessions[:SHOWN]),
        more=max(0, len(coming.sessions) - SHOWN),
        elsewhere=len(coming.elsewhere),
        record=record_of(user, program, coming, today),
        forms=forms,
        left=coming.left_by(*dates) if dates else None,
        asks_left=asks_left,
    )
