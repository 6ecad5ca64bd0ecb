"""Eight at once: a reply brought by eight requests is taken once, and answers stay one row."""

from __future__ import annotations

from functools import partial

import pytest

from accounts.models import AuditEvent
from programs.models import ContactConsent
from reminders.answering.actions import record_answer
from reminders.models import Answer, Reminder, Reply
from tests.at_once import at_once
from tests.reminders.coming_back import (
    LATER,
    OTHER_NUMBER,
    a_reader,
    in_force,
    says,
    takes,
    was_told,
)

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = range(8)


def test_the_same_reply_in_eight_requests_is_taken_once(program):
    person = a_reader(program)
    taken = at_once(*[partial(takes, "STOP", ref="once") for _each in EIGHT], words=(Exception,))
    assert sorted(each is None for each in taken) == [False, *[True] * 7]
    assert in_force(person) == set()
    assert Reply.objects.count() == Reminder.objects.count() == 1
    assert AuditEvent.objects.filter(verb="consent.withdrawn").count() == 1


def test_a_strangers_reply_in_eight_requests_is_taken_once(clinic):
    texts = [partial(takes, "Who is this?", ref="once") for _each in EIGHT]
    taken = at_once(*texts, words=(Exception,))
    assert [isinstance(each, Exception) for each in taken] == [False] * 8
    assert Reply.objects.count() == 1


def test_eight_stops_from_two_phones_that_share_people_are_confirmed_once(program):
    for _each in range(3):
        a_reader(program, other_phone=OTHER_NUMBER)
    texts = [partial(says, "STOP", number) for number in ("+13125550123", OTHER_NUMBER) * 4]
    taken = at_once(*texts, words=(Exception,))
    assert {getattr(each, "meaning", each) for each in taken} == {"stop"}
    assert not ContactConsent.objects.filter(withdrawn_at=None).exists()
    assert Reminder.objects.count() == 1


def test_eight_answers_make_one_row_and_the_history_of_all(program):
    reminder = was_told(a_reader(program), program)
    acts = [
        partial(
            record_answer,
            reminder=reminder,
            word=("coming", "not_coming")[each % 2],
            came_by="link",
            now=LATER,
        )
        for each in EIGHT
    ]
    assert all(isinstance(each, Answer) for each in at_once(*acts, words=(Exception,)))
    answer = Answer.objects.get()
    assert answer.events.count() == AuditEvent.objects.filter(verb="answer.given").count()
