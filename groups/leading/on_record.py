"""What is on record of one colleague, as rows of their page: licenses, leaves, hours by weekday."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from accounts.models import License, User
from groups.leading.coming import Coming, LeftBehind
from groups.leading.license_states import LicenseState, license_chip, state_of
from groups.leading.wording import Chip, away_chip, near_date, stretch_words
from programs.models import Availability, Program, StaffLeave, Weekday

# How long a leave that is over is still shown.
STILL_SHOWN = timedelta(days=28)


@dataclass(frozen=True)
class LicenseRow:
    """One license."""

    credential: str
    number: str
    first: str
    last: str
    chip: Chip
    withdraw_url: str


@dataclass(frozen=True)
class LeaveRow:
    """One leave, and the sessions that it leaves to others."""

    days: str
    reason: str
    chip: Chip
    left: LeftBehind
    withdraw_url: str


@dataclass(frozen=True)
class HoursRow:
    """Hours of one weekday; `dates` where they do not hold for good."""

    hours: str
    dates: str
    withdraw_url: str


@dataclass(frozen=True)
class WeekdayRow:
    """One weekday, with the hours on record."""

    name: str
    hours: tuple[HoursRow, ...]


@dataclass(frozen=True)
class Record:
    """What is on record of one colleague. No weekdays: they can lead at any time."""

    licenses: tuple[LicenseRow, ...]
    leaves: tuple[LeaveRow, ...]
    weekdays: tuple[WeekdayRow, ...]
    is_never_free: bool


def record_of(user: User, program: Program, coming: Coming, today: date) -> Record:
    """Return the record as it stands today; three statements."""
    hours = list(Availability.objects.filter(user=user, withdrawn_at=None))
    return Record(
        licenses=_licenses(user, program, today),
        leaves=_leaves(user, program, coming, today),
        weekdays=_weekdays(hours, user, program, today) if hours else (),
        is_never_free=bool(hours) and all(_is_over(each.last_on, today) for each in hours),
    )


def _is_over(last_on: date | None, today: date) -> bool:
    return last_on is not None and last_on < today


def _withdraw_url(kind: str, user: User, program: Program, row: object) -> str:
    ids = [program.public_id, user.public_id, row.public_id]  # type: ignore[attr-defined]
    return reverse(f"staff:withdraw_{kind}", args=ids)


def _licenses(user: User, program: Program, today: date) -> tuple[LicenseRow, ...]:
    found = sorted(
        License.objects.on_record().filter(user=user),
        key=lambda each: (
            state_of(each, today) is LicenseState.EXPIRED,
            each.credential.casefold(),
            each.expires_on or date.max,
        ),
    )
    return tuple(
        LicenseRow(
            credential=each.credential,
            number=each.number,
            first=near_date(each.first_on, today) if each.first_on else "",
            last=near_date(each.expires_on, today) if each.expires_on else "",
            chip=license_chip(each, today),
            withdraw_url=_withdraw_url("license", user, program, each),
        )
        for each in found
    )


def _leaves(user: User, program: Program, coming: Coming, today: date) -> tuple[LeaveRow, ...]:
    shown = Q(last_on=None) | Q(last_on__gte=today - STILL_SHOWN)
    found = StaffLeave.objects.filter(shown, user=user, withdrawn_at=None)
    return tuple(
        LeaveRow(
            days=stretch_words(each.first_on, each.last_on, today),
            reason=each.reason,
            chip=_leave_chip(each, today),
            left=coming.left_by(each.first_on, each.last_on),
            withdraw_url=_withdraw_url("leave", user, program, each),
        )
        for each in found.order_by("first_on", "pk")
    )


def _leave_chip(leave: StaffLeave, today: date) -> Chip:
    if _is_over(leave.last_on, today):
        return Chip("calm", "check", _("Over"))
    return away_chip(leave.first_on, leave.last_on, today)


def _weekdays(
    hours: Sequence[Availability], user: User, program: Program, today: date
) -> tuple[WeekdayRow, ...]:
    order = [(program.week_starts_on + number) % len(Weekday) for number in range(len(Weekday))]
    return tuple(
        WeekdayRow(
            name=str(Weekday(weekday).label),
            hours=tuple(
                HoursRow(
                    hours=_("%(start)s to %(end)s")
                    % {
                        "start": time_format(each.starts, "TIME_FORMAT"),
                        "end": time_format(each.ends, "TIME_FORMAT"),
                    },
                    dates=_hours_dates(each, today),
                    withdraw_url=_withdraw_url("availability", user, program, each),
                )
                for each in _of(weekday, hours)
            ),
        )
        for weekday in order
    )


def _of(weekday: int, hours: Iterable[Availability]) -> list[Availability]:
    return sorted(
        (each for each in hours if each.weekday == weekday),
        key=lambda each: (each.starts, each.first_on),
    )


def _hours_dates(hours: Availability, today: date) -> str:
    """Return from or until when the hours hold; nothing where they hold now and for good."""
    if hours.first_on > today:
        return stretch_words(hours.first_on, hours.last_on, today)
    if hours.last_on is None:
        return ""
    words = _("until %(day)s, over") if hours.last_on < today else _("until %(day)s")
    return words % {"day": near_date(hours.last_on, today)}
