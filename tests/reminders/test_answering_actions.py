"""One answer per person and day, whichever way it comes; the last word wins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEvent
from reminders.answering.actions import record_answer
from reminders.answering.asked import Day, answer_about, day_as_told
from reminders.models import Answer
from tests import build
from tests.build import MONDAY, moment
from tests.build_reminders import an_answer
from tests.reminders.coming_back import LATER, STARTS_AT, a_reader, answers, was_told

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(program):
    return was_told(a_reader(program), program)


def say(reminder, word: str, reason: str = "", *, minutes: int = 0, came_by: str = "link"):
    now = LATER + timedelta(minutes=minutes)
    return record_answer(reminder=reminder, word=word, reason=reason, came_by=came_by, now=now)


def test_it_is_kept_with_how_it_came_and_which_message_asked(asked):
    answer = say(asked, "not_coming", "ride")
    answer.refresh_from_db()
    assert (answer.participant, answer.for_on) == (asked.participant, MONDAY)
    assert (answer.word, answer.reason, answer.came_by) == ("not_coming", "ride", "link")
    assert (answer.answered_at, answer.reminder) == (LATER, asked)
    line = AuditEvent.objects.get()
    assert (line.verb, line.subject_id, line.by) == ("answer.given", answer.public_id, None)
    assert line.participant_id == asked.participant.public_id
    assert line.detail == {"day": "2026-11-23", "word": "not_coming", "came_by": "link"}


def test_said_again_in_the_same_words_nothing_is_written(asked):
    say(asked, "coming")
    say(asked, "coming", minutes=5, came_by="reply")
    answer = Answer.objects.get()
    assert (answer.answered_at, answer.came_by) == (LATER, "link")
    assert AuditEvent.objects.count() == 1
    assert answer.events.count() == 1


def test_what_was_said_before_is_in_its_history(asked):
    say(asked, "not_coming", "ill")
    say(asked, "coming", minutes=5)
    said = Answer.objects.get().events.order_by("pgh_id").values_list("word", "reason")
    assert list(said) == [("not_coming", "ill"), ("coming", "")]


def test_another_day_is_another_answer(asked, program):
    tuesday = was_told(asked.participant, program, for_on="2026-11-24")
    say(asked, "coming")
    say(tuesday, "not_coming")
    assert answers() == [("2026-11-23", "coming", ""), ("2026-11-24", "not_coming", "")]


def test_two_messages_about_one_day_have_one_answer(asked, program):
    soon = was_told(asked.participant, program, kind="soon")
    say(asked, "coming")
    assert say(soon, "not_coming", minutes=1).reminder == soon
    assert answers() == [("2026-11-23", "not_coming", "")]


def test_of_a_merged_record_it_is_the_kept_ones(asked):
    kept, duplicate = build.a_participant(), asked.participant
    duplicate.merged_into, duplicate.merged_at = kept, LATER
    duplicate.save()
    assert say(asked, "coming").participant == kept


def test_said_again_after_another_record_said_otherwise_it_is_the_last_word(asked):
    kept, duplicate = build.a_participant(), asked.participant
    an_answer(kept, answered_at=LATER)
    an_answer(duplicate, answered_at=LATER + timedelta(minutes=1), word="not_coming")
    duplicate.merged_into, duplicate.merged_at = kept, LATER
    duplicate.save()
    say(asked, "coming", minutes=2)
    last = answer_about(asked)
    assert last is not None
    assert (last.participant, last.word) == (kept, "coming")


@pytest.mark.parametrize(("word", "reason"), [("owl", ""), ("", ""), ("not_coming", "owl")])
def test_what_nobody_can_say_is_not_kept(asked, word, reason):
    with pytest.raises(ValueError, match="is not a valid"):
        say(asked, word, reason)
    assert answers() == []


def test_nothing_is_kept_where_the_trail_cannot_be_written(asked, audit_fails):
    with pytest.raises(IntegrityError), transaction.atomic():
        say(asked, "coming")
    assert answers() == []


SAYINGS = st.lists(
    st.tuples(st.sampled_from(["coming", "not_coming"]), st.sampled_from(["", "ill", "work"])),
    min_size=1,
    max_size=6,
)


@given(SAYINGS)
@example([("not_coming", "ill"), ("not_coming", "")])
@example([("not_coming", "ill"), ("coming", "work"), ("not_coming", "")])
@settings(max_examples=25)
def test_the_last_word_wins_and_a_reason_lasts_as_long_as_the_no(sayings):
    with transaction.atomic():
        program = build.a_program()
        reminder = was_told(a_reader(program), program)
        for minutes, (word, reason) in enumerate(sayings):
            say(reminder, word, reason, minutes=minutes)
        kept = Answer.objects.get(participant=reminder.participant)
        transaction.set_rollback(True)
    # Backwards: the reasons since the last time that somebody was coming; the latest counts.
    since = []
    for word, reason in reversed(sayings):
        if word == "coming":
            break
        since.append(reason)
    assert kept.word == sayings[-1][0]
    assert kept.reason == next(filter(None, since), "")


# --- the day as it was told -------------------------------------------------------------------


def test_the_day_is_as_the_last_message_told_it(asked, program):
    person = asked.participant
    assert day_as_told(asked) == Day(MONDAY, STARTS_AT, is_called_off=False)
    moved = STARTS_AT + timedelta(hours=1)
    was_told(person, program, kind="change", round=1, starts_at=moved, due_at=LATER)
    assert day_as_told(asked) == Day(MONDAY, moved, is_called_off=False)
    gone = {"starts_at": None, "due_at": LATER + timedelta(minutes=5)}
    was_told(person, program, kind="change", round=2, channel="email", **gone)
    assert day_as_told(asked) == Day(MONDAY, None, is_called_off=True)


def test_what_did_not_go_out_told_nothing(asked, program):
    never = {"status": "expired", "claimed_at": None, "sent_at": None}
    was_told(asked.participant, program, kind="change", round=1, starts_at=None, **never)
    someone = a_reader(program)
    was_told(someone, program, kind="soon", starts_at=moment(MONDAY, "09:00"), due_at=LATER)
    assert day_as_told(asked).starts_at == STARTS_AT


def test_nobody_has_said_when_it_begins(program):
    reminder = was_told(a_reader(program), program)
    reminder.told = {}
    reminder.save()
    assert day_as_told(reminder) == Day(MONDAY, None, is_called_off=False)
