"""Two people change an episode in the same moment, on two real connections."""

from __future__ import annotations

import pytest

from groups.models import GroupMembership, WaitingPlace
from programs.models import Enrollment, EpisodeStep, FollowUp
from tests import build
from tests.build import on
from tests.groups.episodes import discharge, leave, onward, reverse, transfer
from tests.groups.joining import NEXT, a_weekly_group, join, move, somebody, wait
from tests.groups.test_joining_races import race

pytestmark = pytest.mark.django_db(transaction=True)
LAST = "2026-11-25"


@pytest.fixture
def group():
    return a_weekly_group(build.a_program(), capacity=1)


@pytest.fixture
def ada(group):
    return build.a_membership(group, somebody(group.program)).enrollment


@pytest.mark.parametrize("moved_first", [True, False])
def test_discharged_while_they_are_moved_they_are_in_no_group(group, ada, moved_first):
    other, place = a_weekly_group(group.program), ada.memberships.get()
    acts = [lambda: move(place, other), lambda: discharge(ada, LAST)]
    refusals = race(*(acts if moved_first else reversed(acts)))
    assert len(refusals) == (0 if moved_first else 1)
    assert not GroupMembership.objects.on(on(NEXT)).exists()
    assert Enrollment.objects.get(pk=ada.pk).discharged_on == on(LAST)


def test_discharged_twice_at_once_it_is_done_once(ada):
    again = lambda: discharge(ada, LAST)  # noqa: E731 (the same step twice)
    assert race(again, again) == []
    assert EpisodeStep.objects.count() == 1
    assert FollowUp.objects.count() == 4


def test_discharged_on_two_days_at_once_the_second_is_told(ada):
    (refused,) = race(lambda: discharge(ada, LAST), lambda: discharge(ada, "2026-12-01"))
    assert "discharged already" in refused.words["__all__"][0]


@pytest.mark.parametrize("transferred_first", [True, False])
def test_the_last_seat_is_taken_once(group, ada, transferred_first):
    other = somebody(group.program)
    php = build.a_program(level_of_care="2.5")
    here = build.an_enrollment(php, build.a_participant())
    GroupMembership.objects.update(last_on=LAST)
    there = onward(group.program, NEXT, "step_down", groups=[group])
    acts = [lambda: transfer(here, there), lambda: join(group, other)]
    (refused,) = race(*(acts if transferred_first else reversed(acts)))
    assert [each.kind for each in refused.clashes] == ["group_capacity"]
    assert GroupMembership.objects.on(on(NEXT)).count() == 1
    here.refresh_from_db()
    assert (here.discharged_on is None) is not transferred_first


def test_the_freed_seat_is_not_snatched_from_the_line(group, ada):
    first, other = somebody(group.program), somebody(group.program)
    wait(group, first)
    refusals = race(lambda: discharge(ada, LAST), lambda: join(group, other))
    assert len(refusals) == 1
    assert GroupMembership.objects.on(on(NEXT)).get().enrollment == first
    assert not WaitingPlace.objects.waiting().exists()


def test_enrolled_elsewhere_while_the_discharge_is_taken_back(ada):
    program = build.a_program()
    discharge(ada, LAST)
    enroll = lambda: build.an_enrollment(program, ada.participant, admitted_on=NEXT)  # noqa: E731
    (refused,) = race(enroll, lambda: reverse(ada))
    assert refused.words
    ada.refresh_from_db()
    assert ada.discharged_on == on(LAST)


def test_away_twice_at_once_is_one_leave(ada):
    refusals = race(lambda: leave(ada, LAST, None), lambda: leave(ada, "2026-11-27", None))
    assert len(refusals) == 1
    assert ada.participant.leaves.count() == 1
