"""The gauges: used, waiting, scheduled and when the units run out, read from the record."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hours.fuel.gauge import Gauge
from programs.models import AuthorizationStatus, Program
from tests import build
from tests.build import NOW
from tests.build_episodes import an_authorization
from tests.hours.fuel import at_work, attend, gauges_of, in_group, schedule

pytestmark = pytest.mark.django_db


def the_gauge(program: Program, now: datetime = NOW) -> Gauge:
    (gauge,) = gauges_of([program], now=now)
    return gauge


def test_days_are_used_waiting_and_scheduled() -> None:
    program, enrollment, group = at_work()
    an_authorization(enrollment, approved_units=4, last_on="2026-12-18")
    attend(group, enrollment, "2026-11-16", "2026-11-18")
    attend(group, enrollment, "2026-11-19", until="11:59")
    schedule(group, "2026-11-23", "2026-11-27", "2026-11-30")
    gauge = the_gauge(program)
    assert (gauge.used, gauge.waiting, gauge.scheduled, gauge.left) == (2, 1, 2, 2)
    assert gauge.runs_out_on == gauge.ends_on == date(2026, 11, 27)
    assert not gauge.is_projected


def test_who_is_absent_uses_nothing() -> None:
    program, enrollment, group = at_work()
    an_authorization(enrollment)
    build.a_record(build.a_session(group), enrollment.participant, absence="excused")
    gauge = the_gauge(program)
    assert (gauge.used, gauge.waiting, gauge.scheduled) == (0, 0, 0)


def test_units_that_outlast_the_dates() -> None:
    program, enrollment, group = at_work()
    an_authorization(enrollment, approved_units=9)
    schedule(group, "2026-11-27", "2026-12-01")
    gauge = the_gauge(program)
    # The second is after its last day.
    assert (gauge.scheduled, gauge.runs_out_on, gauge.ends_on) == (1, None, date(2026, 11, 29))


def test_more_may_be_used_than_approved() -> None:
    program, enrollment, group = at_work()
    an_authorization(enrollment, approved_units=1)
    attend(group, enrollment, "2026-11-16", "2026-11-18")
    gauge = the_gauge(program)
    assert (gauge.left, gauge.runs_out_on) == (-1, date(2026, 11, 16))


def test_the_rule_of_each_week_says_what_a_day_is() -> None:
    program, enrollment, group = at_work()
    # From Wednesday on: it holds from the next week's first date.
    build.a_rule(program, effective_from="2026-11-11", min_minutes_per_day=60)
    an_authorization(enrollment)
    attend(group, enrollment, "2026-11-12", "2026-11-16", until="10:30")
    assert the_gauge(program).used == 1


@pytest.mark.parametrize(("unit", "used"), [("hour", 4), ("quarter_hour", 22)])
def test_minutes_become_units_date_by_date(unit: str, used: int) -> None:
    program, enrollment, group = at_work()
    an_authorization(enrollment, unit=unit, approved_units=200)
    # Twice 2 h 50 min: neither makes three hours, and together they make no fifth one.
    attend(group, enrollment, "2026-11-16", "2026-11-18", until="11:50")
    assert the_gauge(program).used == used


def test_the_night_on_which_clocks_change_has_its_own_minutes() -> None:
    program, enrollment, group = at_work()
    an_authorization(enrollment, unit="hour", first_on="2026-10-26", last_on="2026-11-29")
    enrollment.admitted_on = date(2026, 10, 26)
    enrollment.save()
    enrollment.memberships.update(first_on=date(2026, 10, 26))
    night = build.a_session(group, "2026-11-01", "00:30", "03:30")
    build.a_record(night, enrollment.participant, "00:30-03:30")
    assert the_gauge(program).used == 4


def test_today_is_the_sites_date() -> None:
    program, enrollment, _group = at_work()
    an_authorization(enrollment, last_on="2026-11-25")
    # Late in the evening in Chicago, the next day in UTC.
    assert the_gauge(program, datetime(2026, 11, 26, 5, 59, tzinfo=UTC))
    assert gauges_of([program], now=datetime(2026, 11, 26, 6, 1, tzinfo=UTC)) == []


def test_what_has_a_gauge() -> None:
    program, enrollment, group = at_work()
    later = an_authorization(enrollment, first_on="2026-12-01", last_on="2026-12-31")
    an_authorization(enrollment, last_on="2026-11-24")
    others = {"unit": "hour", "last_on": "2026-12-31"}
    an_authorization(enrollment, status=AuthorizationStatus.DENIED, **others)
    an_authorization(enrollment, status=AuthorizationStatus.PENDING, **others)
    gone = in_group(group, "Bo", discharged_on="2026-11-24", discharge_reason="completed")
    an_authorization(gone)
    to_begin = in_group(group, "Cyd", admitted_on="2026-12-01")
    coming = an_authorization(to_begin, first_on="2026-12-01", last_on="2026-12-31")
    found = [each.authorization for each in gauges_of([program], now=NOW)]
    assert found == [later, coming]


def test_days_before_and_after_an_authorization_use_nothing_of_it() -> None:
    program, enrollment, group = at_work()
    an_authorization(enrollment, first_on="2026-11-17", last_on="2026-11-27")
    attend(group, enrollment, "2026-11-16", "2026-11-17")
    schedule(group, "2026-11-27", "2026-11-28")
    gauge = the_gauge(program)
    assert (gauge.used, gauge.scheduled) == (1, 1)


def test_more_days_scheduled_than_the_payer_allows() -> None:
    program, enrollment, group = at_work()
    an_authorization(enrollment, days_per_week=1, last_on="2026-12-31", approved_units=30)
    attend(group, enrollment, "2026-11-16", "2026-11-18")
    attend(group, enrollment, "2026-11-23")
    schedule(group, "2026-11-27", "2026-11-30", "2026-12-07", "2026-12-08")
    assert the_gauge(program).weeks_over == (date(2026, 11, 23), date(2026, 12, 7))


def test_the_statements_do_not_grow() -> None:
    def measured(programs: list[Program]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            gauges_of(programs, now=NOW)
        return len(captured)

    programs = []
    for _number in range(3):
        program, enrollment, group = at_work()
        attend(group, enrollment, "2026-11-16")
        for name in ("Bo", "Cyd"):
            an_authorization(in_group(group, name))
        an_authorization(enrollment)
        programs.append(program)
    assert measured(programs[:1]) == measured(programs) == 2
    assert len(gauges_of(programs, now=NOW)) == 9
    assert gauges_of([], now=NOW) == []
