"""The queue: a message really runs its task, on its own queue, and beat may run twice."""

from __future__ import annotations

import threading

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import task_postrun

from accounts.models import AuditEvent
from groups.models import GroupSession
from iop.celery import app
from iop.queues import SENDING, SWEEPS
from tests import build


def test_the_clock_names_tasks_that_exist() -> None:
    app.loader.import_default_modules()
    named = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert named <= set(app.tasks)
    assert {"groups.generate_sessions", "hours.check_weekly_hours"} <= named
    assert {"attendance.plan_notices", "reminders.send_due"} <= named


def test_tasks_have_names_of_ours_and_take_ids_only() -> None:
    app.loader.import_default_modules()
    ours = [name for name in app.tasks if not name.startswith("celery.")]
    assert all(
        name.split(".")[0] in {"accounts", "attendance", "groups", "hours", "reminders"}
        for name in ours
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


@pytest.mark.parametrize(
    ("task", "queue"), [("reminders.send_due", SENDING), ("reminders.settle", SWEEPS)]
)
def test_a_message_stands_in_the_queue_of_its_task_alone(task: str, queue: str) -> None:
    """Also right after Redis was emptied, when it knows of no queue at all."""
    with app.connection_for_write() as connection:
        channel = connection.default_channel
        prefix = channel.global_keyprefix
        for key in channel.client.scan_iter(f"{prefix}*"):
            channel.client.delete(key.decode().removeprefix(prefix))
        app.send_task(task, args=["email"] if queue == SENDING else [], expires=1)
        lengths = {
            name: channel.client.llen(name) for name in (each.name for each in app.conf.task_queues)
        }
        channel.client.delete(queue)
    assert lengths == {name: int(name == queue) for name in lengths}
