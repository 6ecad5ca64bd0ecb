"""The last seat of a session is taken once, on real connections, whoever asks for it."""

from __future__ import annotations

import pytest

from groups.models import GroupMembership, GroupSession, MakeUpSeat
from groups.roster import expected_at
from groups.schedule.actions import combine_sessions
from groups.schedule.edit import CannotSchedule
from tests import build
from tests.at_once import at_once
from tests.build import NOW
from tests.groups.joining import NEXT, WHY, a_weekly_group, join, somebody
from tests.groups.making_up import give_back, take
from tests.groups.test_joining_races import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group():
    return a_weekly_group(build.a_program(), capacity=1)


@pytest.fixture
def session(group):
    return group.sessions.get(held_on=NEXT)


def words(refused: list) -> str:
    (only,) = refused
    return " ".join(said for each in only.words.values() for said in each)


def test_two_directors_and_the_last_seat(group, session):
    one, other = (somebody(group.program) for _ in range(2))
    refused = race(lambda: take(session, one), lambda: take(session, other))
    assert "The last seat has been taken" in words(refused)
    assert MakeUpSeat.objects.get().enrollment == one


def test_many_at_once_and_two_seats(group, session):
    group.capacity = 2
    group.save(update_fields=["capacity"])
    people = [somebody(group.program) for _ in range(6)]
    acts = [lambda person=person: take(session, person) for person in people]
    results = at_once(*acts, words=(CannotSchedule,))
    assert sum(isinstance(each, MakeUpSeat) for each in results) == 2
    assert expected_at(session).count() == 2


def test_one_person_asked_twice_at_once(group, session):
    group.capacity = 5
    group.save(update_fields=["capacity"])
    ada = somebody(group.program)
    refused = race(lambda: take(session, ada), lambda: take(session, ada))
    assert "expected in this session already" in words(refused)


def test_one_person_in_two_places_at_once(group, session):
    other = build.a_session(build.a_group(group.program), NEXT)
    ada = somebody(group.program)
    refused = race(lambda: take(session, ada), lambda: take(other, ada))
    assert "Choose a session at another time" in words(refused)


@pytest.mark.parametrize("joined_first", [True, False])
def test_a_member_and_a_guest_and_the_last_seat(group, session, joined_first):
    member, guest = (somebody(group.program) for _ in range(2))
    steps = [lambda: join(group, member), lambda: take(session, guest)]
    (refused,) = race(*(steps if joined_first else reversed(steps)))
    if joined_first:
        assert "The last seat has been taken" in words([refused])
    else:
        assert [each.kind for each in refused.clashes] == ["group_capacity"]
    assert GroupMembership.objects.exists() is joined_first
    assert expected_at(session).count() == 1


@pytest.mark.parametrize("combined_first", [True, False])
def test_a_combined_session_and_a_guest_and_the_last_seat(group, session, combined_first):
    leader, other = build.a_user(), build.a_group(group.program)
    build.a_facilitation(session, leader)
    ill = build.a_session(other, NEXT, "13:00", "15:00")
    build.a_membership(other)
    guest = somebody(group.program)

    def combine() -> None:
        combine_sessions(session=ill, into=session, reason="ill", override="", now=NOW, by=None)

    steps = [combine, lambda: take(session, guest)]
    (refused,) = race(*(steps if combined_first else reversed(steps)))
    if combined_first:
        assert "The last seat has been taken" in words([refused])
    else:
        assert "group_capacity" in [each.kind for each in refused.clashes]
    assert expected_at(session).count() == 1


def test_a_seat_given_back_is_free_for_who_waits_for_the_lock(group, session):
    one, other = (somebody(group.program) for _ in range(2))
    seat = take(session, one)
    assert race(lambda: give_back(seat), lambda: take(session, other)) == []
    assert expected_at(session).get() == other


def test_a_record_and_giving_back(group, session):
    ada = somebody(group.program)
    seat = take(session, ada)

    def record() -> None:
        GroupSession.objects.select_for_update(no_key=True).get(pk=session.pk)
        build.a_record(session, ada.participant, absence="excused")

    assert "on record" in words(race(record, lambda: give_back(seat)))


def test_a_reason_lets_a_member_join_beside_the_guest(group, session):
    take(session, somebody(group.program))
    join(group, somebody(group.program), override=WHY)
    assert expected_at(session).count() == 2
