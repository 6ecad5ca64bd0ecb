"""A reminder goes out once, through a real mail server, and its outcome is on record."""

from __future__ import annotations

import logging

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from groups.models import GroupSession
from programs.models import Clinic
from reminders.links import stop_url
from reminders.models import Reminder, ReminderStatus
from reminders.sending.actions import send_due
from tests import build
from tests.build import MONDAY, moment
from tests.build_reminders import a_reminder_rule, a_template
from tests.reminders.conftest import expect_someone
from tests.reminders.sweeping import A_MINUTE, NINE, SIX, planned_for, status_of, sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(expected) -> Reminder:
    return planned_for(expected)


def test_what_arrives(planned, smtp):
    assert sweep() == 1
    message = smtp.messages[0]
    assert message["From"] == "Appointment desk <reminders@desk.example>"
    assert message["To"] == "someone@mail.example"
    assert message["Subject"].startswith("Your appointment tomorrow")
    assert message["Message-ID"] == f"<{planned.public_id}@desk.example>"
    assert message["List-Unsubscribe"] == f"<{stop_url(planned)}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "5:30 PM" in message.get_content()
    assert "(402) 555-0100" in message.get_content()


def test_in_their_language_with_the_first_time_of_the_day(program, smtp):
    person = expect_someone(program, language="es")
    early = build.a_group(program)
    build.a_membership(early, person.enrollment)
    build.a_session(early, MONDAY, "13:15", "14:00")
    planned_for(person)
    sweep()
    assert smtp.messages[0]["Subject"].startswith("Su cita mañana")
    assert "a la 1:15" in smtp.messages[0].get_content()


def test_in_the_programs_own_words(expected, planned, program, smtp):
    a_template(program, channel="email", subject="Hello", body="See you {day} at {time}. {phone}")
    sweep()
    assert smtp.messages[0]["Subject"] == "Hello"
    assert smtp.messages[0].get_content().startswith("See you tomorrow")


@pytest.mark.parametrize("agreed", [True, False])
def test_the_clinic_is_named_only_to_who_agreed(expected, planned, program, smtp, agreed):
    body = "{clinic}: {day} at {time}. {phone}"
    a_template(program, channel="email", subject="Hello", body=body)
    if agreed:
        build.a_consent(expected.participant, channel="email", purpose="named")
    # A yes for texts is none for mail.
    build.a_consent(expected.participant, channel="sms", purpose="named")
    sweep()
    assert ("Prairie Clinic" in smtp.messages[0].get_content()) == agreed


def test_a_subject_longer_than_is_kept_stops_nobody(expected, planned, program, smtp):
    Clinic.objects.update(name="Prairie Clinic " * 8)
    words = {"subject": "{clinic}, {clinic}: {day}", "body": "{day} at {time}"}
    a_template(program, channel="email", **words)
    build.a_consent(expected.participant, channel="email", purpose="named")
    planned_for(expect_someone(program, email="other@mail.example"))
    assert sweep() == 2
    assert status_of(planned) == ("sent", "")
    assert smtp.messages[0]["Subject"].startswith(planned.subject)
    assert len(smtp.messages[0]["Subject"]) > len(planned.subject) == 200


def test_what_it_said_is_kept_with_the_outcome(planned, smtp):
    sweep()
    assert status_of(planned) == ("sent", "")
    assert (planned.claimed_at, planned.sent_at, planned.attempts) == (SIX, SIX, 0)
    assert planned.told == {"2026-11-23": "2026-11-23T23:30:00+00:00"}
    assert planned.subject == smtp.messages[0]["Subject"]
    assert "5:30 PM" in planned.body
    line = AuditEvent.objects.get(verb="reminder.sent")
    assert line.subject_id == planned.public_id
    assert line.participant_id == planned.participant.public_id
    assert line.program_id == planned.program.public_id
    assert (line.by, line.detail) == (None, {})


def test_not_before_it_is_due_and_not_twice(planned, smtp):
    assert sweep(SIX - A_MINUTE) == 0
    assert smtp.connections == 0
    assert sweep() == 1
    assert sweep(SIX + A_MINUTE) == 0
    assert len(smtp.messages) == 1


def test_the_oldest_goes_first(program, smtp):
    for minutes in (3, 1, 2):
        person = expect_someone(program, email=f"someone{minutes}@mail.example")
        planned_for(person, due_at=SIX + minutes * A_MINUTE)
    sweep(SIX + 3 * A_MINUTE)
    names = [each["To"].partition("@")[0] for each in smtp.messages]
    assert names == ["someone1", "someone2", "someone3"]


def test_it_ends_when_its_time_is_over(program, smtp):
    for number in range(3):
        planned_for(expect_someone(program, email=f"someone{number}@mail.example"))
    ticks = iter(range(1_000))

    def clock():
        return SIX + next(ticks) * A_MINUTE / 60

    assert send_due(channel="email", clock=clock, until=SIX + 5 * A_MINUTE / 60) == 1
    assert Reminder.objects.planned().count() == 2


def test_a_text_goes_through_the_gateway(expected, smtp, texting):
    type(expected.participant).objects.update(phone="+13125550123")
    build.a_consent(expected.participant)
    reminder = planned_for(expected, channel="sms")
    assert sweep() == 0
    assert sweep(channel="sms") == 1
    assert smtp.messages == []
    taken = texting.taken[0].json
    assert (taken["id"], taken["to"]) == (str(reminder.public_id), "+13125550123")
    assert taken["text"].startswith("Appointment desk: You have an appointment tomorrow at 5:30 PM")
    assert status_of(reminder) == ("sent", "")
    assert (reminder.gateway_ref, reminder.subject) == ("ref-1", "")
    assert reminder.body == taken["text"]


def test_late_is_worse_than_never(planned, smtp):
    assert sweep(NINE) == 1
    assert status_of(planned) == ("expired", "")
    assert smtp.messages == []
    assert AuditEvent.objects.get(verb="reminder.expired").detail == {}


def test_without_a_mail_server_nothing_is_said_to_be_sent(planned, settings):
    assert settings.EMAIL_URL == ""
    assert sweep() == 0
    assert status_of(planned) == ("planned", "")


def test_log_lines_and_the_trail_name_nobody(planned, program, smtp, texting, caplog):
    other = expect_someone(program, email="other@mail.example", first_name="Odalys")
    planned_for(other)
    texted = expect_someone(program, phone="+13125550123")
    build.a_consent(texted.participant)
    planned_for(texted, channel="sms")
    smtp.refused.add(b"other@")
    with caplog.at_level(logging.DEBUG):
        sweep()
        sweep(channel="sms")
    assert Reminder.objects.filter(status__in=["sent", "failed"]).count() == 3
    assert "message_settled" in caplog.text
    said = caplog.text + str(list(AuditEvent.objects.values_list("detail", flat=True)))
    assert not [
        word for word in ("mail.example", "Odalys", "Nolan", "5550123", "5:30") if word in said
    ]


def test_no_claim_without_its_line_on_the_trail(planned, smtp, audit_fails):
    GroupSession.objects.update(status="cancelled")
    with pytest.raises(IntegrityError):
        sweep()
    assert smtp.messages == []
    assert status_of(planned) == ("planned", "")


def test_what_cannot_be_recorded_stays_claimed_and_is_not_sent_again(planned, smtp, audit_fails):
    with pytest.raises(IntegrityError):
        sweep()
    assert sweep(SIX + A_MINUTE) == 0
    assert len(smtp.messages) == 1
    assert status_of(planned) == ("claimed", "")


def test_a_rule_of_its_own_holds(planned, program, smtp):
    a_reminder_rule(program, quiet_from="17:00", quiet_until="20:00")
    sweep()
    assert smtp.messages == []
    planned.refresh_from_db()
    assert (planned.status, planned.try_at) == (
        ReminderStatus.PLANNED,
        moment("2026-11-22", "20:00"),
    )
    sweep(planned.try_at)
    assert len(smtp.messages) == 1
