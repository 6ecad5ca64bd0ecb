"""Discharge: what ends with the episode, which last days there can be, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts.models import AuditEvent
from groups.models import GroupMembership
from groups.roster import expected_at
from programs.models import EpisodeStep, FollowUp, Leave
from tests import build
from tests.build import NOW, on
from tests.groups.episodes import dates, discharge, refuses, steps
from tests.groups.joining import NEXT, a_weekly_group, somebody, wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(program):
    return a_weekly_group(program)


@pytest.fixture
def ada(group):
    return build.a_membership(group, somebody(group.program)).enrollment


def on_roster(group, day: str) -> set[int]:
    return {each.pk for each in expected_at(group.sessions.get(held_on=day))}


def test_memberships_end_and_the_past_stays(group, ada):
    later = build.a_membership(a_weekly_group(group.program), ada, first_on="2026-12-07")
    assert discharge(ada, "2026-11-25").discharge_reason == "completed"
    ada.refresh_from_db()
    assert (ada.discharged_on, ada.destination) == (date(2026, 11, 25), "home")
    assert dates(ada.memberships.get(group=group)) == ("2026-11-02", "2026-11-25")
    assert dates(later) == ("2026-12-07", "2026-12-06")  # it never began: no dates
    assert on_roster(group, "2026-11-23") == {ada.pk}
    assert on_roster(group, NEXT) == set()
    assert steps(ada) == [("active", "discharged", "2026-11-26")]
    event = AuditEvent.objects.get(verb="enrollment.discharged")
    assert event.detail == {
        "last_on": "2026-11-25",
        "reason": "completed",
        "memberships": 2,
        "seats": 0,
        "waiting": 0,
        "leaves": 0,
    }


def test_seats_lines_and_a_leave_end_too(group, ada):
    other = a_weekly_group(group.program, capacity=1)
    build.a_membership(other)
    wait(other, ada)
    elsewhere = build.a_group(group.program)
    before, after = (build.a_session(elsewhere, day) for day in ("2026-11-26", "2026-12-01"))
    kept, given_back = (build.a_make_up_seat(each, ada) for each in (before, after))
    away = build.a_leave(ada.participant, "2026-11-24", None)
    ahead = build.a_leave(build.a_participant(), "2026-12-20", None)
    discharge(ada, "2026-11-27")
    for seat in (kept, given_back):
        seat.refresh_from_db()
    assert (kept.released_at, given_back.released_at) == (None, NOW)
    assert ada.waiting.get().left_at == NOW
    assert dates(away) == ("2026-11-24", "2026-11-27")
    assert dates(ahead)[1] is None
    assert steps(ada) == [("on_leave", "discharged", "2026-11-28")]
    detail = EpisodeStep.objects.get().detail
    assert detail["seats"] == [str(given_back.public_id)]
    assert detail["leaves"] == [{"id": str(away.public_id), "was": None, "now": "2026-11-27"}]


def test_follow_ups_are_planned_but_not_for_who_died(group, ada):
    discharge(ada, "2026-11-25")
    found = FollowUp.objects.filter(enrollment=ada).values_list("days", "due_on")
    days = [(number, date(2026, 11, 25) + timedelta(number)) for number in (7, 30, 60, 90)]
    assert list(found) == days
    other = somebody(group.program)
    assert discharge(other, "2026-11-25", "deceased", "home").destination == ""
    assert not FollowUp.objects.filter(enrollment=other).exists()


def test_planned_ahead_they_are_expected_until_then(group, ada):
    discharge(ada, "2026-12-08")
    assert on_roster(group, "2026-12-07") == {ada.pk}
    assert on_roster(group, "2026-12-14") == set()


def test_the_seat_that_comes_free_goes_to_the_line(
    program, ada, django_capture_on_commit_callbacks
):
    full = a_weekly_group(program, capacity=1)
    build.a_membership(full, ada)
    first = somebody(program)
    wait(full, first)
    with django_capture_on_commit_callbacks(execute=True):
        discharge(ada, "2026-11-25")
    assert GroupMembership.objects.get(group=full, enrollment=first).first_on.isoformat() == NEXT


def test_sent_twice_it_is_done_once(ada):
    discharge(ada, "2026-11-25")
    discharge(ada, "2026-11-25")
    assert EpisodeStep.objects.count() == AuditEvent.objects.count() == 1
    said = refuses(lambda: discharge(ada, "2026-11-27", "moved"))
    assert said.startswith("They are discharged already; the last day is Nov 25, 2026.")


def test_not_before_the_admission(ada):
    said = refuses(lambda: discharge(ada, "2026-11-01"), "last_on")
    assert said.startswith("A discharge is not before the admission, Nov 2, 2026.")


def test_not_before_a_roster_that_is_over(group, ada):
    said = refuses(lambda: discharge(ada, "2026-11-22"), "last_on")
    assert said.startswith("They are on a roster of Nov 23, 2026")
    discharge(ada, "2026-11-23")  # the days since have no session of theirs
    assert on_roster(group, "2026-11-23") == {ada.pk}


def test_back_to_before_a_leave_they_did_not_return_from(group, ada):
    build.a_leave(ada.participant, "2026-11-17", None)
    assert "Nov 16" in refuses(lambda: discharge(ada, "2026-11-15"), "last_on")
    discharge(ada, "2026-11-16")
    assert Leave.objects.get().last_on == on("2026-11-16")


def test_today_while_its_session_is_recorded_they_stay_on_it(group, ada):
    session = build.a_session(group, "2026-11-25", "13:00", "15:00")
    discharged = discharge(somebody(group.program, admitted_on="2026-11-24"), "2026-11-24")
    assert discharged.discharged_on == on("2026-11-24")
    build.a_record(session, build.a_participant(), absence="excused")
    assert "Nov 25" in refuses(lambda: discharge(ada, "2026-11-24"), "last_on")


def test_not_before_a_day_they_were_on_record_as_a_walk_in(group, ada):
    session = build.a_session(build.a_group(group.program), "2026-11-24")
    build.a_record(session, ada.participant, "09:00-12:00")
    assert "Nov 24" in refuses(lambda: discharge(ada, "2026-11-23"), "last_on")


@pytest.mark.parametrize("day", ["0001-01-01", "2025-11-01", "2027-12-01", "9999-12-31"])
def test_no_mistyped_year(ada, day):
    assert refuses(lambda: discharge(ada, day), "last_on") == "Enter a date within a year of today"


@pytest.mark.parametrize("reason", ["", "never_started", "bored"])
def test_a_reason_of_the_list(ada, reason):
    assert refuses(lambda: discharge(ada, "2026-11-25", reason), "reason")


@pytest.mark.parametrize("destination", ["", "mars"])
def test_somewhere_they_go(ada, destination):
    assert refuses(lambda: discharge(ada, "2026-11-25", destination=destination), "destination")


def test_nothing_is_kept_when_the_trail_cannot_be(ada, audit_fails):
    assert refuses(lambda: discharge(ada, "2026-11-25"))
