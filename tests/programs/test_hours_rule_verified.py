"""A rule of the weekly hours is verified by somebody on a date, and its gap is of days."""

from __future__ import annotations

import pytest

from programs.models import Program
from tests import build
from tests.build import MONDAY
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


def test_a_rule_is_verified_by_somebody_on_a_date(program: Program):
    who = build.a_user()
    rule = build.a_rule(program, verified_by=who, verified_on=MONDAY)
    for half in ({"verified_by": who}, {"verified_on": MONDAY}):
        with refused("hours_rule_verified_by_somebody"):
            build.a_rule(build.a_program(), **half)
    explains(rule, "hours_rule_verified_by_somebody", verified_by=None)


def test_the_largest_gap_is_at_most_two_weeks(program: Program):
    rule = build.a_rule(program, max_gap_days=14)
    build.a_rule(build.a_program(), max_gap_days=0)
    with refused("hours_rule_gap_is_days"):
        build.a_rule(build.a_program(), max_gap_days=15)
    explains(rule, "hours_rule_gap_is_days", max_gap_days=15)
