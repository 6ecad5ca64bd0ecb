"""Whether an authorization is in force, what is missing, and the words of its states."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from programs.authorizing.coverage import Coverage, Covered, coverage_on, coverage_words
from programs.authorizing.on_record import coverage_of
from programs.authorizing.page import amount
from programs.authorizing.states import states_of
from programs.models import Authorization
from tests import build
from tests.build_episodes import an_authorization

START = date(2026, 11, 2)
NARROW = "\N{NO-BREAK SPACE}"


def day(number: int) -> date:
    return START + timedelta(days=number)


def row(first: int, last: int, status: str = "approved", **fields) -> Authorization:
    return Authorization(first_on=day(first), last_on=day(last), status=status, **fields)


@pytest.mark.parametrize(
    ("listed", "asked", "coverage"),
    [
        ([], 0, Coverage(Covered.NONE)),
        ([row(0, 5, "denied"), row(0, 5, "withdrawn")], 0, Coverage(Covered.NONE)),
        ([row(0, 5)], 0, Coverage(Covered.IN_FORCE, day(5))),
        ([row(0, 5)], 5, Coverage(Covered.IN_FORCE, day(5))),
        ([row(0, 5, "partial")], 3, Coverage(Covered.IN_FORCE, day(5))),
        ([row(0, 5)], 6, Coverage(Covered.ENDED, day(5))),
        ([row(0, 5)], -1, Coverage(Covered.LATER, day(0))),
        ([row(0, 5, "pending")], 0, Coverage(Covered.PENDING)),
        ([row(0, 5, "appealed")], 5, Coverage(Covered.PENDING)),
        # A question about other days is no answer for this one.
        ([row(0, 5, "pending")], 6, Coverage(Covered.NONE)),
        ([row(0, 5), row(6, 9, "pending")], 6, Coverage(Covered.PENDING)),
        ([row(0, 5), row(6, 9)], 0, Coverage(Covered.IN_FORCE, day(9))),
        ([row(6, 9), row(0, 5)], 0, Coverage(Covered.IN_FORCE, day(9))),
        ([row(0, 5), row(7, 9)], 0, Coverage(Covered.IN_FORCE, day(5))),
        ([row(0, 5), row(8, 9)], 6, Coverage(Covered.LATER, day(8))),
    ],
)
def test_what_there_is_on_a_day(listed: list[Authorization], asked: int, coverage: Coverage):
    assert coverage_on(listed, day(asked)) == coverage
    assert coverage.is_missing is (coverage.covered != Covered.IN_FORCE)


def test_until_when_counted_day_by_day():
    """Any two approved stretches, of whichever units: the days are ticked off one by one."""
    spans = [(first, last) for first in range(5) for last in range(first, 5)]
    for one, other in product(spans, spans):
        held = {n for first, last in (one, other) for n in range(first, last + 1)}
        for asked in range(-1, 6):
            until = asked
            while until in held:
                until += 1
            found = coverage_on([row(*one), row(*other)], day(asked))
            expected = day(until - 1) if asked in held else None
            assert (None if found.is_missing else found.day) == expected, (one, other, asked)


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        (Coverage(Covered.IN_FORCE, START), "Authorization in force until Nov 2, 2026."),
        (Coverage(Covered.PENDING), "The authorization is still pending."),
        (Coverage(Covered.LATER, START), "The authorization begins later, on Nov 2, 2026."),
        (Coverage(Covered.ENDED, START), "The authorization ended Nov 2, 2026."),
        (Coverage(Covered.NONE), "No authorization is in force."),
    ],
)
def test_the_words(coverage: Coverage, words: str):
    assert coverage_words(coverage) == words


@pytest.mark.parametrize(
    ("authorization", "asked", "labels"),
    [
        (row(0, 5, "pending"), 0, ["Pending"]),
        (row(0, 5, "denied"), 0, ["Denied"]),
        (row(0, 5, "appealed"), 0, ["Under appeal"]),
        (row(0, 5, "withdrawn"), 99, ["Withdrawn"]),
        (row(0, 30), -1, ["Begins Nov 2, 2026"]),
        (row(0, 30), 0, ["In force today"]),
        (row(0, 30, "partial"), 22, ["In force today"]),
        (row(0, 30), 23, ["In force today", "Ends in 7 days"]),
        (row(0, 30), 29, ["In force today", "Ends in 1 day"]),
        (row(0, 30), 30, ["In force today", "Ends today"]),
        (row(0, 30), 31, ["Ended Dec 2, 2026"]),
        (row(0, 30, next_review_on=day(20)), 12, ["In force today"]),
        (row(0, 30, next_review_on=day(20)), 13, ["In force today", "Review due Nov 22, 2026"]),
        (row(0, 30, next_review_on=day(20)), 20, ["In force today", "Review due today"]),
        (
            row(0, 30, next_review_on=day(20)),
            21,
            ["In force today", "Review overdue since Nov 22, 2026"],
        ),
        (
            row(0, 30, next_review_on=day(20)),
            25,
            ["In force today", "Review overdue since Nov 22, 2026", "Ends in 5 days"],
        ),
        # Of what is over or not approved, no review is asked.
        (row(0, 30, next_review_on=day(20)), 31, ["Ended Dec 2, 2026"]),
        (row(0, 30, "pending", next_review_on=day(20)), 21, ["Pending"]),
        (row(0, 3), -2, ["Begins Nov 2, 2026"]),
    ],
)
def test_the_states_of_one(authorization: Authorization, asked: int, labels: list[str]):
    assert [state.label for state in states_of(authorization, day(asked))] == labels


@pytest.mark.parametrize(
    ("units", "unit", "words"),
    [
        (None, "day", ""),
        (1, "day", "1 day"),
        (12, "day", "12 days"),
        (36, "hour", f"36{NARROW}h"),
        (5, "quarter_hour", f"5 × 15 min (1{NARROW}h{NARROW}15{NARROW}min)"),
    ],
)
def test_amounts(units: int | None, unit: str, words: str):
    assert amount(units, unit) == words


@pytest.mark.django_db
def test_what_is_on_record_of_several_episodes(django_assert_num_queries):
    covered, pending, bare = (build.an_enrollment() for _ in range(3))
    approved = an_authorization(covered)
    an_authorization(covered, unit="hour", first_on="2026-12-01", last_on="2026-12-31")
    an_authorization(pending, status="pending")
    with django_assert_num_queries(1):
        found = coverage_of([covered, pending, bare], START)
    assert [found[each.pk].covered for each in (covered, pending, bare)] == [
        Covered.IN_FORCE,
        Covered.PENDING,
        Covered.NONE,
    ]
    assert list(covered.authorizations.in_force(START)) == [approved]
    assert list(covered.authorizations.in_force(date(2026, 11, 30))) == []
    assert list(pending.authorizations.in_force(START)) == []
