"""What messages would say now, and what was said before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from groups.models import GroupSession
from programs.models import Participant
from reminders.models import Reminder
from reminders.planning.telling import as_told, last_words, read_told, told_now
from tests import build
from tests.build import MONDAY, moment
from tests.build_reminders import a_reminder, a_sent_reminder
from tests.reminders.conftest import expect_someone

pytestmark = pytest.mark.django_db

SUNDAY, WEDNESDAY = MONDAY - timedelta(days=1), MONDAY + timedelta(days=2)
NOON = moment(SUNDAY, "12:00")
AT = {"2026-11-23": "2026-11-23T23:30:00+00:00"}
NOT_AT_ALL = {"2026-11-23": None}


def says(row: Reminder, now: datetime = NOON) -> dict:
    return told_now([row], now=now)[row.pk]


@pytest.mark.parametrize("kind", ["evening", "soon"])
def test_a_reminder_says_when_its_day_begins(expected, program, kind):
    row = a_reminder(expected.participant, program, kind=kind)
    assert says(row) == AT
    assert says(row, moment(MONDAY, "17:29")) == AT
    assert says(row, moment(MONDAY, "17:30")) == {}
    GroupSession.objects.update(status="cancelled")
    assert says(row) == {}


def test_a_change_says_that_there_is_nothing_too(expected, program):
    row = a_reminder(expected.participant, program, kind="change", round=1)
    assert says(row) == AT
    GroupSession.objects.update(status="cancelled")
    assert says(row) == NOT_AT_ALL


def test_a_change_that_was_taken_back_says_nothing(expected, program):
    a_sent_reminder(expected.participant, program, told=AT, due_at=NOON)
    row = a_reminder(expected.participant, program, kind="change", round=1)
    assert says(row) == {}
    GroupSession.objects.update(status="cancelled")
    assert says(row) == NOT_AT_ALL
    a_sent_reminder(
        expected.participant, program, kind="change", round=2, told=NOT_AT_ALL, due_at=NOON
    )
    assert says(row) == {}


def test_the_week_ahead_says_what_is_still_to_come_of_it(expected, program):
    group = expected.session.group
    build.a_session(group, WEDNESDAY, "09:00", "10:00")
    build.a_session(group, MONDAY + timedelta(days=7))
    row = a_reminder(expected.participant, program, kind="weekly")
    assert says(row) == AT | {"2026-11-25": "2026-11-25T15:00:00+00:00"}
    assert list(says(row, moment(MONDAY, "17:30"))) == ["2026-11-25"]


def test_it_is_the_persons_day_under_whichever_record(expected, program):
    kept = build.a_participant()
    own = a_reminder(expected.participant, program)
    Participant.objects.filter(pk=expected.participant.pk).update(
        merged_into=kept, merged_at=build.NOW
    )
    both = [Reminder.objects.get(pk=own.pk), a_reminder(kept, program)]
    assert list(told_now(both, now=NOON).values()) == [AT, AT]


@pytest.mark.parametrize("number", [1, 20])
def test_two_statements_for_any_number(program, django_assert_num_queries, number):
    rows = []
    for _ in range(number):
        person = expect_someone(program).participant
        a_sent_reminder(person, program, told=NOT_AT_ALL, due_at=NOON)
        rows.append(a_reminder(person, program, kind="change", round=1))
        rows.append(a_reminder(person, program, kind="weekly"))
    with django_assert_num_queries(2):
        assert set(map(len, told_now(rows, now=NOON).values())) == {1}


def test_the_last_word_on_a_date_counts(expected, program):
    person, later = expected.participant, NOON + timedelta(hours=1)
    a_sent_reminder(person, program, told=AT, due_at=NOON)
    a_sent_reminder(person, program, kind="change", round=1, told=NOT_AT_ALL, due_at=later)
    a_reminder(person, program, kind="change", round=2, told=AT)
    words = last_words(Reminder.objects.select_related("participant", "program__site"))
    assert [(key, word.starts_at) for key, word in words.items()] == [((person.pk, MONDAY), None)]


def test_what_is_told_is_read_as_it_was_written():
    at = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert as_told(MONDAY, at) == AT
    assert read_told(AT) == {MONDAY: at}
    assert read_told(as_told(MONDAY, None)) == {MONDAY: None}
