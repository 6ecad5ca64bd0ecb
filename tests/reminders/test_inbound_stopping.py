"""STOP ends every text message at once, with one confirmation; START brings reminders back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from programs.models import ContactConsent
from reminders.models import Reminder
from reminders.reach import reach_of
from tests import build
from tests.reminders.coming_back import (
    LATER,
    NUMBER,
    OTHER_NUMBER,
    a_reader,
    in_force,
    responses,
    says,
    takes,
    was_told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(program):
    return a_reader(program)


def test_stop_ends_every_consent_of_the_channel_and_no_other(person):
    build.a_consent(person, purpose="weekly", given_at=LATER - timedelta(days=3))
    build.a_consent(person, purpose="named", given_at=LATER - timedelta(days=3))
    build.a_consent(person, channel="email", given_at=LATER - timedelta(days=3))
    reply = says("Stop texting me!")
    assert reply.meaning == "stop"
    assert in_force(person) == {("email", "reminders")}
    ended = ContactConsent.objects.filter(channel="sms")
    assert {(each.withdrawn_how, each.withdrawn_by, each.withdrawn_at) for each in ended} == {
        ("reply", None, LATER)
    }
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["reply.taken", *["consent.withdrawn"] * 3]


def test_one_confirmation_due_now_and_soon_too_late(person, program):
    reply = says("STOP")
    response = Reminder.objects.get()
    assert (response.kind, response.response, response.response_to) == (
        "response",
        "stopped",
        reply,
    )
    assert (response.participant, response.program, response.channel) == (person, program, "sms")
    assert (response.due_at, response.try_at) == (LATER, LATER)
    assert response.expires_at == LATER + timedelta(minutes=5)
    assert response.for_on.isoformat() == "2026-11-22"


def test_said_again_there_is_nothing_more_to_confirm(person):
    says("STOP")
    says("ALTO", now=LATER + timedelta(minutes=1))
    assert Reminder.objects.count() == 1
    says("BAJA", now=LATER + timedelta(days=30))
    assert Reminder.objects.count() == 1


def test_the_same_text_brought_twice_changes_nothing(person):
    assert takes("STOP", ref="once") is not None
    lines = AuditEvent.objects.count()
    assert takes("STOP", ref="once", now=LATER + timedelta(hours=1)) is None
    assert takes("START", ref="once", now=LATER + timedelta(hours=1)) is None
    assert Reminder.objects.count() == 1
    assert AuditEvent.objects.count() == lines
    assert in_force(person) == set()


def test_who_was_never_asked_has_said_no(program):
    person = build.a_participant(phone=NUMBER)
    build.an_enrollment(program, person)
    says("Stop")
    refusal = ContactConsent.objects.get()
    assert refusal.is_refusal
    assert (refusal.channel, refusal.purpose, refusal.taken_how) == ("sms", "reminders", "reply")
    assert responses() == ["stopped"]
    says("START", now=LATER + timedelta(hours=1))
    assert in_force(person) == set()


def test_start_brings_reminders_back_and_nothing_else(person):
    build.a_consent(person, purpose="weekly", given_at=LATER - timedelta(days=3))
    says("STOP")
    later = LATER + timedelta(days=1)
    assert says("Start", now=later).meaning == "start"
    assert in_force(person) == {("sms", "reminders")}
    given = ContactConsent.objects.get(withdrawn_at=None)
    assert (given.taken_how, given.taken_by, given.given_at) == ("reply", None, later)
    assert reach_of([person.pk])[person.pk].has_agreed("sms", "reminders")
    assert Reminder.objects.latest("pk").response == "started"
    says("STOP", now=later + timedelta(hours=1))
    assert in_force(person) == set()
    assert Reminder.objects.filter(response="stopped").count() == 2


def test_start_where_nothing_was_stopped_is_only_confirmed(person):
    says("START")
    assert in_force(person) == {("sms", "reminders")}
    assert ContactConsent.objects.count() == 1
    assert responses() == ["started"]


def test_what_was_withdrawn_at_the_desk_a_person_gives_back(person, administrator):
    consent = ContactConsent.objects.get()
    consent.withdrawn_at, consent.withdrawn_how = LATER - timedelta(hours=2), "in_person"
    consent.save()
    reply = says("START")
    assert reply.meaning == "unclear"
    assert in_force(person) == set()
    assert responses() == []


def test_a_number_that_several_share_is_stopped_and_started_for_all(person, program):
    mother = a_reader(program)
    says("STOP")
    assert in_force(person) == in_force(mother) == set()
    assert responses() == ["stopped"]
    says("START", now=LATER + timedelta(hours=1))
    assert in_force(person) == in_force(mother) == {("sms", "reminders")}
    assert Reminder.objects.filter(response="started").count() == 1


def test_who_was_withdrawn_at_the_desk_stays_so_where_another_starts(person, program):
    other = a_reader(program)
    ContactConsent.objects.filter(participant=other).update(
        withdrawn_at=LATER - timedelta(days=1), withdrawn_how="phone"
    )
    says("STOP")
    says("START", now=LATER + timedelta(hours=1))
    assert in_force(person) == {("sms", "reminders")}
    assert in_force(other) == set()


def test_the_second_number_stops_as_well(program):
    person = a_reader(program, other_phone=OTHER_NUMBER)
    says("stop", OTHER_NUMBER)
    assert in_force(person) == set()


def test_the_number_on_a_duplicate_is_the_persons(person, program):
    duplicate = build.a_participant(
        phone=OTHER_NUMBER, merged_into=person, merged_at=LATER - timedelta(days=1)
    )
    build.a_consent(duplicate, purpose="weekly", given_at=LATER - timedelta(days=3))
    reply = says("STOP", OTHER_NUMBER)
    assert reply.participant == person
    assert in_force(person) == in_force(duplicate) == set()


def test_a_stranger_stops_nobody(person):
    reply = says("STOP", "+13125550199")
    assert (reply.meaning, reply.participant, reply.program) == ("stranger", None, None)
    assert in_force(person) == {("sms", "reminders")}
    assert responses() == []


def test_help_is_answered_also_to_who_has_stopped(person):
    says("STOP")
    assert says("Ayuda", now=LATER + timedelta(minutes=2)).meaning == "help"
    assert responses() == ["help"]


def test_a_newer_response_takes_the_place_of_one_that_has_not_gone(person, program):
    was_told(person, program)
    says("2")
    says("STOP", now=LATER + timedelta(seconds=5))
    assert responses() == ["stopped"]
    replaced = Reminder.objects.get(response="why")
    assert (replaced.status, replaced.reason) == ("skipped", "not_needed")


def test_two_machines_that_answer_each_other_fall_silent(person):
    for minute in range(30):
        says("INFO", now=LATER + timedelta(minutes=minute))
        Reminder.objects.planned().update(
            status="sent", claimed_at=LATER + timedelta(hours=1), sent_at=LATER + timedelta(hours=1)
        )
    assert Reminder.objects.filter(response="help").count() == 10
    says("STOP", now=LATER + timedelta(hours=2))
    assert responses() == ["stopped"]


def test_nothing_is_changed_where_the_trail_cannot_be_written(person, audit_fails):
    with pytest.raises(IntegrityError), transaction.atomic():
        says("STOP")
    assert in_force(person) == {("sms", "reminders")}
    assert not Reminder.objects.exists()
