"""Why somebody does not finish, and what is traded, in words."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from attendance.coverage.cells import CoveredPerson
from attendance.proposing.explaining import Trade, Why, trades, why_not
from attendance.proposing.problem import Attendee, FreeSlot, Problem, Proposal, Teachable
from attendance.proposing.tally import tally
from attendance.proposing.wording import finish_words, sure_words, trade_words, why_words
from tests.attendance.proposing import at

NAMES = {0: "Sleep", 1: "Anger", 2: "Cravings"}
DAYS = {0: "Thu Nov 26", 1: "Fri Nov 27", 2: "Sat Nov 28"}
ADA = CoveredPerson(7, 7, uuid.UUID(int=7), "Ada N.", date(2026, 11, 2), date(2026, 12, 4))


def problem(person: Attendee, *lessons: Teachable, minutes: int = 60) -> Problem:
    slots = [FreeSlot(number, at(number), minutes) for number in range(3)]
    return Problem(slots, lessons or [Teachable(0), Teachable(1)], [person], plans=[{}])


def missing(*lessons: int, sessions: tuple[int, ...] = (0,), **fields) -> Attendee:
    return Attendee(7, frozenset(sessions), missing=frozenset(lessons), **fields)


@pytest.mark.parametrize(
    ("given", "plan", "why"),
    [
        (problem(missing(8)), {0: 0}, {Why.NOT_TAUGHT: (8,)}),
        (problem(missing(0, sessions=())), {0: 0}, {Why.NO_SESSION: (0,)}),
        (
            problem(missing(0), Teachable(0, 90), Teachable(1)),
            {0: 1},
            {Why.TOO_LONG: (0,)},
        ),
        (
            problem(missing(1), Teachable(0), Teachable(1, needs=frozenset({0}))),
            {0: 1},
            {Why.NEEDS_FIRST: (1,)},
        ),
        (problem(missing(0, 1)), {0: 0}, {Why.TOO_MANY: (1,)}),
        (problem(missing(0)), {0: 1}, {Why.OTHERS: (0,)}),
        (problem(missing(0, 8)), {0: 1}, {Why.NOT_TAUGHT: (8,), Why.OTHERS: (0,)}),
        (problem(missing(0, elsewhere={0: at(2)})), {}, None),
    ],
)
def test_the_first_reason_that_holds(given, plan, why):
    assert why_not(given, tally(given, plan)) == ({7: why} if why else {})


def test_what_is_needed_first_may_be_an_elective_that_reaches_them():
    needing = Teachable(1, needs=frozenset({0}))
    given = problem(missing(1, sessions=(0, 1)), Teachable(0), needing)
    assert why_not(given, tally(given, {0: 0})) == {7: {Why.OTHERS: (1,)}}
    assert why_not(given, tally(given, {0: 0, 1: 1})) == {}


def test_reasons_name_lessons_and_the_day_they_leave():
    reasons = {Why.NO_SESSION: (0, 1), Why.TOO_MANY: (2,)}
    assert why_words(reasons, ADA, NAMES) == (
        "Sleep and Anger: No session is left for them before they leave on Fri Dec 4.",
        "Cravings: They miss more lessons than they have sessions left.",
    )


def test_what_is_traded_says_who_gains():
    first, later = missing(0), Attendee(8, frozenset({1}), missing=frozenset({1}))
    given = Problem(
        [FreeSlot(number, at(number), 60) for number in range(2)],
        [Teachable(0), Teachable(1)],
        [first, later],
    )
    found = trades(given, {0: 1, 1: 0}, {0: 0, 1: 1})
    assert found == [
        Trade(0, gone=(1,), come=(0,), more=1, finish=1),
        Trade(1, gone=(0,), come=(1,), more=1, finish=1),
    ]
    assert trade_words(found[0], NAMES, DAYS) == (
        "Sleep moves from Fri Nov 27 to Thu Nov 26. 1 more person receives it;"
        " 1 of them finishes only with it."
    )


@pytest.mark.parametrize(
    ("trade", "words"),
    [
        (Trade(0, (), (1,), 2, 0), "Sleep comes on Fri Nov 27 too. 2 more people receive it."),
        (Trade(1, (0,), (), -1, 0), "Anger is left out on Thu Nov 26. 1 person fewer receives it."),
        (Trade(2, (0, 1), (), 0, 0), "Cravings is left out on Thu Nov 26 and Fri Nov 27."),
    ],
)
def test_lessons_that_come_or_go(trade, words):
    assert trade_words(trade, NAMES, DAYS) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Proposal({}, 5), "Of those, this one leaves out and moves the fewest."),
        (Proposal({}, 5, is_closest=False), "Another one may move fewer lessons."),
        (Proposal({}, 5, is_best=False, is_closest=False), "one may give more core lessons."),
        (
            Proposal({}, 7, is_most=False, is_best=False, is_closest=False),
            "This is the best order found in about 4 seconds, not proven to be the best."
            " 5 finish; with no order can it be more than 7.",
        ),
    ],
)
def test_it_says_how_sure_it_is(found, words):
    assert words in sure_words(found, finish=5, seconds=4)


def test_the_headline_counts_people():
    assert finish_words(11, 14) == ("11 of 14 people finish every core lesson before they leave")
