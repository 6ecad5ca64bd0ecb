"""A member of staff who writes STOP to the number of the notices: no more texts, only email."""

from __future__ import annotations

import pytest

from accounts.models import AuditEvent, User
from programs.models import Role
from reminders.models import NoticeHours, Reply
from tests import build
from tests.build_reminders import a_notice, notice_hours
from tests.reminders.coming_back import LATER, NUMBER, OTHER_NUMBER, a_reader, in_force, says, takes
from tests.reminders.sweeping import A_MINUTE, sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(program) -> User:
    user = build.a_colleague(program, Role.FACILITATOR, email="fay@clinic.example")
    notice_hours(user, mobile=NUMBER)
    return user


def mobile_of(user: User) -> str:
    return str(NoticeHours.objects.get(user=user).mobile)


def test_stop_takes_the_number_off_and_what_waits_goes_by_mail(
    reader, program, smtp, texting, settings
):
    notice = a_notice(reader, program, kind="sign", channel="sms", due_at=LATER)
    says("Stop")
    assert mobile_of(reader) == ""
    line = AuditEvent.objects.get(verb="notices.texts_stopped")
    assert (line.subject_id, line.by, line.detail) == (reader.public_id, None, {})
    sweep(LATER + A_MINUTE, channel="sms")
    sweep(LATER + A_MINUTE)
    notice.refresh_from_db()
    assert (notice.status, notice.channel, texting.taken) == ("sent", "email", [])


def test_nobody_has_to_see_to_it(reader):
    reply = says("STOP")
    assert (reply.meaning, reply.handled_by, reply.handled_at) == ("stranger", reader, LATER)
    assert reply.handled_how
    assert not Reply.objects.waiting().exists()


def test_other_words_and_other_numbers_change_nothing(reader):
    says("What is this?")
    says("STOP", OTHER_NUMBER)
    assert mobile_of(reader) == NUMBER
    assert Reply.objects.waiting().count() == 2
    assert not AuditEvent.objects.filter(verb="notices.texts_stopped").exists()


def test_a_number_that_a_participant_has_too_is_stopped_for_both(reader, program):
    person = a_reader(program)
    assert says("STOP").meaning == "stop"
    assert (in_force(person), mobile_of(reader)) == (set(), "")


def test_brought_twice_it_is_taken_once(reader):
    says("STOP", ref="once")
    NoticeHours.objects.update(mobile=NUMBER)
    assert takes("STOP", ref="once") is None
    assert mobile_of(reader) == NUMBER
