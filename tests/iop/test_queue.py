"""The queue: every entry of the clock names a task that exists, and a message really runs it."""

from __future__ import annotations

import threading

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import task_postrun

from accounts.models import AuditEvent
from groups.models import GroupSession
from iop.celery import app
from tests import build


def test_the_clock_names_tasks_that_exist() -> None:
    app.loader.import_default_modules()
    named = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert named <= set(app.tasks)
    assert {"groups.generate_sessions", "hours.check_weekly_hours"} <= named
    assert {"attendance.plan_notices", "reminders.send_due_notices"} <= named


def test_tasks_have_names_of_ours_and_take_ids_only() -> None:
    app.loader.import_default_modules()
    ours = [name for name in app.tasks if not name.startswith("celery.")]
    assert all(
        name.split(".")[0] in {"attendance", "groups", "hours", "reminders"} for name in ours
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_message_through_the_broker_fills_the_calendar(program) -> None:
    build.a_pattern(build.a_group(program))
    app.loader.import_default_modules()
    done = threading.Event()

    def note(sender: object, **_: object) -> None:
        done.set()

    task = app.tasks["groups.generate_sessions"]
    task_postrun.connect(note, sender=task)
    with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=30):
        task.delay()
        assert done.wait(timeout=30)
    assert GroupSession.objects.exists()
    assert AuditEvent.objects.filter(verb="sessions.generated").count() == 1
