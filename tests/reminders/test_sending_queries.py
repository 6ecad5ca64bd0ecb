"""Reading everything again at the last moment stays cheap: a fixed number of statements each."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.models import Role
from reminders.models import Reminder
from tests import build
from tests.build_reminders import a_notice, a_sent_reminder
from tests.reminders.conftest import expect_someone
from tests.reminders.sweeping import NOON, SIX, planned_for, sweep

pytestmark = pytest.mark.django_db

# The row, how they are reached, when their day begins, what they had, the claim, the outcome, its
# line on the trail.
OF_EACH = 7


def statements(channel: str = "email") -> int:
    """How many statements a sweep takes, without those that begin and end transactions."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        sweep(channel=channel)
    return sum("SAVEPOINT" not in each["sql"] for each in caught)


def of_so_many(number: int, program, **fields) -> int:
    for _ in range(number):
        person = expect_someone(program)
        for kind in ("soon", "weekly"):
            given = {"kind": kind, "due_at": NOON}
            a_sent_reminder(person.participant, program, **given)
        planned_for(person, **fields)
    return statements()


def test_each_reminder_takes_the_same_few(program, smtp):
    once = of_so_many(1, program)
    assert Reminder.objects.filter(status="sent", claimed_at=SIX).count() == 1
    more = of_so_many(6, program)
    assert Reminder.objects.filter(status="sent", claimed_at=SIX).count() == 7
    assert more - once == 5 * OF_EACH


def test_a_change_reads_what_was_told(program, smtp):
    fields = {"kind": "change", "round": 1}
    once = of_so_many(1, program, **fields)
    assert of_so_many(3, program, **fields) - once == 2 * (OF_EACH + 1)


def test_each_notice_takes_five(program, smtp):
    user = build.a_colleague(program, Role.CLINICIAN)
    counts = []
    for number in (1, 4):
        for _ in range(number):
            a_notice(user, program, about=build.a_program().public_id, due_at=SIX)
        counts.append(statements())
    assert counts[1] - counts[0] == 3 * 5


def test_nothing_due_takes_three(program, smtp):
    assert statements() == 3
    assert smtp.connections == 0
