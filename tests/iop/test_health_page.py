"""The health page: who may, what it says when all is well and when it is not, and what it costs."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iop.clockwork import CLOCKWORK, EVERY_MINUTE, Turn
from iop.health import figures, page
from iop.health.page import health_page
from iop.health.words import span_words, took_words
from programs.models import Channel, Role
from reminders.models import Sweep
from tests import build
from tests.build import MONDAY, NOW
from tests.build_reminders import a_notice, a_reminder, a_sent_reminder

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def url(program) -> str:
    return f"/health/{program.public_id}/"


def all_ran(now: datetime) -> None:
    """Have every task begun a moment ago and ended well."""
    Sweep.objects.bulk_create(
        Sweep(name=turn.key, began_at=now - MINUTE, ended_at=now - MINUTE / 2, runs=3)
        for turn in CLOCKWORK
    )


def some(program, count: int, **fields) -> None:
    for _ in range(count):
        a_reminder(build.a_participant(), program, **fields)


@pytest.mark.parametrize("role", Role)
def test_only_directors(role, client_of, program, url):
    status = 200 if role == Role.DIRECTOR else 403
    assert client_of(build.a_colleague(program, role)).get(url).status_code == status


def test_nobody_elses(client_of, stranger, client, url):
    assert client_of(stranger).get(url).status_code == 404
    assert client.get(url).status_code == 302


def test_all_is_well(client_of, director, url):
    all_ran(timezone.now())
    said = client_of(director).get(url)
    assert "All is well." in said.text
    assert said.text.count("Went well") == len(CLOCKWORK)
    assert "The queue answers" in said.text
    assert "Look here:" not in said.text


def test_nothing_has_run_yet(client_of, director, url):
    said = client_of(director).get(url).text
    assert said.count("Has not run yet") == len(CLOCKWORK)
    assert "Nothing waits" in said
    assert "tasks are late: is the worker running, and beat?" in said


def test_it_names_nobody(client_of, director, program, url):
    person = build.a_participant(first_name="Zelda", email="zelda@mail.example")
    a_reminder(person, program, due_at=timezone.now() - HOUR)
    said = client_of(director).get(url).text
    assert "Reminders by email: the oldest has been due for 1 hour." in said
    assert "Zelda" not in said
    assert "zelda" not in said


class TestDue:
    def rows(self, program, now=NOW) -> dict[str, page.DueRow]:
        return {str(row.label): row for row in health_page(program, now).due}

    def test_by_sort_and_channel(self, program, director):
        some(program, 3, due_at=NOW - MINUTE)
        some(program, 1, due_at=NOW - 2 * MINUTE, channel=Channel.SMS)
        some(program, 1, due_at=NOW - 9 * HOUR, status="claimed", claimed_at=NOW)
        some(program, 1, due_at=NOW + MINUTE)
        a_notice(director, program, due_at=NOW - 5 * MINUTE)
        rows = self.rows(program)
        assert [(row.due, row.oldest, row.being_sent) for row in rows.values()] == [
            (3, "1 minute", 1),
            (1, "2 minutes", 0),
            (1, "5 minutes", 0),
            (0, "", 0),
        ]
        looks = [row.look.label for row in rows.values()]
        assert looks == ["Going out", "Going out", "Late", "Nothing waits"]

    def test_one_that_is_tried_again_later_is_not_due(self, program):
        some(program, 1, due_at=NOW - HOUR, try_at=NOW + MINUTE, attempts=1, reason="no_answer")
        assert self.rows(program)["Reminders by email"].due == 0


def test_the_last_hour(program, director):
    near = {"for_on": MONDAY + timedelta(days=3), "due_at": NOW - MINUTE}
    for moment in (NOW - MINUTE, NOW - 59 * MINUTE, NOW - 61 * MINUTE):
        person = build.a_participant()
        a_sent_reminder(person, program, **{**near, "due_at": moment})
    some(program, 1, **near, status="failed", reason="address_refused")
    some(program, 1, **near, status="unknown", claimed_at=NOW - MINUTE)
    some(program, 1, **near, expires_at=NOW - MINUTE, status="expired")
    some(program, 1, **{**near, "due_at": NOW - 3 * HOUR}, status="expired", expires_at=NOW - HOUR)
    some(program, 1, **near, status="skipped", reason="no_consent")
    sent = {"status": "sent", "claimed_at": NOW, "sent_at": NOW}
    a_notice(director, program, **sent)
    said = dict(health_page(program, NOW).hour)
    # Sent, failed, too late, unknown.
    assert said == {"Reminders": (2, 1, 2, 1), "Notices to staff": (1, 0, 0, 0)}
    tiles = {tile.label: tile.count for tile in health_page(program, NOW).tiles}
    assert tiles == {"Due now": 0, "Being sent": 0, "Sent": 3, "Went wrong": 4}


@pytest.mark.parametrize(
    ("fields", "word", "tone"),
    [
        ({"began_at": NOW - MINUTE / 2, "ended_at": NOW}, "Went well", "ok"),
        ({"began_at": NOW - MINUTE / 2}, "At work", "go"),
        ({"began_at": NOW - MINUTE / 2, "ended_at": NOW, "is_failed": True}, "Failed", "lost"),
        ({"began_at": NOW - 6 * MINUTE, "ended_at": NOW}, "5 minutes late", "risk"),
        # Within the clock's own rhythm and a turn of waiting.
        ({"began_at": NOW - 3 * MINUTE, "ended_at": NOW}, "Went well", "ok"),
    ],
)
def test_how_a_task_goes(fields, word, tone):
    look = page._clock_look(Turn("", "x", EVERY_MINUTE), Sweep(name="x", **fields), NOW)
    assert (look.label, look.tone) == (word, tone)


def test_what_is_late_or_failed_is_said_in_a_sentence(program):
    all_ran(NOW)
    Sweep.objects.filter(name="reminders.settle").update(began_at=NOW - 9 * HOUR)
    Sweep.objects.filter(name="hours.check_care").update(is_failed=True)
    assert health_page(program, NOW).wrong == (
        "1 task is late: is the worker running, and beat?",
        "Failed the last time: Care dates checked. The log says where.",
    )


def test_a_broker_that_does_not_answer(program, monkeypatch):
    app = figures.current_app._get_current_object()
    monkeypatch.setattr(app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    all_ran(NOW)
    shown = health_page(program, NOW)
    assert shown.broker.label == "The queue does not answer"
    assert shown.wrong[0].startswith("The queue does not answer, so nothing begins.")


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_it_costs_the_same_with_one_and_with_many(client_of, director, program, url):
    client = client_of(director)
    some(program, 1)
    before = queries(client, url)
    some(program, 30)
    some(build.a_program(), 5)
    all_ran(timezone.now())
    for _ in range(4):
        a_notice(build.a_user(), program)
    # Session, person, assignments, five of the figures, and the frame's.
    assert queries(client, url) == before == 9


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1.9, "1 second"),
        (59.9, "59 seconds"),
        (60, "1 minute"),
        (3_599, "59 minutes"),
        (7_200, "2 hours"),
        (86_400, "1 day"),
        (200_000, "2 days"),
    ],
)
def test_stretches_in_words(seconds, words):
    assert span_words(seconds) == words


def test_what_is_over_in_a_moment():
    assert took_words(0.4) == "under a second"
    assert took_words(61) == "1 minute"
