"""The roster of a whole day says of each session what the roster of one session says."""

from __future__ import annotations

import pytest

from groups.day_roster import expected_on
from groups.roster import expected_at
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(program):
    return build.a_session(build.a_group(program))


def agree(*sessions):
    found = expected_on(sessions[0].held_on, sessions)
    for session in sessions:
        one = {each.participant.pk: not each.is_member for each in expected_at(session)}
        assert {each.participant.pk: each.is_guest for each in found[session.pk]} == one
    return found


def test_members_guests_and_nobody_else(session, program):
    build.a_membership(session.group)
    guest = build.an_enrollment(program)
    build.a_make_up_seat(session, guest)
    build.a_make_up_seat(session, build.an_enrollment(program), released_at=build.NOW)
    build.a_membership(session.group, last_on="2026-11-22")
    build.a_membership(session.group, first_on="2026-11-24")
    other = build.a_session(build.a_group(program), starts="13:00", ends="14:00")
    build.a_membership(other.group, guest)
    found = agree(session, other)
    assert [len(found[each.pk]) for each in (session, other)] == [2, 1]


def test_a_member_with_a_seat_is_there_once(session):
    membership = build.a_membership(session.group)
    build.a_make_up_seat(session, membership.enrollment)
    assert [each.is_guest for each in agree(session)[session.pk]] == [False]


def test_who_is_away_or_discharged_is_not_expected(session, program):
    away = build.a_membership(session.group).enrollment
    build.a_leave(away.participant, "2026-11-20", None)
    gone = build.an_enrollment(program, discharged_on="2026-11-22", discharge_reason="completed")
    build.a_membership(session.group, gone)
    left_since = build.an_enrollment(program)
    build.a_make_up_seat(session, left_since)
    left_since.discharged_on, left_since.discharge_reason = build.on("2026-11-22"), "moved"
    left_since.save()
    assert agree(session)[session.pk] == ()


def test_a_cancelled_session_expects_nobody(session):
    build.a_membership(session.group)
    session.status = "cancelled"
    session.save()
    assert agree(session)[session.pk] == ()


def test_nothing_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert expected_on(build.MONDAY, []) == {}
