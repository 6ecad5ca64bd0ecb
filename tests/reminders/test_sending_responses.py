"""What is said back to somebody who has written: at once, whatever they agreed to."""

from __future__ import annotations

import pytest

from programs.models import ContactConsent
from tests import build
from tests.build import moment
from tests.build_reminders import a_reminder_rule, a_reply, a_sent_reminder
from tests.reminders.conftest import expect_someone
from tests.reminders.sweeping import (
    A_MINUTE,
    NINE,
    SIX,
    SUNDAY,
    a_response,
    planned_for,
    status_of,
    sweep,
)

pytestmark = pytest.mark.django_db

WROTE_FROM = "+13125550199"


@pytest.fixture
def response(expected, program):
    return a_response(a_reply(expected.participant, program, sender=WROTE_FROM))


def test_it_goes_to_where_they_wrote_from(response, texting):
    assert sweep(channel="sms") == 1
    taken = texting.taken[0].json
    assert taken["to"] == WROTE_FROM
    assert "no more messages" in taken["text"]
    assert status_of(response) == ("sent", "")
    assert (response.body, response.told) == (taken["text"], {})


def test_also_where_they_agree_to_nothing_any_more(response, texting):
    ContactConsent.objects.update(withdrawn_at=moment("2026-12-31", "09:00"))
    sweep(channel="sms")
    assert status_of(response) == ("sent", "")


def test_also_at_night_and_however_much_they_had(expected, program, texting):
    a_reminder_rule(program, most_a_day=1, most_a_week=1)
    a_sent_reminder(expected.participant, program, due_at=SIX, for_on=SUNDAY)
    reply = a_reply(expected.participant, program, sender=WROTE_FROM)
    night = moment(SUNDAY, "23:30")
    response = a_response(reply, due_at=night, expires_at=moment(SUNDAY, "23:45"))
    sweep(night, channel="sms")
    assert status_of(response) == ("sent", "")


def test_in_their_language(expected, program, texting):
    type(expected.participant).objects.update(language="es")
    response = a_response(a_reply(expected.participant, program, sender=WROTE_FROM))
    sweep(channel="sms")
    assert "Ya no le enviaremos mensajes" in texting.taken[0].json["text"]
    assert status_of(response) == ("sent", "")


def test_no_answer_counts_for_no_cap(expected, program, texting, smtp):
    a_reminder_rule(program, most_a_day=1, most_a_week=1)
    a_response(a_reply(expected.participant, program, sender=WROTE_FROM))
    sweep(channel="sms")
    reminder = planned_for(expected)
    sweep()
    assert status_of(reminder) == ("sent", "")


def test_it_expires_too(response, texting):
    sweep(NINE, channel="sms")
    assert status_of(response) == ("expired", "")


def test_by_mail_it_goes_to_their_address_and_has_nothing_to_stop(expected, program, smtp):
    reply = a_reply(expected.participant, program, channel="email", sender="other@mail.example")
    a_response(reply, channel="email", response="help")
    sweep()
    assert smtp.messages[0]["To"] == "someone@mail.example"
    assert "List-Unsubscribe" not in smtp.messages[0]


def test_with_nowhere_to_go(expected, program, smtp):
    type(expected.participant).objects.update(email="")
    reply = a_reply(expected.participant, program, channel="email", sender="other@mail.example")
    response = a_response(reply, channel="email", response="help")
    sweep()
    assert status_of(response) == ("skipped", "no_address")


def test_a_sender_that_reveals_does_not_go(expected, program, site, texting):
    type(site).objects.update(reminder_sender="Rehab desk")
    response = a_response(a_reply(expected.participant, program, sender=WROTE_FROM))
    sweep(channel="sms")
    assert status_of(response) == ("skipped", "reveals")
    assert texting.taken == []


def test_who_is_enrolled_nowhere_any_more_is_answered(program, texting):
    person = build.a_participant()
    response = a_response(a_reply(person, program, sender=WROTE_FROM))
    sweep(channel="sms")
    assert status_of(response) == ("sent", "")


def test_it_does_not_wait_behind_everything_else(expected, program, texting):
    for number in range(30):
        person = expect_someone(program, phone=f"+131255502{number:02}")
        build.a_consent(person.participant)
        planned_for(person, channel="sms", due_at=SIX - A_MINUTE)
    response = a_response(a_reply(expected.participant, program, sender=WROTE_FROM))
    sweep(channel="sms")
    ids = [each.json["id"] for each in texting.taken]
    assert (ids.index(str(response.public_id)), len(ids)) == (0, 31)
