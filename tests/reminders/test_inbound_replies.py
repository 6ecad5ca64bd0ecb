"""A reply is written down once, is somebody's, and answers the day they were asked about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from accounts.models import AuditEvent
from reminders.models import Answer, Reminder, Reply
from tests import build
from tests.build import moment
from tests.build_episodes import a_referral
from tests.build_reminders import a_reminder
from tests.reminders.coming_back import (
    LATER,
    NUMBER,
    OTHER_NUMBER,
    STARTS_AT,
    a_reader,
    answers,
    responses,
    says,
    was_told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(program):
    return a_reader(program)


@pytest.fixture
def asked(person, program):
    return was_told(person, program)


def test_coming_is_kept_for_the_day_and_thanked_for(person, program, asked):
    reply = says("1")
    assert (reply.meaning, reply.participant, reply.program) == ("coming", person, program)
    assert (reply.sender, reply.text, reply.received_at) == (NUMBER, "1", LATER)
    answer = Answer.objects.get()
    assert (answer.participant, answer.reminder, answer.came_by) == (person, asked, "reply")
    assert answer.answered_at == LATER
    assert answers() == [("2026-11-23", "coming", "")]
    assert responses() == ["thanks"]
    assert set(AuditEvent.objects.values_list("verb", "by")) == {
        ("reply.taken", None),
        ("answer.given", None),
    }


def test_who_cannot_come_is_asked_why_and_thanked_for_the_reason(asked):
    says("2")
    assert (answers(), responses()) == ([("2026-11-23", "not_coming", "")], ["why"])
    assert says("5", now=LATER + timedelta(minutes=1)).meaning == "why"
    assert answers() == [("2026-11-23", "not_coming", "ride")]
    assert responses() == ["thanks"]


def test_a_reason_given_at_once_is_not_asked_for(asked):
    assert says("2, I'm sick").meaning == "not_coming"
    assert (answers(), responses()) == ([("2026-11-23", "not_coming", "ill")], ["thanks"])


def test_the_last_word_wins(asked):
    says("2 ill")
    says("1", now=LATER + timedelta(minutes=1))
    assert answers() == [("2026-11-23", "coming", "")]
    says("2", now=LATER + timedelta(minutes=2))
    assert answers() == [("2026-11-23", "not_coming", "")]


@pytest.mark.parametrize("text", ["3", "sick", "why?", ""])
def test_what_is_not_understood_waits_and_is_not_answered(asked, text):
    reply = says(text)
    assert reply.meaning == "unclear"
    assert (answers(), responses()) == ([], [])
    assert list(Reply.objects.waiting()) == [reply]


@pytest.mark.parametrize("text", ["1", "2", "2 ill"])
def test_an_answer_that_nobody_asked_for_waits_for_a_person(person, text):
    reply = says(text)
    assert (reply.meaning, reply.participant) == ("unclear", person)
    assert (answers(), responses()) == ([], [])


def test_a_day_that_is_over_is_not_answered(asked):
    last_minute, midnight = moment("2026-11-23", "23:59"), moment("2026-11-24", "00:00")
    assert says("1", now=midnight).meaning == "unclear"
    assert says("1", now=last_minute).meaning == "coming"


def test_over_is_as_the_clocks_of_the_site_have_it(clinic):
    here = build.a_program(build.a_site(timezone="America/Phoenix"))
    was_told(a_reader(here), here, starts_at=moment("2026-11-23", "16:30"))
    # Half past midnight in Chicago; the evening before in Arizona.
    assert says("1", now=moment("2026-11-24", "00:30")).meaning == "coming"
    assert answers() == [("2026-11-23", "coming", "")]


def test_the_day_is_that_of_the_last_message(person, program, asked):
    tomorrow = "2026-11-24"
    starts_at = STARTS_AT + timedelta(days=1)
    sent_at = moment("2026-11-23", "18:00")
    says("2", now=sent_at - timedelta(minutes=1))
    was_told(person, program, for_on=tomorrow, starts_at=starts_at, due_at=sent_at)
    says("1", now=sent_at + timedelta(minutes=1))
    assert answers() == [("2026-11-23", "not_coming", ""), ("2026-11-24", "coming", "")]


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "weekly"},
        {"channel": "email"},
        {"status": "failed", "reason": "no_answer", "sent_at": None},
        {"status": "planned", "claimed_at": None, "sent_at": None},
    ],
)
def test_what_asked_nothing_by_text_is_not_answered(person, program, fields):
    was_told(person, program, **fields)
    assert says("1").meaning == "unclear"


def test_what_may_have_arrived_may_be_answered(person, program):
    was_told(person, program, status="unknown", sent_at=None)
    assert says("1").meaning == "coming"


def test_nothing_is_answered_once_the_day_was_called_off(person, program, asked):
    later = LATER + timedelta(minutes=5)
    was_told(person, program, kind="change", round=1, starts_at=None, due_at=later)
    assert says("ok", now=later + timedelta(minutes=1)).meaning == "unclear"
    assert answers() == []


def test_of_several_with_one_number_the_last_who_was_written_to_answers(person, program, asked):
    brother = a_reader(program)
    sent_at = LATER - timedelta(minutes=10)
    was_told(brother, program, due_at=sent_at)
    assert says("1").participant == brother
    assert Answer.objects.get().participant == brother


def test_a_second_number_does_not_take_an_answer_from_the_first(person, program, asked):
    friend = a_reader(program, OTHER_NUMBER, other_phone=NUMBER)
    was_told(friend, program, due_at=LATER - timedelta(minutes=10))
    assert says("1").participant == person
    assert says("1", OTHER_NUMBER).participant == friend


def test_who_has_it_as_a_second_number_only_is_known_all_the_same(program):
    friend = a_reader(program, OTHER_NUMBER, other_phone=NUMBER)
    was_told(friend, program)
    assert (says("2").participant, answers()[0][1]) == (friend, "not_coming")


def test_an_answer_to_a_duplicates_reminder_is_the_kept_records(person, program):
    duplicate = build.a_participant(
        phone=OTHER_NUMBER, merged_into=person, merged_at=LATER - timedelta(days=9)
    )
    was_told(duplicate, program)
    says("1")
    assert Answer.objects.get().participant == person


def test_after_stop_an_answer_counts_and_nothing_is_said_back(asked):
    says("STOP")
    Reminder.objects.filter(kind="response").update(status="expired")
    says("2", now=LATER + timedelta(minutes=9))
    assert answers() == [("2026-11-23", "not_coming", "")]
    assert responses() == []


def test_a_stranger_waits_for_a_person(person):
    reply = says("Is this the dentist?", "+13125550199")
    assert (reply.meaning, reply.sender) == ("stranger", "+13125550199")
    assert list(Reply.objects.waiting()) == [reply]
    assert AuditEvent.objects.get().participant_id is None


def test_who_is_on_record_without_any_program_is_a_stranger():
    build.a_participant(phone=NUMBER)
    assert says("1").meaning == "stranger"


def test_who_only_called_is_known_by_their_call(program):
    person = build.a_participant(phone=NUMBER)
    a_referral(program, person)
    assert says("hello").participant == person


def test_neither_number_nor_text_stands_in_the_trail_or_in_the_clear(person, asked):
    says("2 ill")
    trail = str(list(AuditEvent.objects.values()))
    assert "5550123" not in trail
    assert "ill" not in {word for each in AuditEvent.objects.all() for word in each.detail.values()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT sender, text FROM reminders_reply")
        assert "5550123" not in str(cursor.fetchall())


def test_as_many_statements_for_one_message_as_for_many(
    person, program, asked, django_assert_max_num_queries
):
    with django_assert_max_num_queries(26):
        says("2")
    for back in range(1, 8):
        was_told(
            person,
            program,
            for_on=f"2026-11-{23 - back}",
            due_at=LATER - timedelta(days=back),
        )
    a_reminder(person, program, for_on="2026-11-25", channel="sms")
    with django_assert_max_num_queries(26):
        says("1", now=LATER + timedelta(minutes=1))
