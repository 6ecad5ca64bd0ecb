"""The figures for Prometheus: who gets them, that they are the rows', and that nobody is named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from iop.clockwork import CLOCKWORK
from iop.health.prometheus import figures_as_text
from programs.models import Channel
from reminders.models import OUTCOMES, Reminder, Sweep
from tests import build
from tests.build import NOW
from tests.build_reminders import a_notice, a_reminder, a_sent_reminder

pytestmark = pytest.mark.django_db
URL = "/metrics"
TOKEN = "a token that nobody guesses"
MINUTE = timedelta(minutes=1)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def figures(now=NOW) -> dict[tuple, float]:
    """Read the figures back: (name, labels…) to value."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(figures_as_text(now).decode())
        for sample in family.samples
    }


def test_there_are_none_without_a_token(client, settings):
    settings.METRICS_TOKEN = ""
    for headers in ({}, bearer("")):
        assert client.get(URL, headers=headers).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        bearer(""),
        bearer(TOKEN[:-1]),
        bearer(f"{TOKEN}x"),
        {"Authorization": TOKEN},
        {"Authorization": f"Basic {TOKEN}"},
        bearer("mañana"),
    ],
)
def test_nobody_gets_them_with_another_word(client, settings, headers):
    settings.METRICS_TOKEN = TOKEN
    answer = client.get(URL, headers=headers)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert "iop_" not in answer.text


def test_a_director_without_the_token_gets_none(client_of, director, settings):
    settings.METRICS_TOKEN = TOKEN
    assert client_of(director).get(URL).status_code == 401


def test_whoever_has_the_token(client, settings):
    settings.METRICS_TOKEN = TOKEN
    answer = client.get(URL, headers=bearer(TOKEN))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    assert "# TYPE iop_reminders_due gauge" in answer.text
    assert client.post(URL, headers=bearer(TOKEN)).status_code == 405


def test_what_is_due(program, director):
    for minutes in (1, 4):
        a_reminder(build.a_participant(), program, due_at=NOW - minutes * MINUTE)
    a_reminder(build.a_participant(), program, due_at=NOW + MINUTE, channel=Channel.SMS)
    a_reminder(build.a_participant(), program, status="claimed", claimed_at=NOW)
    a_notice(director, program, due_at=NOW - 2 * MINUTE, channel=Channel.SMS)
    said = figures()
    assert said["iop_reminders_due", "email"] == 2
    assert said["iop_reminders_oldest_due_seconds", "email"] == 240
    assert said["iop_reminders_claimed", "email"] == 1
    assert said["iop_reminders_due", "sms"] == said["iop_reminders_oldest_due_seconds", "sms"] == 0
    assert said["iop_notices_due", "sms"] == 1
    assert said["iop_notices_oldest_due_seconds", "sms"] == 120


def test_what_became_of_them_in_a_day(program):
    for hours in (1, 23, 25):
        moment = NOW - timedelta(hours=hours)
        a_sent_reminder(build.a_participant(), program, due_at=moment)
    said = figures()
    assert said["iop_reminders_last_day", "sent"] == 2
    names = {key[1] for key in said if key[0] == "iop_notices_last_day"}
    assert names == {str(each) for each in OUTCOMES}


def test_the_clock():
    task = "reminders.settle"
    Sweep.objects.create(
        name=task, began_at=NOW - MINUTE, ended_at=NOW - MINUTE / 2, runs=7, failures=2
    )
    said = figures()
    assert said["iop_sweep_began_timestamp_seconds", task] == (NOW - MINUTE).timestamp()
    assert said["iop_sweep_ended_timestamp_seconds", task] == (NOW - MINUTE / 2).timestamp()
    assert said["iop_sweep_runs_total", task] == 7
    assert said["iop_sweep_failures_total", task] == 2
    late = {key[1] for key, value in said.items() if key[0] == "iop_sweep_late" and value}
    assert late == {turn.key for turn in CLOCKWORK if turn.is_late(None, NOW)} - {task}
    assert "reminders.plan_changes" in late
    assert "hours.close_weeks" not in late
    assert said[("iop_broker_up",)] == 1


def test_they_name_nobody_and_cost_five_statements(program, django_assert_num_queries):
    person = build.a_participant(first_name="Zelda", email="zelda@mail.example")
    a_reminder(person, program)
    for _ in range(20):
        a_reminder(build.a_participant(), program)
    with django_assert_num_queries(5):
        said = figures_as_text(timezone.now()).decode()
    assert "elda" not in said
    ids = Reminder.objects.values_list("public_id", flat=True)
    assert not [each for each in ids if str(each) in said]
