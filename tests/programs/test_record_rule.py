"""What a program asks of its records: the rule in effect on a date, and what it may not say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from programs.models import RecordRule
from programs.models.record_rule import (
    GRACE_MINUTES,
    MOST_HOURS,
    NOTES_DUE_HOURS,
    OUTREACH_DUE_HOURS,
    record_rule_on,
)
from tests import build
from tests.build_records import a_record_rule
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


def test_one_rule_per_program_and_date():
    rule = a_record_rule(effective_from=MARCH)
    a_record_rule(rule.program, effective_from=JUNE)
    a_record_rule(effective_from=MARCH)
    with refused("record_rule_once_per_date"):
        a_record_rule(rule.program, effective_from=MARCH)
    again = RecordRule(program=rule.program, effective_from=MARCH)
    explains(again, "record_rule_once_per_date")


@pytest.mark.parametrize("minutes", [0, 5, 60])
def test_grace_is_minutes(minutes: int):
    rule = a_record_rule(grace_minutes=minutes)
    assert rule.grace == timedelta(minutes=minutes)


def test_grace_is_an_hour_at_most():
    rule = a_record_rule()
    with refused("record_rule_grace_is_minutes"):
        a_record_rule(grace_minutes=61)
    explains(rule, "record_rule_grace_is_minutes", grace_minutes=61)


@pytest.mark.parametrize("field", ["notes_due_hours", "outreach_due_hours"])
def test_what_is_due_is_due_within_a_week(field: str):
    rule = a_record_rule(None, **{field: 1})
    a_record_rule(None, **{field: MOST_HOURS})
    for hours in (0, MOST_HOURS + 1):
        with refused("record_rule_due_within_a_week"):
            a_record_rule(None, **{field: hours})
        explains(rule, "record_rule_due_within_a_week", **{field: hours})


@pytest.mark.parametrize(
    ("day", "grace"),
    [
        (MARCH - timedelta(days=1), GRACE_MINUTES),
        (MARCH, 10),
        (JUNE - timedelta(days=1), 10),
        (JUNE, 15),
        (date(2030, 1, 1), 15),
    ],
)
def test_the_latest_that_has_begun_is_in_effect(day: date, grace: int):
    program = build.a_program()
    a_record_rule(program, effective_from=JUNE, grace_minutes=15)
    a_record_rule(program, effective_from=MARCH, grace_minutes=10)
    a_record_rule(effective_from=MARCH, grace_minutes=20)
    assert record_rule_on(program, day).grace_minutes == grace


def test_without_a_rule_the_defaults_hold():
    program = build.a_program()
    rule = record_rule_on(program, MARCH)
    assert rule.pk is None
    assert (rule.program, rule.grace_minutes) == (program, GRACE_MINUTES)
    assert (rule.notes_due_hours, rule.outreach_due_hours) == (NOTES_DUE_HOURS, OUTREACH_DUE_HOURS)
    assert rule.cosigned_credentials == []


def test_the_rules_in_effect_are_one_per_program():
    rules = [a_record_rule(effective_from=MARCH), a_record_rule(effective_from=JUNE)]
    later = a_record_rule(rules[0].program, effective_from=JUNE)
    assert set(RecordRule.objects.in_effect_on(MARCH)) == {rules[0]}
    assert set(RecordRule.objects.in_effect_on(JUNE)) == {later, rules[1]}


def test_its_history_is_kept():
    rule = a_record_rule()
    RecordRule.objects.update(grace_minutes=7)
    assert [each.grace_minutes for each in rule.events.order_by("pgh_id")] == [GRACE_MINUTES, 7]
