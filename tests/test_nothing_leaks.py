"""A busy hour writes nothing about a participant into logs, task messages, or the cache's keys."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from celery.signals import before_task_publish
from django.core.cache import cache
from django.db import transaction
from structlog.stdlib import ProcessorFormatter

from iop.celery import app
from iop.clockwork import CLOCKWORK
from tests.walking.addresses import addresses
from tests.walking.walk import MINE, Step, Walker
from tests.walking.world import standing

# An hour of whoever may do most, and of the person in the room.
BUSY = (("director", "GET"), ("director", "POST"), ("facilitator", "GET"))


@pytest.fixture(scope="module")
def walker(django_db_setup: None, django_db_blocker) -> Iterator[Walker]:
    with django_db_blocker.unblock(), standing() as world:
        yield Walker(world)


def secrets(walker: Walker) -> set[str]:
    """Return the words by which a participant's data are known, in small letters."""
    return {
        word.lower()
        for part in walker.world.parts.values()
        for word in (
            *(part.marks.first_name, part.marks.last_name, part.marks.note),
            *(part.marks.contact, part.marks.safety, part.marks.phone),
        )
    }


@contextmanager
def written() -> Iterator[io.StringIO]:
    """Give what the log's own handler writes, as it would reach a file."""
    paper, root = io.StringIO(), logging.getLogger()
    ours = next(each for each in root.handlers if isinstance(each.formatter, ProcessorFormatter))
    handler, level, disabled = (
        logging.StreamHandler(paper),
        root.level,
        logging.root.manager.disable,
    )
    handler.setFormatter(ours.formatter)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.disable(logging.NOTSET)
    try:
        yield paper
    finally:
        logging.disable(disabled)
        root.removeHandler(handler)
        root.setLevel(level)


@contextmanager
def messages() -> Iterator[list[str]]:
    """Give what is put into the queue, as it stands there."""
    sent: list[str] = []

    def note(sender=None, headers=None, body=None, **more) -> None:
        sent.append(json.dumps([sender, body, headers], default=str))

    before_task_publish.connect(note)
    try:
        yield sent
    finally:
        before_task_publish.disconnect(note)


def told(text: str, walker: Walker) -> list[str]:
    return sorted(word for word in secrets(walker) if word in text.lower())


def test_pages_leave_no_name_in_logs_messages_and_cache_keys(walker: Walker) -> None:
    steps = [Step(each, method, who, MINE) for each in addresses() for who, method in BUSY]
    keys: set[str] = set()
    with written() as paper, messages() as sent:
        for step in steps:
            walker.look(step)
            keys |= set(cache._cache)
    lines = paper.getvalue()
    assert lines.count("\n") > len(steps)
    assert told(lines, walker) == []
    assert keys
    assert told(" ".join(keys), walker) == []
    assert told(" ".join(sent), walker) == []


def test_what_fails_is_logged_without_its_words(walker: Walker) -> None:
    name = walker.world.mine.marks.last_name
    with written() as paper:
        try:
            raise ValueError(f"Key (last_name)=({name}) already exists")
        except ValueError:
            logging.getLogger("django.request").exception("Internal Server Error: /people/")
    assert "ValueError" in paper.getvalue()
    assert told(paper.getvalue(), walker) == []


def test_the_clocks_tasks_say_nothing_of_anybody(walker: Walker) -> None:
    app.loader.import_default_modules()
    tasks = sorted({turn.task for turn in CLOCKWORK})
    assert len(tasks) > 10
    with written() as paper, messages() as sent, transaction.atomic():
        for name in tasks:
            app.tasks[name].apply(throw=False)
        transaction.set_rollback(True)
    assert told(paper.getvalue() + " ".join(sent), walker) == []
    assert told(json.dumps([turn.args for turn in CLOCKWORK], default=str), walker) == []
