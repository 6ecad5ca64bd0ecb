"""When a program is warned: one rule per date, within bounds, the latest that has begun."""

from __future__ import annotations

from datetime import date

import pytest

from programs.models import AlertRule, Program, alert_rule_on
from tests import build
from tests.build_hours import an_alert_rule
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 2)


def test_one_rule_per_date(program: Program):
    an_alert_rule(program)
    an_alert_rule(program, effective_from=MARCH)
    an_alert_rule(build.a_program())
    with refused("alert_rule_once_per_date"):
        an_alert_rule(program)
    explains(AlertRule(program=program, effective_from=JANUARY), "alert_rule_once_per_date")


@pytest.mark.parametrize("hours", [0, 169])
def test_a_missing_record_is_an_alert_within_a_week(program: Program, hours: int):
    rule = an_alert_rule(program, unrecorded_hours=168)
    an_alert_rule(program, effective_from=MARCH, unrecorded_hours=1)
    with refused("alert_rule_hours_within_a_week"):
        an_alert_rule(build.a_program(), unrecorded_hours=hours)
    explains(rule, "alert_rule_hours_within_a_week", unrecorded_hours=hours)


@pytest.mark.parametrize(
    ("field", "most"),
    [
        ("close_days", 14),
        ("days_left", 60),
        ("review_days", 60),
        ("recertification_days", 60),
        ("units_left", 100),
    ],
)
def test_warnings_come_within_bounds(program: Program, field: str, most: int):
    rule = an_alert_rule(program, **{field: most})
    with refused("alert_rule_warns_in_time"):
        an_alert_rule(build.a_program(), **{field: most + 1})
    explains(rule, "alert_rule_warns_in_time", **{field: most + 1})


def test_the_latest_that_has_begun_holds_and_defaults_where_there_is_none(program: Program):
    an_alert_rule(program, units_left=5)
    an_alert_rule(program, effective_from=MARCH, units_left=2)
    days = {date(2026, 3, 1): 5, MARCH: 2, date(2025, 12, 31): 3}
    assert {day: alert_rule_on(program, day).units_left for day in days} == days
    assert AlertRule.objects.in_effect_on(MARCH).count() == 1
