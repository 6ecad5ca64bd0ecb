"""What the database refuses about a reminder rule and a program's own words."""

from __future__ import annotations

from datetime import time

import pytest
from django.core.exceptions import ValidationError

from programs.models import Program
from reminders.models import MessageTemplate, ReminderRule
from tests import build
from tests.build_reminders import a_reminder_rule, a_template
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

AT_NINE = {"quiet_from": time(9), "quiet_until": time(9)}


def test_one_rule_per_program(program: Program):
    a_reminder_rule(program)
    a_reminder_rule(build.a_program(program.site))
    with refused("reminders_reminderrule_program_id_key"):
        a_reminder_rule(program)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("reminder_rule_minutes_before", {"minutes_before": 14}),
        ("reminder_rule_minutes_before", {"minutes_before": 721}),
        ("reminder_rule_minutes_before", {"minutes_before": 0}),
        ("reminder_rule_weekday_known", {"weekly_on": 7}),
        ("reminder_rule_quiet_hours_end", AT_NINE),
        ("reminder_rule_most", {"most_a_day": 0}),
        ("reminder_rule_most", {"most_a_day": 11}),
        ("reminder_rule_most", {"most_a_week": 51}),
        ("reminder_rule_most", {"most_a_day": 5, "most_a_week": 4}),
    ],
)
def test_a_rule_that_does_not_hold(program: Program, constraint: str, fields: dict):
    with refused(constraint):
        a_reminder_rule(program, **fields)
    # A single number or day that is out of range, its own field refuses first.
    with pytest.raises(ValidationError) as caught:
        ReminderRule(program=program, **fields).full_clean()
    assert len(fields) > 1 or set(caught.value.error_dict) == set(fields)


def test_two_that_do_not_go_together_in_words(program: Program):
    explains(ReminderRule(program=program), "reminder_rule_quiet_hours_end", **AT_NINE)
    few = {"most_a_day": 5, "most_a_week": 4}
    explains(ReminderRule(program=program), "reminder_rule_most", **few)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"minutes_before": 15},
        {"minutes_before": 720},
        {"minutes_before": None, "evening_at": None, "weekly_on": None},
        {"weekly_on": 0},
        {"quiet_from": time(0), "quiet_until": time(23, 59)},
        {"most_a_day": 1, "most_a_week": 1},
        {"most_a_day": 10, "most_a_week": 50},
    ],
)
def test_a_rule_that_does(program: Program, fields: dict):
    a_reminder_rule(program, **fields)


def test_words_once(program: Program):
    a_template(program)
    for other in ({"kind": "soon"}, {"language": "es"}, {"channel": "email", "subject": "Hello"}):
        a_template(program, **other)
    a_template(build.a_program(program.site))
    with refused("message_template_once"):
        a_template(program, is_own=False)
    same = MessageTemplate(program=program, kind="evening", channel="sms", language="en", body="x")
    explains(same, "message_template_once")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("message_template_kind_known", {"kind": "owl"}),
        ("message_template_channel_known", {"channel": "owl"}),
        ("message_template_language_known", {"language": "fr"}),
    ],
)
def test_choices_are_known(program: Program, constraint: str, fields: dict):
    template = a_template(program)
    explains(template, constraint, **fields)
    # A channel nobody knows has no whole message either: which of the two speaks is by name.
    with refused(constraint):
        MessageTemplate.objects.filter(pk=template.pk).update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"body": ""},
        {"subject": "A subject"},
        {"channel": "email"},
        {"channel": "email", "subject": "A subject", "body": ""},
    ],
)
def test_words_that_are_not_whole(program: Program, fields: dict):
    with refused("message_template_is_whole"):
        a_template(program, **fields)


def test_words_that_are_not_whole_in_words(program: Program):
    explains(a_template(program), "message_template_is_whole", subject="A subject")
    explains(a_template(program, kind="soon"), "message_template_is_whole", channel="email")


def test_their_history_is_kept(program: Program):
    template, rule = a_template(program), a_reminder_rule(program)
    MessageTemplate.objects.filter(pk=template.pk).update(body="{day} {time}")
    ReminderRule.objects.filter(pk=rule.pk).update(minutes_before=60)
    assert template.events.count() == rule.events.count() == 2
