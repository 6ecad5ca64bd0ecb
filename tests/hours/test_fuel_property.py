"""The gauges against an oracle, over random clinics: rules, zones, clock changes, leaves, seats."""

from __future__ import annotations

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests import build_episodes
from tests.hours.drawn_clinic import clinics
from tests.hours.fuel import gauges_of
from tests.hours.fuel_oracle import authorizations, expected_gauge, is_shown
from tests.hours.storing import store

EXAMPLES = int(os.environ.get("IOP_TEST_EXAMPLES", "60"))


@pytest.mark.django_db
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_gauges_equal_the_oracle(data: st.DataObject) -> None:
    clinic = data.draw(clinics())
    drawn = data.draw(authorizations(clinic))
    with transaction.atomic():
        program, enrollments = store(clinic)
        keys = {}
        for each in drawn:
            row = build_episodes.an_authorization(
                enrollments[each.person, each.index],
                unit=each.unit,
                approved_units=each.approved,
                first_on=each.first,
                last_on=each.last,
                days_per_week=each.days_per_week,
            )
            keys[row.pk] = each
        found = {
            keys[gauge.authorization.pk]: {
                "used": gauge.used,
                "waiting": gauge.waiting,
                "scheduled": gauge.scheduled,
                "runs_out_on": gauge.runs_out_on,
                "weeks_over": gauge.weeks_over,
            }
            for gauge in gauges_of([program], now=clinic.as_of)
        }
        transaction.set_rollback(True)
    for says in found.values():
        event(f"used {bool(says['used'])}, runs out {says['runs_out_on'] is not None}")
    assert found == {each: expected_gauge(clinic, each) for each in drawn if is_shown(clinic, each)}
