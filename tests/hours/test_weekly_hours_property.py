"""The product's weekly hours against the oracle's, over random clinics in the real database."""

from __future__ import annotations

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings

from hours.program_week import weekly_hours
from tests.hours.drawn_clinic import DrawnClinic, clinics
from tests.hours.oracle import expected_rows
from tests.hours.storing import store

EXAMPLES = int(os.environ.get("IOP_TEST_EXAMPLES", "60"))
KEYS = [
    "tag",
    "required",
    "offered",
    "attended",
    "unrecorded",
    "remaining",
    "possible",
    "slack",
    "makeup",
    "qualifying_days",
    "verdict",
    "flags",
]


@pytest.mark.django_db
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(clinic=clinics())
def test_weekly_hours_equal_the_oracle(clinic: DrawnClinic) -> None:
    with transaction.atomic():
        program, enrollments = store(clinic)
        numbers = {enrollment.pk: key for key, enrollment in enrollments.items()}
        rows = weekly_hours(program, week=program.week_of(clinic.first), as_of=clinic.as_of)
        found = {
            numbers[row.person.enrollment_key]: {
                key: list(map(str, row.flags)) if key == "flags" else getattr(row, key)
                for key in KEYS
            }
            for row in rows
        }
        for row in rows:
            event(f"{row.verdict} {row.tag}")
        transaction.set_rollback(True)
    assert found == expected_rows(clinic)
