"""Writes down when each of the clock's tasks began and how it ended, and never stands in its way.

Heard from Celery's signals. A row holds a task's name and moments; nothing about anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.apps import apps
from django.db import Error, close_old_connections, connection, models, transaction
from django.db.models import F
from django.db.models.functions import Greatest, Least, Now

from iop.clockwork import CLOCKWORK, turn_key

log = structlog.get_logger(__name__)
FAILURE = "FAILURE"


def note_began(sender: Any, args: tuple | None = None, **_more: Any) -> None:
    """Note that a task begins."""
    _note(sender, args, _began)


def note_ended(sender: Any, args: tuple | None = None, state: str = "", **_more: Any) -> None:
    """Note that a task has come to its end; one that failed is noted with its failure."""
    if state != FAILURE:
        _note(sender, args, _ended)


def note_failed(sender: Any, args: tuple | None = None, **_more: Any) -> None:
    """Note that a task failed; heard in the worker's main process where its process is gone."""
    _note(sender, args, _failed)
    # Processes that are made from the main one later must not share its connection.
    if not connection.in_atomic_block:
        connection.close()


def _note(sender: Any, args: tuple | None, write: Callable[[models.QuerySet, str], object]) -> None:
    name = turn_key(sender.name, tuple(str(each) for each in args or ()))
    if name not in {turn.key for turn in CLOCKWORK}:
        return
    try:
        if not connection.in_atomic_block:
            close_old_connections()
        with transaction.atomic():
            # Celery's app is made before Django knows its models.
            rows = apps.get_model("reminders", "Sweep")._default_manager.filter(name=name)
            write(rows, name)
    except Error as error:
        log.warning("sweep_not_noted", task=name, error=type(error).__name__)


def _began(rows: models.QuerySet, name: str) -> None:
    if not rows.update(began_at=Now(), ended_at=None, runs=F("runs") + 1):
        first = rows.model(name=name, began_at=Now(), runs=1)
        rows.model._default_manager.bulk_create([first], ignore_conflicts=True)


def _ended(rows: models.QuerySet, _name: str) -> None:
    rows.update(ended_at=Greatest(Now(), F("began_at")), is_failed=False)


def _failed(rows: models.QuerySet, _name: str) -> None:
    rows.update(
        ended_at=Greatest(Now(), F("began_at")),
        is_failed=True,
        failures=Least(F("failures") + 1, F("runs")),
    )
