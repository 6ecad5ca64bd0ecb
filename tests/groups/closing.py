"""What the tests of closed days share: closures to be made, and how sessions stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from groups.closing.actions import close_days, open_again
from groups.closing.answers import Answer
from groups.closing.opening_plan import OpeningPlan
from groups.models import Facilitation, GroupSession
from programs.models import Closure, Program
from programs.weeks import local_date
from tests.build import NOW, Day, on

# The week after NOW; nobody needs hours in it unless a test says so.
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"
WHY = "Agreed with the team"


def a_wish(
    program: Program, first_on: Day = WEDNESDAY, last_on: Day = "", *, of_site: bool = False
) -> Closure:
    """A closure to be made, of the program or of its whole site."""
    return Closure(
        site=program.site,
        program=None if of_site else program,
        first_on=on(first_on),
        last_on=on(last_on or first_on),
        reason="Staff training",
    )


def close(
    closure: Closure, by: User | None = None, *, now: datetime = NOW, **answer: Any
) -> Closure:
    return close_days(closure=closure, answer=Answer(**answer), now=now, by=by)


def reopen(closure: Closure, by: User | None = None, *, now: datetime = NOW) -> OpeningPlan:
    return open_again(closure=closure, now=now, by=by)


def statuses() -> list[str]:
    return list(GroupSession.objects.order_by("starts_at", "pk").values_list("status", flat=True))


def as_they_stand() -> list[tuple]:
    """Return every session with its place and state, and who leads it."""
    sessions = GroupSession.objects.order_by("pk").values_list(
        "pk", "held_on", "starts_at", "ends_at", "room", "status", "cancelled_for"
    )
    leading = Facilitation.objects.order_by("pk").values_list(
        "session", "user", "is_former", "span"
    )
    return [*sessions, *leading]


def next_week(program: Program) -> list[date]:
    """Return the dates of the week after the one in which the test runs, from Monday on."""
    today = local_date(timezone.now(), program.zone)
    return list(program.week_of(today).moved(1).dates)


def boxes(name: str, day: date | None) -> dict[str, str]:
    """Return a date as its three boxes send it."""
    parts = (day.month, day.day, day.year) if day else ("", "", "")
    return {f"{name}_{place}": str(part) for place, part in enumerate(parts)}


def filled(first_on: date, last_on: date | None = None, **change: Any) -> dict[str, Any]:
    """Return the form that closes days, as it is sent."""
    return {
        "act": "close",
        **boxes("first_on", first_on),
        **boxes("last_on", last_on),
        "reason": "Staff training",
        **change,
    }
