"""A discharge taken back: what it ended comes back where it is free, past rosters stay."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from groups.models import GroupMembership
from groups.roster import expected_at
from programs.models import EpisodeStep, FollowUp
from tests import build
from tests.build import NOW
from tests.groups.episodes import (
    call_off,
    dates,
    discharge,
    onward,
    refuses,
    reverse,
    steps,
    transfer,
)
from tests.groups.joining import NEXT, a_weekly_group, somebody, wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(program):
    return a_weekly_group(program, capacity=1)


@pytest.fixture
def ada(group):
    return build.a_membership(group, somebody(group.program)).enrollment


def test_everything_comes_back(group, ada):
    place = ada.memberships.get()
    later = build.a_membership(a_weekly_group(group.program), ada, first_on="2026-12-07")
    seat = build.a_make_up_seat(build.a_session(build.a_group(group.program), "2026-12-01"), ada)
    away = build.a_leave(ada.participant, "2026-11-28", "2026-11-29")
    full = a_weekly_group(group.program, capacity=1)
    build.a_membership(full)
    asked = wait(full, ada)
    discharge(ada, "2026-11-25")
    back = reverse(ada)
    assert back.restored.lost == ()
    ada.refresh_from_db()
    assert (ada.discharged_on, ada.discharge_reason, ada.destination) == (None, "", "")
    assert (dates(place), dates(later)) == (("2026-11-02", None), ("2026-12-07", None))
    assert dates(away) == ("2026-11-28", "2026-11-29")
    for row, name in ((seat, "released_at"), (asked, "left_at")):
        row.refresh_from_db()
        assert getattr(row, name) is None
    assert not FollowUp.objects.due().exists()
    assert steps(ada)[1:] == [("discharged", "active", "2026-11-26")]
    last = EpisodeStep.objects.last()
    assert last
    assert last.reason == "It was somebody else."
    event = AuditEvent.objects.get(verb="discharge.reversed")
    assert (event.detail["memberships"], event.detail["seats"]) == (2, 1)
    assert "somebody" not in str(event.detail)


def test_past_rosters_stay_they_come_back_from_today_on(group, ada):
    discharge(ada, "2026-11-25")
    a_week_later = NOW + timedelta(days=7)
    reverse(ada, now=a_week_later)
    assert not expected_at(group.sessions.get(held_on=NEXT)).exists()
    assert expected_at(group.sessions.get(held_on="2026-12-07")).get() == ada
    places = [dates(each) for each in ada.memberships.order_by("first_on")]
    assert places == [("2026-11-02", "2026-11-25"), ("2026-12-02", None)]
    assert steps(ada)[1:] == [("discharged", "active", "2026-12-02")]


def test_a_seat_that_is_taken_stays_taken(group, ada):
    discharge(ada, "2026-11-25")
    build.a_membership(group, somebody(group.program), first_on=NEXT)
    assert reverse(ada).restored.lost == (group.name,)
    assert dates(ada.memberships.get())[1] == "2026-11-25"


def test_what_was_changed_since_stays_as_it_is(ada):
    discharge(ada, "2026-12-10")
    GroupMembership.objects.update(last_on="2026-12-01")
    reverse(ada)
    assert dates(ada.memberships.get())[1] == "2026-12-01"


def test_a_place_whose_last_day_has_passed_does_not_come_back(group, ada):
    GroupMembership.objects.update(last_on="2026-11-28")
    discharge(ada, "2026-11-25")
    reverse(ada, now=NOW + timedelta(days=7))
    assert dates(ada.memberships.get())[1] == "2026-11-25"


def test_discharged_again_they_are_called_again(ada):
    discharge(ada, "2026-11-25")
    reverse(ada)
    discharge(ada, "2026-11-27")
    assert FollowUp.objects.due().count() == 4


def test_not_over_a_later_episode(program, ada):
    new = transfer(ada, onward(build.a_program()))
    said = refuses(lambda: reverse(ada))
    assert said.startswith("They are enrolled again from Nov 30, 2026 on")
    call_off(new)
    reverse(ada)


def test_a_reason_and_a_discharge(ada):
    assert refuses(lambda: reverse(ada)) == "They are not discharged."
    discharge(ada, "2026-11-25")
    assert refuses(lambda: reverse(ada, "  "), "reason") == "Say why it is taken back"
    reverse(ada)
    reverse(ada)
    assert EpisodeStep.objects.filter(came_from="discharged").count() == 1


def test_what_never_began_is_enrolled_again(program):
    ahead = somebody(program, admitted_on=NEXT)
    call_off(ahead)
    assert "Enroll them again" in refuses(lambda: reverse(ahead))


def test_an_imported_discharge_has_no_step(program):
    gone = somebody(program, discharged_on="2026-11-13", discharge_reason="moved")
    assert reverse(gone).restored.counts["memberships"] == 0


def test_nothing_is_kept_when_the_trail_cannot_be(program, audit_fails):
    gone = somebody(program, discharged_on="2026-11-13", discharge_reason="moved")
    assert refuses(lambda: reverse(gone))
