"""Who had said that they cannot come is not somebody who never called."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from attendance.outreach.history import judged_of
from programs.models import Program
from reminders.models import Answer
from tests import build
from tests.attendance.outreach import AFTER_ALL, Case, a_case, opened, sweep
from tests.build import NOW
from tests.build_reminders import an_answer

pytestmark = pytest.mark.django_db
FIRST = [("first_absence", 0)]
HOUR = timedelta(hours=1)


def says(case: Case, index: int = 0, *, before: timedelta = HOUR, **fields) -> Answer:
    """Say that they cannot come to a session, so long before it starts."""
    session = case.sessions[index]
    said = {"word": "not_coming", "answered_at": session.starts_at - before}
    person = fields.pop("person", case.enrollment.participant)
    return an_answer(person, session.held_on, **{**said, **fields})


@pytest.mark.parametrize(
    ("letter", "expected"),
    [("N", []), ("?", []), ("E", []), ("U", FIRST)],
    ids=["no call", "not explained", "excused", "unexcused: the facilitator decided"],
)
def test_by_what_is_on_record(program: Program, facilitator: User, letter: str, expected: list):
    case = a_case(program, facilitator, letter)
    says(case)
    sweep(program)
    assert opened(case) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [(timedelta(seconds=1), []), (timedelta(), FIRST), (-HOUR, FIRST)],
    ids=["just before", "as it starts", "after"],
)
def test_it_was_said_before_the_start(program, facilitator, before, expected):
    case = a_case(program, facilitator, "N")
    says(case, before=before)
    sweep(program)
    assert opened(case) == expected


def test_a_reason_that_follows_later_makes_it_no_later(program, facilitator):
    case = a_case(program, facilitator, "N")
    answer = says(case)
    answer.reason, answer.answered_at = "ill", case.sessions[0].starts_at + HOUR
    answer.save()
    sweep(program)
    assert opened(case) == []


def test_what_was_taken_back_before_it_was_said_again_does_not_count(program, facilitator):
    case = a_case(program, facilitator, "N")
    answer, starts_at = says(case), case.sessions[0].starts_at
    for word, at in (("coming", starts_at - HOUR / 2), ("not_coming", starts_at + HOUR)):
        answer.word, answer.answered_at = word, at
        answer.save()
    sweep(program)
    assert opened(case) == FIRST


def test_who_said_at_last_that_they_come_was_missed(program, facilitator):
    case = a_case(program, facilitator, "N")
    answer = says(case)
    answer.word = "coming"
    answer.save()
    sweep(program)
    assert opened(case) == FIRST


def test_an_answer_of_another_day_or_person(program, facilitator):
    case, other = a_case(program, facilitator, "NP"), a_case(program, facilitator, "P")
    says(case, 1)
    says(other)
    sweep(program)
    assert opened(case) == FIRST


def test_it_breaks_a_row_of_absences(program, facilitator):
    case = a_case(program, facilitator, "UNU")
    says(case, 1)
    sweep(program)
    assert opened(case) == FIRST


def test_under_either_record(program, facilitator):
    case = a_case(program, facilitator, "N")
    kept, doubled = build.a_participant(), case.enrollment.participant
    doubled.merged_into, doubled.merged_at = kept, NOW
    doubled.save()
    says(case, person=kept)
    sweep(program)
    assert opened(case) == []


def test_what_was_opened_closes_once_the_answer_is_known(program, facilitator):
    case = a_case(program, facilitator, "N")
    sweep(program)
    assert opened(case) == FIRST
    says(case)
    sweep(program)
    assert opened(case) == []


def test_no_statement_more_however_many(program, facilitator):
    costs = []
    for people in (1, 9):
        for _ in range(people):
            says(a_case(program, facilitator, "N"))
        with CaptureQueriesContext(connection) as queries:
            judged_of(program, AFTER_ALL)
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert sum("reminders_answer" in each["sql"] for each in queries) == 1
