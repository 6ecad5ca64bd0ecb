"""Two people change who is in a group in the same moment, on two real connections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from groups.enrolling.actions import CannotEnroll, Plan, enroll_participant
from groups.models import GroupMembership, WaitingPlace
from groups.schedule.actions import combine_sessions
from groups.schedule.edit import CannotSchedule
from programs.models import Channel
from tests import build
from tests.build import NOW, on
from tests.groups.joining import NEXT, WHY, a_weekly_group, end, join, move, promote, somebody, wait
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group():
    return a_weekly_group(build.a_program(), capacity=1)


def told(do: Callable[[], object], refusals: list[Exception]) -> Callable[[], None]:
    """Return the step that keeps what it is refused with."""

    def step() -> None:
        try:
            do()
        except (CannotSchedule, CannotEnroll) as refused:
            refusals.append(refused)

    return step


def race(first: Callable[[], object], second: Callable[[], object]) -> list[Exception]:
    """Return what refused the second, which began before the first was through."""
    refusals: list[Exception] = []
    assert second_is_refused_by(first, told(second, refusals)) is None
    return refusals


def test_the_last_seat_is_taken_once(group):
    one, other = (somebody(group.program) for _ in range(2))
    (refused,) = race(lambda: join(group, one), lambda: join(group, other))
    assert [each.kind for each in refused.clashes] == ["group_capacity"]
    assert GroupMembership.objects.get().enrollment == one


@pytest.mark.parametrize("enrolled_first", [True, False])
def test_the_last_seat_is_taken_once_by_joining_and_enrolling(group, enrolled_first):
    joins = somebody(group.program)
    plan = Plan(
        public_id=joins.public_id.__class__(int=7),
        program=group.program,
        participant=build.a_participant(),
        admitted_on=on(NEXT),
        admission="direct",
        planned_discharge_on=None,
        ordered_minutes=None,
        groups=[group],
        consents=dict.fromkeys(Channel, False),
    )
    steps = [lambda: enroll_participant(plan=plan, now=NOW, by=None), lambda: join(group, joins)]
    assert len(race(*(steps if enrolled_first else reversed(steps)))) == 1
    assert GroupMembership.objects.count() == 1


def test_one_seat_two_waiting_two_workers(group):
    leaving = build.a_membership(group)
    line = [somebody(group.program) for _ in range(2)]
    for minutes, person in enumerate(line):
        wait(group, person, now=NOW - timedelta(minutes=9 - minutes))
    GroupMembership.objects.filter(pk=leaving.pk).update(last_on="2026-11-24")
    came: list = []
    worker = lambda: came.append(promote(group))  # noqa: E731 (the same step twice)
    assert race(worker, worker) == []
    assert came == [[line[0]], []]
    assert [each.enrollment for each in WaitingPlace.objects.waiting()] == [line[1]]


def test_a_seat_that_frees_is_not_snatched_from_the_line(group):
    leaving, first, other = build.a_membership(group), *(somebody(group.program) for _ in "ab")
    wait(group, first)
    refusals = race(lambda: end(leaving, "2026-11-27"), lambda: join(group, other))
    assert [type(each) for each in refusals] == [CannotSchedule]
    assert set(GroupMembership.objects.on(on(NEXT))) == set(first.memberships.all())


def test_asked_at_once_one_place_in_the_line(group):
    build.a_membership(group)
    ada = somebody(group.program)
    assert race(lambda: wait(group, ada), lambda: wait(group, ada)) == []
    assert WaitingPlace.objects.count() == 1


def test_two_who_swap_groups_do_not_wait_for_each_other(group):
    other = a_weekly_group(group.program, capacity=2)
    here, there = build.a_membership(group), build.a_membership(other)
    refusals = race(
        lambda: move(here, other, override=WHY), lambda: move(there, group, override=WHY)
    )
    assert refusals == []
    on_monday = GroupMembership.objects.on(on(NEXT))
    assert on_monday.get(group=other).enrollment == here.enrollment
    assert on_monday.get(group=group).enrollment == there.enrollment


def test_moved_twice_at_once_they_are_in_one_group(group):
    places = [a_weekly_group(group.program) for _ in range(2)]
    member = build.a_membership(group)
    refusals = race(lambda: move(member, places[0]), lambda: move(member, places[1]))
    assert len(refusals) == 1
    assert GroupMembership.objects.on(on(NEXT)).get().group == places[0]


@pytest.mark.parametrize("joined_first", [True, False])
def test_who_joins_while_sessions_are_combined_is_expected(group, joined_first):
    other = build.a_group(group.program)
    into = build.a_session(other, NEXT, "13:00", "15:00", facilitators=[build.a_user()])
    ada, session = somebody(group.program), group.sessions.get(held_on=NEXT)

    def combine() -> None:
        combine_sessions(session=session, into=into, reason="ill", override=WHY, now=NOW, by=None)

    steps = [lambda: join(group, ada), combine]
    assert race(*(steps if joined_first else reversed(steps))) == []
    assert into.makeup_seats.get().enrollment == ada
