"""The rows that say when each task last ran: kept by a real worker, and in nobody's way."""

from __future__ import annotations

import threading

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import task_failure, task_postrun
from django.core.cache import cache
from django.db import DatabaseError, connection

from iop import sweeps
from iop.celery import app
from reminders.models import Sweep

TASK = "groups.sweep_drafts"


class Asked:
    """A task as the signals name it."""

    name = TASK


@pytest.mark.django_db
class TestOneRow:
    def row(self) -> Sweep:
        return Sweep.objects.get()

    def test_begins_and_ends_well(self):
        sweeps.note_began(Asked, args=())
        row = self.row()
        assert (row.name, row.runs, row.ended_at) == (TASK, 1, None)
        sweeps.note_ended(Asked, args=(), state="SUCCESS")
        row = self.row()
        assert row.ended_at is not None
        assert row.ended_at >= row.began_at
        assert (row.runs, row.failures, row.is_failed) == (1, 0, False)

    def test_a_failure_is_counted_once_and_forgiven_by_the_next_run(self):
        sweeps.note_began(Asked)
        sweeps.note_failed(Asked)
        sweeps.note_ended(Asked, state="FAILURE")
        row = self.row()
        assert (row.runs, row.failures, row.is_failed) == (1, 1, True)
        assert row.ended_at is not None
        sweeps.note_began(Asked)
        row = self.row()
        assert (row.runs, row.ended_at, row.is_failed) == (2, None, True)
        sweeps.note_ended(Asked, state="SUCCESS")
        row = self.row()
        assert (row.failures, row.is_failed) == (1, False)

    def test_two_at_once_end_after_the_later_began(self):
        for _ in range(2):
            sweeps.note_began(Asked)
        for _ in range(2):
            sweeps.note_ended(Asked, state="SUCCESS")
        assert self.row().runs == 2

    def test_more_failures_than_runs_are_not_counted(self):
        sweeps.note_began(Asked)
        for _ in range(2):
            sweeps.note_failed(Asked)
        assert self.row().failures == 1

    def test_each_channel_has_a_row(self):
        Asked.name = "reminders.send_due"
        try:
            for channel in ("email", "sms", "email"):
                sweeps.note_began(Asked, args=(channel,))
        finally:
            Asked.name = TASK
        names = ["reminders.send_due email", "reminders.send_due sms"]
        assert sorted(Sweep.objects.values_list("name", flat=True)) == names

    def test_what_the_clock_does_not_begin_leaves_no_row(self):
        sweeps.note_began(Asked, args=("somebody",))
        sweeps.note_ended(Asked, args=("somebody",), state="SUCCESS")
        assert not Sweep.objects.exists()

    def test_a_database_that_refuses_stops_no_task(self, monkeypatch):
        def refuse(*_: object) -> None:
            raise DatabaseError

        monkeypatch.setattr(sweeps, "_began", refuse)
        sweeps.note_began(Asked)
        assert not Sweep.objects.exists()
        assert not connection.needs_rollback


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("is_broken", [False, True])
def test_a_real_worker_keeps_it(is_broken: bool, monkeypatch):
    """The task runs for real; where it is to fail, what it calls is taken away."""
    app.loader.import_default_modules()
    task, over = app.tasks[TASK], threading.Event()
    if is_broken:
        monkeypatch.delattr("groups.tasks.timezone")

    def note(**_: object) -> None:
        over.set()

    signal = task_failure if is_broken else task_postrun
    signal.connect(note, sender=task, weak=False)
    try:
        with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=30):
            task.delay()
            assert over.wait(timeout=30)
    finally:
        signal.disconnect(note, sender=task)
    # The queue is everybody's: what others have left in it runs here, too.
    row = Sweep.objects.get(name=TASK)
    assert (row.runs, row.failures) == (1, int(is_broken))
    assert row.is_failed is is_broken
    assert row.ended_at is not None
    cache.clear()
