"""Builders of what is on record of staff: licenses, leave, hours, and what a rule asks of them."""

from __future__ import annotations

from typing import Any

from accounts.models import License, User
from programs.models import Availability, RequiredCredential, ScheduleRule, StaffLeave
from tests.build import FIRST_DAY, MONDAY, Day, a_user, clock, on

_DATES = ("first_on", "last_on", "expires_on")


def a_license(user: User | None = None, **fields: Any) -> License:
    """An LPC license that does not expire, unless the fields say otherwise."""
    defaults = {"credential": "LPC", "number": "L-7"}
    return License.objects.create(user=user or a_user(), **{**defaults, **_dated(fields)})


def a_staff_leave(
    user: User | None = None, first_on: Day = MONDAY, last_on: Day | None = None, **fields: Any
) -> StaffLeave:
    """Days away from MONDAY on, open at the end."""
    dates = _dated({"first_on": first_on, "last_on": last_on})
    return StaffLeave.objects.create(user=user or a_user(), **dates, **fields)


def an_availability(
    user: User | None = None, starts: str = "08:00", ends: str = "16:00", **fields: Any
) -> Availability:
    """Hours on Mondays, from FIRST_DAY on."""
    return Availability.objects.create(
        user=user or a_user(),
        starts=clock(starts),
        ends=clock(ends),
        **{"weekday": 0, "first_on": FIRST_DAY, **_dated(fields)},
    )


def a_required_credential(
    rule: ScheduleRule, credential: str = "LPC", kind: str = "skills"
) -> RequiredCredential:
    return RequiredCredential.objects.create(rule=rule, credential=credential, kind=kind)


def _dated(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: on(value) if name in _DATES and value else value for name, value in fields.items()
    }
