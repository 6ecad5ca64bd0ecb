"""Ten planners at once make one row each, in as many statements for few people as for many."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from groups.models import GroupSession
from programs.models import ContactConsent, Program
from reminders.models import Reminder
from reminders.planning.actions import plan_changes, plan_reminders, plan_weekly
from tests import build
from tests.at_once import at_once
from tests.build import MONDAY, moment
from tests.build_reminders import a_sent_reminder
from tests.reminders.conftest import expect_someone

SUNDAY = MONDAY - timedelta(days=1)
NOON = moment(SUNDAY, "12:00")
TOLD = {"2026-11-23": moment(MONDAY, "17:30").isoformat()}
# Each with the statements that it takes where it adds rows.
PLANS = {plan_reminders: 10, plan_changes: 10, plan_weekly: 11}


def expect_people(programs: list[Program], each: int) -> None:
    """Expect people who agreed to everything and were told of the Monday, and move the Monday."""
    for program in programs:
        for _ in range(each):
            person = expect_someone(program).participant
            build.a_consent(person, channel="email", purpose="weekly")
            a_sent_reminder(person, program, told=TOLD)
    GroupSession.objects.update(starts_at=moment(MONDAY, "18:00"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("plan", PLANS)
def test_ten_at_once_plan_once(clinic, plan):
    expect_people([build.a_program(), build.a_program(build.a_site())], 3)
    acts = [partial(plan, now=NOON, by=None)] * 10
    assert at_once(*acts, words=()) == [None] * 10
    made = Reminder.objects.planned()
    # The evening before has gone, so that reminders are those shortly before.
    assert made.count() == 6
    assert AuditEvent.objects.count() == 2
    keys = set(made.values_list("participant", "for_on", "kind", "round"))
    assert len(keys) == 6


def statements(plan) -> int:
    """How many statements the plan takes."""
    with CaptureQueriesContext(connection) as found:
        plan(now=NOON, by=None)
    return len(found)


@pytest.mark.django_db
@pytest.mark.parametrize(("plan", "limit"), PLANS.items())
def test_as_many_statements_for_any_number(clinic, plan, limit):
    sites = [build.a_site() for _ in range(5)]
    expect_people([build.a_program(sites[0])], 1)
    assert statements(plan) == limit
    assert Reminder.objects.planned().count() == 1
    expect_people([build.a_program(site) for site in sites], 8)
    assert statements(plan) == limit
    assert Reminder.objects.planned().count() == 41
    # Nothing to write, and no line of the trail.
    assert statements(plan) == limit - 2
    # All rows are different: they are locked and written, and no new one is.
    GroupSession.objects.update(starts_at=moment(MONDAY, "19:00"))
    ContactConsent.objects.filter(purpose="weekly").update(withdrawn_at=NOON + timedelta(days=30))
    assert statements(plan) == limit + 1
