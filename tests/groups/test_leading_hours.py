"""Hours led: what PostgreSQL sums and what Python sums are one number, in any zone and week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from groups.leading.led_hours import Led, LedSession, led_by_week, led_of
from groups.models import Facilitation, GroupSession
from tests import build
from tests.build import MONDAY, moment

pytestmark = pytest.mark.django_db

CHICAGO, HONOLULU = ZoneInfo("America/Chicago"), ZoneInfo("Pacific/Honolulu")
# The weeks of both clock changes of 2026, and the ones around them.
MONDAYS = (date(2026, 2, 23), date(2026, 10, 19))
WEEKS = 4


@dataclass(frozen=True)
class Drawn:
    """A session of one of two programs, at a minute of a day, with one of two people."""

    elsewhere: bool
    user: int
    day: int
    start: int  # minutes after local midnight
    minutes: int
    pause: tuple[int, int]  # after how many minutes, how many
    is_cancelled: bool
    is_former: bool


DRAWN = st.builds(
    Drawn,
    elsewhere=st.booleans(),
    user=st.integers(0, 1),
    day=st.integers(0, 7 * WEEKS - 1),
    start=st.sampled_from([0, 1, 60, 90, 119, 120, 179, 180, 540, 1380]),
    minutes=st.integers(1, 59),
    pause=st.tuples(st.integers(0, 40), st.integers(0, 30)),
    is_cancelled=st.sampled_from([False, False, True]),
    is_former=st.sampled_from([False, False, True]),
)
LAST_MINUTES = Drawn(False, 0, 6, 1380, 59, (0, 0), False, False)
FIRST_MINUTES = Drawn(True, 0, 7, 0, 59, (0, 0), False, False)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    drawn=st.lists(DRAWN, max_size=8),
    monday=st.sampled_from(MONDAYS),
    starts_on=st.integers(0, 6),
)
@example(drawn=[LAST_MINUTES, FIRST_MINUTES], monday=MONDAYS[0], starts_on=0)
@example(drawn=[LAST_MINUTES, FIRST_MINUTES], monday=MONDAYS[1], starts_on=0)
@example(drawn=[], monday=MONDAYS[0], starts_on=6)
def test_both_sum_the_same(drawn: list[Drawn], monday: date, starts_on: int) -> None:
    with transaction.atomic():
        here = build.a_program(week_starts_on=starts_on)
        there = build.a_program(build.a_site(timezone=str(HONOLULU)))
        users = [build.a_user(), build.a_user()]
        led = [_stored(each, there if each.elsewhere else here, users, monday) for each in drawn]
        week = here.week_of(monday)
        keys = [user.pk for user in users]
        found = led_by_week(keys, week, WEEKS, program=here)
        sessions = [each for each in led if each is not None]
        said = {
            (key, week.moved(number).first_on): led_of(
                sessions, key, week.moved(number), program=here
            )
            for key in keys
            for number in range(WEEKS)
        }
        transaction.set_rollback(True)
    assert found == said


def _stored(drawn: Drawn, program, users, monday: date) -> LedSession | None:
    """Store the session and return it as led, or None where it counts for nobody."""
    zone, user = program.zone, users[drawn.user]
    starts_at = moment(monday + timedelta(days=drawn.day), "00:00", zone)
    starts_at += timedelta(minutes=drawn.start)
    ends_at = starts_at + timedelta(minutes=drawn.minutes)
    held_on = starts_at.astimezone(zone).date()
    if (ends_at - timedelta(microseconds=1)).astimezone(zone).date() != held_on:
        return None
    pause_at = starts_at + timedelta(minutes=drawn.pause[0])
    pause = (min(pause_at, ends_at), min(pause_at + timedelta(minutes=drawn.pause[1]), ends_at))
    breaks = (pause,) if pause[0] < pause[1] else ()
    overlaps = {"user": user, "session__starts_at__lt": ends_at, "session__ends_at__gt": starts_at}
    is_taken = Facilitation.objects.filter(**overlaps).exists()
    is_former = drawn.is_former or is_taken
    session = GroupSession.objects.create(
        group=build.a_group(program),
        held_on=held_on,
        starts_at=starts_at,
        ends_at=ends_at,
        breaks=breaks,
        status="cancelled" if drawn.is_cancelled else "scheduled",
    )
    build.a_facilitation(session, user, is_former=is_former)
    if is_former or drawn.is_cancelled:
        return None
    return LedSession(user.pk, program.pk, starts_at, ends_at, breaks, zone)


def test_net_minutes_here_and_elsewhere():
    user, here, there = build.a_user(), build.a_program(), build.a_program()
    build.a_session(
        build.a_group(here), starts="09:00", ends="12:00", breaks="10:00-10:15", facilitators=[user]
    )
    build.a_session(build.a_group(there), starts="13:00", ends="14:30", facilitators=[user])
    week = here.week_of(MONDAY)
    found = led_by_week([user.pk], week, 2, program=here)
    assert found == {
        (user.pk, MONDAY): Led(here=165, elsewhere=90),
        (user.pk, MONDAY + timedelta(days=7)): Led(),
    }
    assert found[user.pk, MONDAY].total == 255


def test_who_was_replaced_or_whose_session_fell_led_nothing_and_two_lead_it_whole():
    ill, stands_in, second = (build.a_user() for _ in range(3))
    session = build.a_session(starts="09:00", ends="10:00", facilitators=[stands_in, second])
    build.a_facilitation(session, ill, is_former=True)
    program = session.group.program
    group = build.a_group(program)
    build.a_session(group, starts="13:00", ends="14:00", status="cancelled", facilitators=[second])
    users = [ill.pk, stands_in.pk, second.pk]
    found = led_by_week(users, program.week_of(MONDAY), 1, program=program)
    assert [found[user, MONDAY].here for user in users] == [0, 60, 60]


@pytest.mark.parametrize(
    ("day", "ends", "minutes"),
    [("2026-11-01", "04:00", 240), ("2026-03-08", "04:00", 120), ("2026-11-08", "04:00", 180)],
    ids=["clocks go back", "clocks go forward", "an ordinary night"],
)
def test_hours_that_pass_are_counted_not_those_on_the_wall(day: str, ends: str, minutes: int):
    user, group = build.a_user(), build.a_group()
    session = build.a_session(group, day, "01:00", ends, facilitators=[user])
    week = group.program.week_of(session.held_on)
    found = led_by_week([user.pk], week, 1, program=group.program)
    assert found[user.pk, week.first_on].here == minutes


def test_a_session_counts_in_the_week_of_its_own_sites_date():
    user, here = build.a_user(), build.a_program()
    hawaii = build.a_program(build.a_site(timezone=str(HONOLULU)))
    sunday = MONDAY - timedelta(days=1)
    session = build.a_session(build.a_group(hawaii), sunday, "22:00", "23:00", facilitators=[user])
    assert session.starts_at.astimezone(CHICAGO).date() == MONDAY
    week = here.week_of(sunday)
    found = led_by_week([user.pk], week, 2, program=here)
    assert found[user.pk, week.first_on] == Led(elsewhere=60)
    assert found[user.pk, MONDAY] == Led()


def test_one_statement_however_many_people_and_weeks():
    program, users = build.a_program(), [build.a_user() for _ in range(3)]
    for user in users:
        build.a_session(build.a_group(program), facilitators=[user])
    week = program.week_of(MONDAY)
    with CaptureQueriesContext(connection) as queries:
        led_by_week([user.pk for user in users], week, 9, program=program)
    assert len(queries) == 1


def test_nobody_leads_nothing():
    program = build.a_program()
    assert led_by_week([], program.week_of(MONDAY), 1, program=program) == {}
