"""Programs whose weeks have everything the check can find, for the tests of the sweep."""

from __future__ import annotations

from datetime import date, timedelta

from hours.models import Alert
from programs.models import Enrollment, Program
from tests import build
from tests.build import MONDAY

LAST_MONDAY = MONDAY - timedelta(days=7)
Told = tuple[int, date, str, int, bool]


def a_troubled_program(program: Program | None = None, *, people: int = 2) -> list[Enrollment]:
    """Return people who missed Monday; a free seat on Friday saves those who came on Tuesday.

    Nine hours are asked for, in sessions of three hours on Monday, Tuesday and Thursday. Last week
    has one session of Tuesday, which nobody has recorded: that week is lost.
    """
    program = program or build.a_program()
    build.a_rule(program, min_days_per_week=0)
    core, other = build.a_group(program, capacity=99), build.a_group(program, capacity=99)
    build.a_session(core, LAST_MONDAY + timedelta(days=1))
    monday, tuesday, _ = (build.a_session(core, MONDAY + timedelta(days=day)) for day in (0, 1, 3))
    build.a_session(other, MONDAY + timedelta(days=4), "13:00", "16:00")
    found = []
    for number in range(people):
        enrollment = build.an_enrollment(program)
        build.a_membership(core, enrollment)
        build.a_record(monday, enrollment.participant, absence="no_call")
        if number % 2:
            build.a_record(tuesday, enrollment.participant, absence="excused")
        else:
            build.a_record(tuesday, enrollment.participant, "09:00-12:00")
        found.append(enrollment)
    return found


def told() -> list[Told]:
    """Return every alert as what it says and whether it is open, in an order of its own."""
    return sorted(
        (each.enrollment_id, each.week_on, each.kind, each.minutes_short, not each.resolved_at)
        for each in Alert.objects.all()
    )
