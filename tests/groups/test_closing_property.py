"""Whatever is closed and opened again in whatever order leaves the calendar as it was."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from groups.actions import generate_sessions
from groups.closing.actions import CannotClose
from groups.models import GroupSession
from programs.models import Closure, Program
from programs.weeks import instant
from tests import build
from tests.groups.closing import a_wish, as_they_stand, close, reopen

pytestmark = pytest.mark.django_db

# Mondays whose weeks hold a change of the clocks, of no change, and the zones it is looked at in.
MONDAYS = (date(2026, 3, 2), date(2026, 10, 26), date(2026, 6, 1))
ZONES = ("America/Chicago", "America/Los_Angeles", "America/Phoenix")
SLOTS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 22), st.integers(1, 2), st.booleans()),
    min_size=1,
    max_size=6,
)
# A closure: its first day and its length, and whether of one of two programs or of the whole site.
CLOSURES = st.lists(
    st.tuples(st.integers(1, 13), st.integers(0, 9), st.sampled_from([0, 1, None])),
    min_size=1,
    max_size=4,
)


def a_calendar(monday: date, zone: str, slots: list) -> list[Program]:
    """Two programs of one site; slots share two rooms and a facilitator as far as that can be."""
    site = build.a_site(timezone=zone)
    programs = [build.a_program(site), build.a_program(site)]
    rooms, leader = [build.a_room(site), build.a_room(site)], build.a_user()
    for number, (weekday, hour, of, is_led) in enumerate(slots):
        build.a_pattern(
            build.a_group(programs[of - 1]),
            f"{hour:02}:30",
            f"{min(hour + of, 23):02}:45",
            weekday=weekday,
            first_on=monday,
            room=rooms[number % 2],
            facilitators=[leader] if is_led else [],
        )
    return programs


def noon(day: date, zone: str) -> datetime:
    return instant(day, datetime.min.time().replace(hour=12), ZoneInfo(zone))


@settings(max_examples=15)
@given(
    monday=st.sampled_from(MONDAYS),
    zone=st.sampled_from(ZONES),
    slots=SLOTS,
    closures=CLOSURES,
    order=st.randoms(use_true_random=False),
)
@example(
    monday=MONDAYS[0],
    zone=ZONES[0],
    slots=[(6, 2, 1, True), (6, 1, 2, False)],
    closures=[(6, 0, None), (5, 2, 0), (6, 3, 1)],
    order=None,
)
def test_close_and_open_again(monday, zone, slots, closures, order) -> None:
    with transaction.atomic():
        programs = a_calendar(monday, zone, slots)
        now = noon(monday + timedelta(days=1), zone)
        generate_sessions(now=now, by=None)
        before = as_they_stand()
        made = [each for wish in closures if (each := closed(programs, monday, wish, now))]
        assert_closed_as_said(now)
        generate_sessions(now=now, by=None)
        assert_closed_as_said(now)
        if order:
            order.shuffle(made)
        for closure in made:
            reopen(closure, now=now)
            assert_closed_as_said(now)
        assert as_they_stand() == before
        transaction.set_rollback(True)


def closed(programs: list[Program], monday: date, wish: tuple, now: datetime) -> Closure | None:
    first, days, of = wish
    first_on = monday + timedelta(days=first)
    last_on = first_on + timedelta(days=days)
    try:
        return close(a_wish(programs[of or 0], first_on, last_on, of_site=of is None), now=now)
    except CannotClose:  # the same first day again
        return None


def assert_closed_as_said(now: datetime) -> None:
    """What is to come meets exactly where no closure in force holds its date."""
    for session in GroupSession.objects.filter(starts_at__gt=now).select_related(
        "group__program__site", "cancelled_for"
    ):
        closures = Closure.objects.of_program(session.group.program)
        holding = closures.touching(session.held_on, session.held_on)
        assert (session.status == "scheduled") is not holding.exists()
        if session.status == "cancelled":
            assert session.cancelled_for in holding
