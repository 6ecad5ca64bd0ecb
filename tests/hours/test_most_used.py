"""The bound on what is used: never under the gauge, so that nothing low goes unlooked at."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from hours.checking.care import can_be_low, is_low
from hours.checking.care_findings import care_findings
from hours.fuel.burning import BurnDay, burned
from hours.fuel.gauge import Gauge
from hours.fuel.most_used import most_units, most_used
from hours.models import AlertKind
from programs.models import AlertRule, Authorization, Program
from programs.weeks import local_date
from tests import build, build_episodes
from tests.build import MONDAY, NOW
from tests.build_hours import an_alert_rule
from tests.hours.drawn_clinic import clinics
from tests.hours.fuel import at_work, attend, gauges_of, in_group
from tests.hours.fuel_oracle import authorizations
from tests.hours.storing import store

EXAMPLES = int(os.environ.get("IOP_TEST_EXAMPLES", "60"))


def the_most(program: Program) -> int:
    (most,) = most_used(list(Authorization.objects.filter(enrollment__program=program))).values()
    return most


@pytest.mark.parametrize(
    ("unit", "dates", "minutes", "most"),
    [
        ("day", 4, 30, 4),
        ("hour", 1, 49, 0),
        # Fifty minutes are an hour where the rule counts clinical hours.
        ("hour", 1, 50, 1),
        ("hour", 3, 150, 3),
        ("quarter_hour", 1, 12, 0),
        ("quarter_hour", 1, 13, 1),
    ],
)
def test_the_most_that_dates_and_minutes_come_to(unit, dates, minutes, most):
    assert most_units(dates=dates, minutes=minutes, unit=unit) == most


# What was attended on each date, and whether the rule counts clinical hours.
STRETCHES = st.lists(st.tuples(st.integers(1, 400), st.booleans()), max_size=20)


@given(
    stretches=STRETCHES,
    least=st.integers(0, 240),
    unit=st.sampled_from(["day", "hour", "quarter_hour"]),
)
@example(stretches=[(50, True), (50, True)], least=60, unit="hour")
@example(stretches=[(1, False)], least=0, unit="day")
def test_no_gauge_uses_more(stretches, least, unit):
    days = [
        BurnDay(MONDAY + timedelta(days=number), least, minutes * (6 if clinical else 5) // 5, 0, 0)
        for number, (minutes, clinical) in enumerate(stretches)
    ]
    minutes = sum(minutes for minutes, _clinical in stretches)
    most = most_units(dates=len(days), minutes=minutes, unit=unit)
    assert burned(days, unit=unit, approved=1).used <= most


@pytest.mark.parametrize(("most", "is_looked_at"), [(6, False), (7, True), (30, True)])
def test_what_can_be_low_is_looked_at(most, is_looked_at):
    rule = AlertRule(units_left=3)
    assert can_be_low(Authorization(approved_units=10), most, rule) is is_looked_at


@pytest.mark.django_db
class TestReading:
    def test_dates_with_a_stretch_inside_the_authorization(self):
        program, enrollment, group = at_work()
        build_episodes.an_authorization(enrollment, first_on="2026-11-16", last_on="2026-11-20")
        attend(group, enrollment, "2026-11-13", "2026-11-16", "2026-11-23")
        # Too short for a day of the rule, and still a date that might be one.
        attend(group, enrollment, "2026-11-18", until="09:10")
        absent = build.a_session(group, date(2026, 11, 19))
        build.a_record(absent, enrollment.participant, absence="excused")
        assert the_most(program) == 2

    def test_a_session_called_off_is_no_date(self):
        program, enrollment, group = at_work()
        build_episodes.an_authorization(enrollment)
        attend(group, enrollment, "2026-11-16")
        group.sessions.update(status="cancelled")
        assert the_most(program) == 0

    def test_an_open_stretch_goes_on_to_the_end_of_its_session(self):
        program, enrollment, group = at_work()
        build_episodes.an_authorization(enrollment, unit="quarter_hour", approved_units=80)
        session = build.a_session(group, date(2026, 11, 25), "09:00", "12:00")
        build.a_record(session, enrollment.participant, "11:00-")
        assert the_most(program) == 72 // 15

    def test_one_statement_for_all(self):
        program, enrollment, group = at_work()
        build_episodes.an_authorization(enrollment)
        for name in ("Bo", "Cyd"):
            build_episodes.an_authorization(in_group(group, name))
        rows = list(Authorization.objects.filter(enrollment__program=program))
        for asked in (rows[:1], rows):
            with CaptureQueriesContext(connection) as queries:
                assert set(most_used(asked)) == {each.pk for each in asked}
            assert len(queries) == 1
        assert most_used([]) == {}


def low_by_all_gauges(program: Program, rule: AlertRule, now: datetime) -> dict[Any, int]:
    """Read every gauge there is, and keep the one with least left of an enrollment and week."""
    today = local_date(now, program.zone)
    found: dict[Any, int] = {}
    for gauge in gauges_of([program], now=now):
        each = gauge.authorization
        starts_on = max(each.first_on, each.enrollment.admitted_on)
        is_running = each.first_on <= today and each.enrollment.admitted_on <= today
        if is_running and starts_on <= today <= each.last_on and is_low(gauge, rule):
            key = (each.enrollment_id, program.week_of(each.last_on).first_on)
            found[key] = min(gauge.left, found.get(key, gauge.left))
    return found


def under_the_gauge(gauges: list[Gauge]) -> list[int]:
    most = most_used([each.authorization for each in gauges])
    return [each.authorization.pk for each in gauges if most[each.authorization.pk] < each.used]


@pytest.mark.django_db
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), units_left=st.integers(0, 8))
def test_nothing_low_is_left_out(data: st.DataObject, units_left: int) -> None:
    clinic = data.draw(clinics())
    drawn = data.draw(authorizations(clinic))
    with transaction.atomic():
        program, enrollments = store(clinic)
        rule = an_alert_rule(
            program, units_left=units_left, effective_from=clinic.first - timedelta(days=60)
        )
        for each in drawn:
            build_episodes.an_authorization(
                enrollments[each.person, each.index],
                unit=each.unit,
                # Few enough that many of them are low.
                approved_units=1 + each.approved // 4,
                first_on=each.first,
                last_on=each.last,
            )
        low = low_by_all_gauges(program, rule, clinic.as_of)
        found = {
            (each.enrollment_key, each.week_on): each.units_left
            for each in care_findings([program], now=clinic.as_of)
            if each.kind == AlertKind.UNITS_LOW
        }
        under = under_the_gauge(gauges_of([program], now=clinic.as_of))
        transaction.set_rollback(True)
    event(f"low {bool(low)}, drawn {bool(drawn)}")
    assert under == []
    assert found == low


@pytest.mark.django_db
def test_only_what_can_be_low_is_asked_for_its_dates():
    program, enrollment, group = at_work()
    build_episodes.an_authorization(enrollment, approved_units=40)
    attend(group, enrollment, "2026-11-16")

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            care_findings([program], now=NOW)
        return len(queries)

    assert statements() == 4
    other = in_group(group, "Bo")
    build_episodes.an_authorization(other, approved_units=1)
    attend(group, other, "2026-11-18")
    assert statements() == 5
