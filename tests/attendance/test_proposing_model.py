"""The proposed order of lessons: never beaten by trying everything, never worse than the plan."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given, settings

from attendance.proposing.model import propose
from attendance.proposing.problem import Attendee, FreeSlot, Problem, Teachable
from attendance.proposing.tally import kept, tally, worth
from tests.attendance.proposing import at, every_plan, groups, is_possible, judged

NOTHING = Problem([], [], [])
SECONDS = 20


def slots(count: int, minutes: int = 60) -> list[FreeSlot]:
    return [FreeSlot(number, at(number), minutes) for number in range(count)]


def chosen(problem, plan):
    return tuple(plan.get(slot.session) for slot in problem.slots)


@settings(max_examples=80)
@example(NOTHING)
@given(groups())
def test_never_beaten_by_exhaustive_search(problem):
    found = propose(problem, seconds=SECONDS)
    best = max(judged(problem, plan) for plan in every_plan(problem))
    assert judged(problem, found.plan) == best
    assert found.is_closest
    assert found.most_finish == best[0]


@settings(max_examples=60)
@given(groups())
def test_never_worse_than_the_plan_or_the_rotation_even_without_time(problem):
    found = propose(problem, seconds=0.001)
    for plan in problem.plans:
        assert judged(problem, found.plan) >= judged(problem, kept(problem, plan))
    assert is_possible(problem, chosen(problem, found.plan))
    assert judged(problem, found.plan)[0] <= found.most_finish


@settings(max_examples=60)
@given(groups())
def test_what_it_gives_can_be_taught(problem):
    found = propose(problem, seconds=SECONDS)
    assert is_possible(problem, chosen(problem, found.plan))
    assert found.plan == kept(problem, found.plan)


@settings(max_examples=20)
@given(groups())
def test_asked_again_it_answers_the_same(problem):
    assert propose(problem, seconds=SECONDS) == propose(problem, seconds=SECONDS)


@settings(max_examples=200)
@given(groups())
def test_what_a_plan_gives_is_counted_as_the_oracle_does(problem):
    for plan in problem.plans:
        possible = kept(problem, plan)
        assert is_possible(problem, chosen(problem, possible))
        assert worth(problem, possible) == judged(problem, possible)


def test_lesson_by_lesson_the_one_that_serves_most_would_let_fewer_finish():
    """Lesson 0 serves three first; but whoever leaves after it needs lesson 1 to finish."""
    lessons = [Teachable(0), Teachable(1)]
    stays = [Attendee(key, frozenset({0, 1}), missing=frozenset({0})) for key in range(3)]
    leaves = Attendee(9, frozenset({0}), missing=frozenset({1}))
    problem = Problem(slots(2), lessons, [*stays, leaves], plans=[{0: 0, 1: 1}])
    found = propose(problem, seconds=SECONDS)
    assert found.plan == {0: 1, 1: 0}
    assert len(tally(problem, found.plan).finish) == 4


def test_who_finishes_comes_before_how_many_lessons_are_received():
    lessons = [Teachable(0), Teachable(1)]
    many = [Attendee(key, frozenset({0}), missing=frozenset({0, 8})) for key in range(3)]
    one = Attendee(9, frozenset({0}), missing=frozenset({1}))
    problem = Problem(slots(1), lessons, [*many, one], plans=[{0: 0}])
    assert propose(problem, seconds=SECONDS).plan == {0: 1}


def test_a_plan_as_good_as_any_stays_as_it_is():
    lessons = [Teachable(key) for key in range(3)]
    person = Attendee(1, frozenset(range(3)), missing=frozenset({0}))
    problem = Problem(slots(3), lessons, [person], plans=[{0: 2, 1: 1, 2: 0}, {0: 0, 1: 1, 2: 2}])
    assert propose(problem, seconds=SECONDS).plan == {0: 2, 1: 1, 2: 0}


def test_a_lesson_moves_rather_than_being_left_out():
    """The person leaves after the first session; lesson 1 is an elective."""
    person = Attendee(1, frozenset({0}), missing=frozenset({0}))
    problem = Problem(slots(2), [Teachable(0), Teachable(1)], [person], plans=[{0: 1, 1: 0}])
    assert propose(problem, seconds=SECONDS).plan == {0: 0, 1: 1}


def test_a_session_that_plans_nothing_is_left_so_where_nobody_gains():
    problem = Problem(slots(2), [Teachable(0)], [Attendee(1, frozenset({0, 1}))], plans=[{0: 0}])
    assert propose(problem, seconds=SECONDS).plan == {0: 0}


def test_a_lesson_comes_after_what_somebody_needs_for_it():
    """The group has heard lesson 0 before this person came."""
    lessons = [Teachable(0), Teachable(1, needs=frozenset({0}))]
    late = Attendee(1, frozenset({0, 1}), missing=frozenset({0, 1}))
    problem = Problem(slots(2), lessons, [late], heard=frozenset({0}), plans=[{0: 1, 1: 0}])
    assert propose(problem, seconds=SECONDS).plan == {0: 0, 1: 1}


def test_what_another_group_gives_needs_no_session_here():
    lessons = [Teachable(0), Teachable(1)]
    person = Attendee(1, frozenset({0}), missing=frozenset({0, 1}), elsewhere={0: at(2)})
    problem = Problem(slots(1), lessons, [person], plans=[{0: 0}])
    found = propose(problem, seconds=SECONDS)
    assert found.plan == {0: 1}
    assert tally(problem, found.plan).finish == {1}
    assert tally(replace(problem, people=[replace(person, elsewhere={})]), {0: 1}).finish == set()
