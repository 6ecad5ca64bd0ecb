"""What the database refuses about replies and answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from programs.models import Program
from reminders.models import Answer, Reply
from tests import build
from tests.build import MONDAY, NOW
from tests.build_reminders import a_reply, an_answer
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(program: Program):
    return build.an_enrollment(program).participant


def test_a_gateway_brings_a_reply_once():
    a_reply(None, None, gateway_ref="one")
    a_reply(None, None, gateway_ref="two")
    a_reply(None, None, gateway="twilio", gateway_ref="one")
    with refused("reply_once"):
        a_reply(None, None, gateway_ref="one")
    explains(a_reply(None, None), "reply_once", gateway_ref="one")


@pytest.mark.parametrize("missing", ["gateway", "gateway_ref"])
def test_a_reply_has_its_gateway(missing: str):
    with refused("reply_has_its_gateway"):
        a_reply(None, None, **{missing: ""})
    # A form would say by itself that the field may not be empty; the words are for an action.
    constraint = next(c for c in Reply._meta.constraints if c.name == "reply_has_its_gateway")
    assert "names its gateway" in str(constraint.violation_error_message)


@pytest.mark.parametrize(
    ("field", "constraint"),
    [("channel", "reply_channel_known"), ("meaning", "reply_meaning_known")],
)
def test_choices_of_a_reply_are_known(person, program, field: str, constraint: str):
    with refused(constraint):
        a_reply(person, program, **{field: "owl"})
    explains(a_reply(person, program), constraint, **{field: "owl"})


def test_a_reply_is_somebodys_or_a_strangers(person, program):
    name = "reply_of_somebody_or_a_stranger"
    a_reply(person, program, meaning="stop")
    a_reply(None, None, meaning="stranger")
    wrong = [
        (None, None, "stop"),
        (person, None, "unclear"),
        (None, program, "unclear"),
        (person, program, "stranger"),
        (None, program, "stranger"),
    ]
    for participant, where, meaning in wrong:
        with refused(name):
            a_reply(participant, where, meaning=meaning)
    explains(a_reply(None, None), name, meaning="stop")


def test_a_reply_is_seen_to_by_somebody_at_a_time(person, program, director):
    name = "reply_handled_by_somebody"
    a_reply(person, program, handled_at=NOW, handled_by=director)
    for half in ({"handled_at": NOW}, {"handled_by": director}):
        with refused(name):
            a_reply(person, program, **half)
    explains(a_reply(person, program), name, handled_at=NOW)


def test_one_answer_per_person_and_day(person):
    an_answer(person)
    an_answer(person, MONDAY + timedelta(days=1))
    an_answer(build.a_participant())
    with refused("answer_once_a_day"):
        an_answer(person)
    again = Answer(participant=person, for_on=MONDAY, word="coming", came_by="link")
    again.answered_at = NOW
    explains(again, "answer_once_a_day")


@pytest.mark.parametrize(
    ("field", "constraint"),
    [
        ("word", "answer_known"),
        ("reason", "answer_reason_known"),
        ("came_by", "answer_came_by_known"),
    ],
)
def test_choices_of_an_answer_are_known(person, field: str, constraint: str):
    fields = {"word": "not_coming", field: "owl"}
    with refused(constraint):
        an_answer(person, **fields)
    answer = an_answer(person, word="not_coming")
    explains(answer, constraint, **{field: "owl"})


def test_only_who_cannot_come_has_a_reason(person):
    an_answer(person, word="not_coming", reason="ill")
    with refused("answer_reason_of_not_coming"):
        an_answer(build.a_participant(), word="coming", reason="ill")
    explains(Answer.objects.get(), "answer_reason_of_not_coming", word="coming")
