"""What becomes of a message where sending fails: tried again, failed, unknown, or too late."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.models import AuditEvent
from reminders.models import Reminder, Reply
from reminders.sending.backoff import next_try
from reminders.sending.once import MakesNoSense
from tests import build
from tests.build import NOW
from tests.build_reminders import a_reply
from tests.reminders.conftest import expect_someone
from tests.reminders.smtp_sink import HANGS_UP, STALLS
from tests.reminders.sweeping import (
    A_MINUTE,
    NINE,
    SIX,
    a_response,
    planned_for,
    status_of,
    sweep,
)

pytestmark = pytest.mark.django_db

NUMBER = "+13125550123"


@pytest.fixture
def planned(expected) -> Reminder:
    return planned_for(expected)


@pytest.fixture
def texted(program, texting) -> Reminder:
    """A reminder by text of somebody who agreed to both."""
    person = expect_someone(program, phone=NUMBER)
    build.a_consent(person.participant)
    return planned_for(person, channel="sms")


def test_an_address_that_is_refused_stops_nobody_else(planned, program, smtp):
    planned_for(expect_someone(program, email="other@mail.example"))
    smtp.refused.add(b"someone@")
    assert sweep() == 2
    assert [each["To"] for each in smtp.messages] == ["other@mail.example"]
    assert status_of(planned) == ("failed", "address_refused")
    assert AuditEvent.objects.get(verb="reminder.failed").detail == {"reason": "address_refused"}


def test_a_message_that_is_refused(planned, smtp):
    smtp.replies[b"."] = "554 not today"
    sweep()
    assert status_of(planned) == ("failed", "message_refused")


@pytest.mark.parametrize("way", [HANGS_UP, STALLS])
def test_cut_off_half_way_is_unknown_and_never_sent_again(planned, smtp, settings, way):
    settings.SEND_TIMEOUT_SECONDS = 0.2
    smtp.replies[b"."] = way
    assert sweep() == 1
    assert status_of(planned) == ("unknown", "")
    assert planned.claimed_at == SIX
    assert AuditEvent.objects.filter(verb="reminder.unknown").count() == 1
    del smtp.replies[b"."]
    assert sweep(SIX + timedelta(minutes=30)) == 0
    assert len(smtp.messages) == 1


def test_a_gateway_that_answers_with_nonsense_is_unknown(texted, texting):
    texting.answers.body = b"<html>It works!</html>"
    sweep(channel="sms")
    assert status_of(texted) == ("unknown", "nonsense")
    sweep(SIX + timedelta(minutes=30), channel="sms")
    assert len(texting.taken) == 1


def test_what_was_not_taken_is_tried_again_later_and_later(planned, smtp):
    smtp.replies[b"RCPT"] = "450 greylisted"
    now, waits = SIX, []
    for attempt in range(1, 8):
        assert sweep(now) == 0
        assert status_of(planned) == ("planned", "no_answer")
        assert (planned.attempts, planned.claimed_at) == (attempt, None)
        assert (planned.subject, planned.body) == ("", "")
        assert sweep(planned.try_at - timedelta(seconds=1)) == 0
        waits.append((planned.try_at - now) / A_MINUTE)
        now = planned.try_at
    for wait, minutes in zip(waits, [1, 2, 4, 8, 15, 15, 15], strict=True):
        assert minutes <= wait <= minutes * 1.2
    smtp.replies.clear()
    assert sweep(now) == 1
    assert status_of(planned) == ("sent", "")
    assert len(smtp.messages) == 1


def test_it_is_the_same_message_each_time(texted, texting):
    texting.answers.status = 503
    sweep(channel="sms")
    texting.answers.status = 200
    texted.refresh_from_db()
    sweep(texted.try_at, channel="sms")
    keys = {each.headers["idempotency-key"] for each in texting.taken}
    assert keys == {str(texted.public_id)}


def test_tried_for_the_last_time_when_the_next_would_be_too_late(planned, smtp):
    smtp.replies[b"RCPT"] = "450 greylisted"
    assert sweep(NINE - A_MINUTE) == 1
    assert status_of(planned) == ("expired", "no_answer")
    assert (planned.attempts, planned.claimed_at) == (1, None)
    line = AuditEvent.objects.get(verb="reminder.expired")
    assert line.detail == {"reason": "no_answer"}


def test_once_tried_and_then_too_late(planned, smtp):
    smtp.replies[b"RCPT"] = "450 greylisted"
    sweep()
    assert sweep(NINE) == 1
    assert status_of(planned) == ("expired", "no_answer")


def test_where_nobody_answers_nothing_is_claimed(planned, smtp, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, free.getsockname()[1]
        assert sweep() == 0
    assert status_of(planned) == ("planned", "")
    assert (planned.attempts, planned.events.count()) == (0, 1)
    settings.EMAIL_PORT = port
    assert sweep(NINE - A_MINUTE) == 1
    assert len(smtp.messages) == 1


def test_a_server_that_keeps_hanging_up_is_left_after_a_few(program, smtp):
    for number in range(6):
        planned_for(expect_someone(program, email=f"someone{number}@mail.example"))
    smtp.replies[b"MAIL"] = HANGS_UP
    sweep()
    assert Reminder.objects.filter(attempts=1).count() == 3
    assert Reminder.objects.filter(attempts=0, status="planned").count() == 3


def test_a_stalled_mail_server_does_not_keep_texts_waiting(planned, texted, smtp, settings):
    settings.SEND_TIMEOUT_SECONDS = 0.2
    smtp.replies[b""] = STALLS
    sweep()
    assert sweep(channel="sms") == 1
    assert status_of(texted) == ("sent", "")
    assert status_of(planned) == ("planned", "")


def test_a_row_that_makes_no_sense_stops_nobody_else(planned, program, smtp):
    """A response to somebody whose number no key opens any more; it was due before the others."""
    person = expect_someone(program).participant
    reply = a_reply(person, program)
    senseless = a_response(reply, due_at=SIX - A_MINUTE)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reminders_reply SET sender = 'gibberish'")
    Reminder.objects.filter(pk=senseless.pk).update(channel="email")
    Reply.objects.filter(pk=reply.pk).update(channel="email")
    with pytest.raises(MakesNoSense, match=f"reminder {senseless.pk}"):
        sweep()
    assert status_of(planned) == ("sent", "")
    assert status_of(senseless) == ("planned", "")


@given(attempts=st.integers(1, 100), key=st.integers(1, 2**40))
@example(attempts=1, key=1)
@example(attempts=6, key=2**32)
def test_the_wait_grows_and_is_spread_by_the_row(attempts, key):
    wait = next_try(NOW, attempts=attempts, key=key) - NOW
    least = timedelta(minutes=min(2 ** (attempts - 1), 15))
    assert least <= wait <= least * 1.2
    assert next_try(NOW, attempts=attempts, key=key) - NOW == wait
    assert next_try(NOW, attempts=attempts + 1, key=key) - NOW >= wait


def test_what_failed_at_once_is_not_tried_at_once():
    tries = [next_try(NOW, attempts=5, key=key) for key in range(1, 1_001)]
    per_minute = [0] * 4
    for each in tries:
        per_minute[int((each - NOW - timedelta(minutes=15)) / A_MINUTE)] += 1
    assert per_minute[3] == 0
    assert min(per_minute[:3]) > 300
