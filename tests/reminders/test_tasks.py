"""The clock's doorway: what beat calls exists, carries nothing, and does its work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from iop.celery import app
from programs.weeks import local_date
from reminders import tasks
from reminders.models import Reminder
from tests import build
from tests.reminders.conftest import expect_someone

EVENING = 19


def test_beat_calls_each_without_arguments():
    ours = {
        entry["task"]: entry
        for entry in app.conf.beat_schedule.values()
        if entry["task"].startswith("reminders.")
    }
    assert set(ours) == {
        "reminders.plan_reminders",
        "reminders.send_due_reminders",
        "reminders.send_due_notices",
    }
    assert not any(entry.get("args") or entry.get("kwargs") for entry in ours.values())
    assert set(ours) <= set(app.tasks)


def zone_where_it_is_evening() -> str:
    """Return a zone whose local hour is EVENING now."""
    ahead = (EVENING - timezone.now().hour + 11) % 24 - 11
    # The sign of these names counts westward.
    return f"Etc/GMT{-ahead:+d}"


@pytest.mark.django_db
def test_planned_and_sent_by_the_clock(clinic, smtp):
    site = build.a_site(timezone=zone_where_it_is_evening())
    tomorrow = local_date(timezone.now(), site.zone) + timedelta(days=1)
    expect_someone(build.a_program(site), tomorrow)
    tasks.plan_reminders()
    tasks.send_due_reminders()
    tasks.send_due_reminders()
    assert Reminder.objects.get().status == "sent"
    assert len(smtp.messages) == 1
