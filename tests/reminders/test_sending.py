"""A reminder goes out once, through a real mail server, and its outcome is on record."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection

from accounts.models import AuditEvent
from groups.models import GroupSession
from programs.models import ContactConsent, Participant
from reminders.actions import plan_reminders, send_reminder
from reminders.mail import MailLine
from reminders.models import Reminder
from tests import build
from tests.build import MONDAY, moment
from tests.reminders.conftest import expect_someone

SUNDAY = MONDAY - timedelta(days=1)
NOON, SIX = moment(SUNDAY, "12:00"), moment(SUNDAY, "18:00")

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(expected) -> Reminder:
    plan_reminders(now=NOON, by=None)
    return Reminder.objects.get()


def sweep(now=SIX) -> None:
    """What the task does each minute, at a given moment."""
    with MailLine() as line:
        for pk in list(Reminder.objects.due(now).values_list("pk", flat=True)):
            send_reminder(reminder_id=pk, now=now, by=None, line=line)


def test_what_arrives(planned, smtp):
    sweep()
    message = smtp.messages[0]
    assert message["From"] == "Appointment desk <reminders@desk.example>"
    assert message["To"] == "someone@mail.example"
    assert message["Subject"] == "Reminder for tomorrow"
    assert message["Message-ID"] == f"<{planned.public_id}@desk.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().strip() == (
        "You have an appointment tomorrow at 5:30 PM. Questions? Call (402) 555-0100."
    )


def test_in_spanish_with_the_first_time_of_the_day(program, smtp):
    person = expect_someone(program, language="es")
    early = build.a_group(program)
    build.a_membership(early, person.enrollment)
    build.a_session(early, MONDAY, "13:15", "14:00")
    plan_reminders(now=NOON, by=None)
    sweep()
    assert smtp.messages[0]["Subject"] == "Recordatorio para mañana"
    assert "Tiene una cita mañana a la 1:15 PM." in smtp.messages[0].get_content()


def test_the_outcome_is_on_record(planned, smtp):
    sweep()
    planned.refresh_from_db()
    assert (planned.status, planned.claimed_at, planned.sent_at) == ("sent", SIX, SIX)
    line = AuditEvent.objects.get(verb="reminder.sent")
    assert line.subject_id == planned.public_id
    assert line.participant_id == planned.participant.public_id
    assert line.detail == {}


def test_not_before_it_is_due_and_not_twice(planned, smtp):
    sweep(SIX - timedelta(minutes=1))
    assert smtp.messages == []
    sweep()
    sweep(SIX + timedelta(minutes=1))
    assert len(smtp.messages) == 1


def withdrawn(expected) -> None:
    ContactConsent.objects.update(withdrawn_at=SIX + timedelta(days=30))


def cancelled(expected) -> None:
    GroupSession.objects.update(status="cancelled")


def on_leave(expected) -> None:
    build.a_leave(expected.participant, SUNDAY, None)


def without_address(expected) -> None:
    Participant.objects.update(email="")


@pytest.mark.parametrize("happens", [withdrawn, cancelled, on_leave, without_address])
def test_it_is_looked_at_again_before_it_goes(planned, expected, smtp, happens):
    happens(expected)
    sweep()
    assert smtp.messages == []
    assert Reminder.objects.get().status == "withdrawn"
    assert AuditEvent.objects.filter(verb="reminder.withdrawn").count() == 1


def test_an_address_that_is_refused(planned, program, smtp):
    expect_someone(program, email="other@mail.example")
    plan_reminders(now=NOON, by=None)
    smtp.refused.add(b"someone@")
    sweep()
    assert [each["To"] for each in smtp.messages] == ["other@mail.example"]
    planned.refresh_from_db()
    assert (planned.status, planned.failure) == ("failed", "address_refused")
    assert AuditEvent.objects.get(verb="reminder.failed").detail == {"failure": "address_refused"}


def test_a_message_that_is_refused(planned, smtp):
    smtp.verdict = "554 not today"
    sweep()
    planned.refresh_from_db()
    assert (planned.status, planned.failure) == ("failed", "message_refused")


def test_cut_off_half_way_is_unknown_and_never_sent_again(planned, smtp):
    smtp.hangs_up = True
    sweep()
    planned.refresh_from_db()
    assert planned.status == "claimed"
    smtp.hangs_up = False
    sweep(SIX + timedelta(minutes=1))
    assert len(smtp.messages) == 1
    assert not planned.is_outcome_unknown(SIX + timedelta(minutes=14))
    assert planned.is_outcome_unknown(SIX + timedelta(minutes=15))


def test_a_server_that_does_not_answer_is_tried_until_nine(planned, smtp, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    sweep()
    assert Reminder.objects.get().status == "planned"
    settings.EMAIL_PORT = port
    sweep(moment(SUNDAY, "20:59"))
    assert len(smtp.messages) == 1


def test_late_is_worse_than_never(planned, smtp):
    sweep(moment(SUNDAY, "21:00"))
    planned.refresh_from_db()
    assert (planned.status, planned.failure) == ("failed", "too_late")
    assert smtp.messages == []


def test_without_a_mail_server_nothing_is_said_to_be_sent(planned, settings):
    settings.EMAIL_BACKEND = "reminders.mail.NoMailServer"
    sweep()
    assert Reminder.objects.get().status == "planned"


def test_a_reminder_that_is_gone_is_a_quiet_return(smtp, db):
    with MailLine() as line:
        send_reminder(reminder_id=0, now=SIX, by=None, line=line)
    assert smtp.messages == []


def test_log_lines_name_nobody(planned, program, smtp, caplog):
    expect_someone(program, email="other@mail.example", first_name="Odalys")
    plan_reminders(now=NOON, by=None)
    smtp.refused.add(b"other@")
    with caplog.at_level(logging.DEBUG):
        sweep()
    assert "reminder_settled" in caplog.text
    assert not [word for word in ("@mail.example", "Odalys", "Nolan") if word in caplog.text]


def test_no_claim_without_its_line_on_the_trail(planned, expected, smtp, audit_fails):
    cancelled(expected)
    with pytest.raises(IntegrityError):
        sweep()
    assert smtp.messages == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_once(program, smtp):
    for number in range(6):
        expect_someone(program, email=f"someone{number}@mail.example")
    plan_reminders(now=NOON, by=None)
    errors: list[Exception] = []

    def work() -> None:
        try:
            sweep()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert errors == []
    assert sorted(each["To"] for each in smtp.messages) == [
        f"someone{number}@mail.example" for number in range(6)
    ]
    assert set(Reminder.objects.values_list("status", flat=True)) == {"sent"}
