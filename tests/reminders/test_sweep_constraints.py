"""What the database refuses about the last runs of the clock's tasks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from reminders.models import Sweep
from tests.build import NOW
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def a_sweep(**fields) -> Sweep:
    return Sweep.objects.create(**{"name": "reminders.settle", "began_at": NOW, **fields})


def test_a_task_has_one_row():
    a_sweep()
    a_sweep(name="reminders.plan_changes")
    with pytest.raises(IntegrityError, match="name"), transaction.atomic():
        a_sweep()


@pytest.mark.parametrize("ended_at", [None, NOW, NOW + SECOND])
def test_a_run_ends_when_it_began_or_later(ended_at):
    a_sweep(ended_at=ended_at).full_clean()


def test_a_run_does_not_end_before_it_began():
    sweep = a_sweep()
    with refused("sweep_ends_after_it_began"):
        Sweep.objects.update(ended_at=NOW - SECOND)
    explains(sweep, "sweep_ends_after_it_began", ended_at=NOW - SECOND)


def test_it_fails_at_most_as_often_as_it_runs():
    sweep = a_sweep(runs=2, failures=2)
    sweep.full_clean()
    with refused("sweep_fails_at_most_as_often_as_it_runs"):
        Sweep.objects.update(failures=3)
    explains(sweep, "sweep_fails_at_most_as_often_as_it_runs", failures=3)
