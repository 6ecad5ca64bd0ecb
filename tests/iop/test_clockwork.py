"""The clock's table: what it names exists, what it promises fits together, and when it is late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from celery.schedules import crontab

from iop.celery import app
from iop.clockwork import CLOCKWORK, EVERY_TEN_MINUTES, GRACE, Turn, every_day, every_hour
from iop.processes.programs import demo_programs
from iop.queues import SENDING, SWEEPS, UPLOADS, VISIBILITY_SECONDS
from programs.models import Channel

QUEUES = {SENDING, SWEEPS, UPLOADS}
SECOND = timedelta(seconds=1)
# What no turn begins: a task beside another that has much to send, and a page that sends a link.
ASKED_FOR = {"reminders.send_beside", "accounts.send_reset_link"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-23 {text}").replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def tasks() -> dict:
    app.loader.import_default_modules()
    return {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}


def queue_of(name: str) -> str:
    return app.amqp.router.route({}, name)["queue"].name


def test_every_task_has_its_turn_and_every_turn_its_task(tasks):
    assert {turn.task for turn in CLOCKWORK} == set(tasks) - ASKED_FOR
    assert len({turn.key for turn in CLOCKWORK}) == len(CLOCKWORK)


def test_messages_say_a_channel_at_most():
    for turn in CLOCKWORK:
        assert set(turn.args) <= set(Channel.values), turn


def test_sending_and_uploads_keep_nobody_else_waiting(tasks):
    queues = {name: queue_of(name) for name in tasks}
    assert {name for name, queue in queues.items() if queue == SENDING} == {
        "reminders.send_due",
        "reminders.send_beside",
        "accounts.send_reset_link",
    }
    assert {name for name, queue in queues.items() if queue == UPLOADS} == {
        "attendance.check_uploads",
        "attendance.import_uploads",
    }
    assert set(queues.values()) == QUEUES == {queue.name for queue in app.conf.task_queues}


def test_each_queue_has_messages_of_its_own_only():
    """One key for two queues would have each message taken twice."""
    keys = [(queue.exchange.name, queue.routing_key) for queue in app.conf.task_queues]
    assert len(set(keys)) == len(QUEUES)


def test_every_task_ends_before_its_message_is_given_to_another(tasks):
    for name, task in tasks.items():
        soft = task.soft_time_limit or app.conf.task_soft_time_limit
        hard = task.time_limit or app.conf.task_time_limit
        assert 0 < soft < hard < VISIBILITY_SECONDS, name
    assert app.conf.broker_transport_options["visibility_timeout"] == VISIBILITY_SECONDS


def test_a_sender_is_done_when_the_next_one_begins(tasks):
    sender = tasks["reminders.send_due"]
    assert sender.soft_time_limit <= 60
    assert sender.time_limit < 90


def test_messages_that_nobody_takes_are_dropped():
    for key, entry in app.conf.beat_schedule.items():
        assert 120 <= entry["options"]["expires"] <= 86_400, key
        every_minute = entry["schedule"] == crontab()
        assert (entry["options"]["expires"] == 120) is every_minute, key


def test_the_demo_takes_from_every_queue(tmp_path):
    taken: list[str] = []
    for program in demo_programs(8000, tmp_path):
        words = program.command
        if "--queues" in words:
            taken += words[words.index("--queues") + 1].split(",")
    assert sorted(taken) == sorted(QUEUES)


@pytest.mark.parametrize(
    ("rhythm", "began", "again"),
    [
        (every_hour(20), "08:20:00", "09:20:00"),
        (every_hour(20), "08:19:59", "08:20:00"),
        (every_hour(20), "08:20:03.5", "09:20:00"),
        (every_day(10, 40), "08:20:00", "10:40:00"),
    ],
)
def test_when_it_begins_again(rhythm, began, again):
    turn = Turn("", "reminders.settle", rhythm)
    assert turn.after(at(began)) == at(again)
    assert not turn.is_late(at(began), at(again) + GRACE)
    assert turn.is_late(at(began), at(again) + GRACE + SECOND)


def test_the_next_day_and_what_never_began():
    daily = Turn("", "hours.close_weeks", every_day(10, 40))
    assert daily.after(at("10:40:01")) == at("10:40:00") + timedelta(days=1)
    assert not daily.is_late(None, at("10:00:00"))
    assert Turn("", "reminders.settle", EVERY_TEN_MINUTES).is_late(None, at("10:00:00"))
