"""Moving to another group, leaving one, and beginning later: dates, words, seats, combined days."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from accounts.models import AuditEvent
from groups.joining.actions.members import put_off_membership
from groups.models import GroupMembership, MakeUpSeat, ScheduleException, TherapyGroup
from groups.roster import expected_at
from groups.schedule.edit import CannotSchedule
from programs.models import Program
from tests import build
from tests.build import MONDAY, NOW, moment, on
from tests.groups.joining import (
    NEXT,
    WHY,
    a_weekly_group,
    end,
    join,
    move,
    refuses,
    somebody,
    wait,
)

pytestmark = pytest.mark.django_db


class Two(NamedTuple):
    """Two groups, Mondays and Tuesdays, and somebody who is in the first."""

    here: TherapyGroup
    there: TherapyGroup
    place: GroupMembership


@pytest.fixture
def two(program: Program) -> Two:
    here, there = a_weekly_group(program), build.a_group(program, capacity=2)
    build.a_session(there, "2026-12-01")
    return Two(here, there, build.a_membership(here, somebody(program)))


def put_off(place, first_on, *, now=NOW):
    return put_off_membership(place=place, first_on=on(first_on), now=now, by=None)


def expected_on(group, day):
    return expected_at(group.sessions.get(held_on=on(day))).count()


# --- moving -----------------------------------------------------------------------------------


def test_one_place_ends_the_day_before_the_other_begins(two):
    new = move(two.place, two.there).place
    two.place.refresh_from_db()
    assert (two.place.group, two.place.last_on) == (two.here, on("2026-11-29"))
    assert (new.group, new.first_on, new.last_on) == (two.there, on(NEXT), None)
    assert (expected_on(two.here, NEXT), expected_on(two.there, "2026-12-01")) == (0, 1)
    assert expected_on(two.here, MONDAY) == 1
    detail = AuditEvent.objects.get(verb="membership.moved").detail
    assert (detail["group"], detail["left"]) == (
        str(two.there.public_id),
        str(two.here.public_id),
    )


def test_a_last_day_goes_along(two):
    GroupMembership.objects.filter(pk=two.place.pk).update(last_on="2026-12-11")
    assert move(two.place, two.there).place.last_on == on("2026-12-11")


def test_sent_twice_it_moves_once(two):
    assert move(two.place, two.there).place == move(two.place, two.there).place
    assert GroupMembership.objects.count() == 2
    assert AuditEvent.objects.filter(verb="membership.moved").count() == 1


@pytest.mark.parametrize("first_on", ["2026-11-27", NEXT])
def test_a_place_that_has_not_begun_goes_over_whole(program, two, first_on):
    place = join(two.here, somebody(program))
    for _ in range(2):
        assert move(place, two.there, first_on).place == place
    place.refresh_from_db()
    assert (place.group, place.first_on, place.last_on) == (two.there, on(first_on), None)
    assert AuditEvent.objects.filter(verb="membership.moved").count() == 1


def test_a_place_to_come_may_also_begin_here_first(program, two):
    place = join(two.here, somebody(program))
    new = move(place, two.there, "2026-12-07").place
    place.refresh_from_db()
    assert (place.group, place.last_on) == (two.here, on("2026-12-06"))
    assert new.first_on == on("2026-12-07")


@pytest.mark.parametrize(
    ("first_on", "words"),
    [
        ("2026-11-24", "Past rosters stay as they were."),
        ("2026-12-05", "They leave this group Fri Dec 4."),
    ],
)
def test_days_that_do_not_fit_a_move(two, first_on, words):
    GroupMembership.objects.filter(pk=two.place.pk).update(last_on="2026-12-04")
    assert words in refuses(lambda: move(two.place, two.there, first_on), "first_on")


def test_a_move_past_the_discharge(program, two):
    leaver = somebody(program, discharged_on="2026-12-04", discharge_reason="moved")
    place = build.a_membership(two.here, leaver)
    said = refuses(lambda: move(place, two.there, "2026-12-05"), "first_on")
    assert "Fri Dec 4" in said


def test_a_move_into_the_same_group_another_program_or_where_they_are(program, two):
    said = refuses(lambda: move(two.place, two.here), "person")
    assert "They are in this group already" in said
    refuses(lambda: move(two.place, build.a_group()), "person")
    build.a_membership(two.there, two.place.enrollment)
    assert "already" in refuses(lambda: move(two.place, two.there), "person")


def test_a_full_or_closed_group_takes_a_move_with_a_reason(program, two):
    TherapyGroup.objects.filter(pk=two.there.pk).update(capacity=1, format="closed")
    build.a_membership(two.there)
    build.a_session(two.there, "2026-11-24")
    with pytest.raises(CannotSchedule) as caught:
        move(two.place, two.there)
    assert {each.kind for each in caught.value.clashes} == {"closed_group", "group_capacity"}
    new = move(two.place, two.there, override=WHY).place
    kinds = ScheduleException.objects.filter(membership=new).values_list("kind", flat=True)
    assert set(kinds) == {"closed_group", "group_capacity"}


def test_the_group_that_is_left_is_no_clash_and_a_third_is(program, two):
    same_time = a_weekly_group(program)
    assert move(two.place, same_time).place.group == same_time
    other = build.a_membership(two.there, somebody(program))
    build.a_membership(two.here, other.enrollment)
    refuses(lambda: move(other, same_time), kind="participant")


def test_the_seat_that_a_move_frees_goes_to_the_first_in_line(program, two):
    TherapyGroup.objects.filter(pk=two.here.pk).update(capacity=1)
    first = somebody(program)
    wait(two.here, first)
    (came,) = move(two.place, two.there).promoted
    assert (came.enrollment, came.group, came.first_on) == (first, two.here, on(NEXT))


def test_somebody_moved_them_meanwhile(program, two):
    GroupMembership.objects.filter(pk=two.place.pk).update(group=a_weekly_group(program))
    for do in (lambda: end(two.place, NEXT), lambda: move(two.place, two.there)):
        assert "Somebody else has moved them" in refuses(do, "__all__")


# --- leaving ----------------------------------------------------------------------------------


def test_the_last_day_is_still_a_day_in_the_group(two):
    end(two.place, NEXT)
    assert (expected_on(two.here, NEXT), expected_on(two.here, "2026-12-07")) == (1, 0)
    event = AuditEvent.objects.get(verb="membership.ended")
    assert (event.subject_id, event.detail["last_on"]) == (two.place.public_id, NEXT)


def test_ending_twice_ends_once_and_earlier_again(two):
    for day in (NEXT, NEXT, "2026-11-27"):
        end(two.place, day)
    assert AuditEvent.objects.filter(verb="membership.ended").count() == 2
    two.place.refresh_from_db()
    assert two.place.last_on == on("2026-11-27")


def test_from_today_on_they_can_be_gone(two):
    end(two.place, "2026-11-24")  # NOW is the 25th
    assert not GroupMembership.objects.on(on("2026-11-25")).exists()


@pytest.mark.parametrize(
    ("last_on", "words"),
    [
        ("2026-11-23", "Past rosters stay as they were. Choose Tue Nov 24 or a later day."),
        ("2026-12-12", "They leave Fri Dec 11. To stay longer they join again"),
    ],
)
def test_days_that_cannot_be_the_last(two, last_on, words):
    GroupMembership.objects.filter(pk=two.place.pk).update(last_on="2026-12-11")
    assert words in refuses(lambda: end(two.place, last_on), "last_on")


def test_no_last_day_before_the_first(program, two):
    place = join(two.here, somebody(program))
    said = refuses(lambda: end(place, "2026-11-29"), "last_on")
    assert "They begin Mon Nov 30, so no last day is before that." in said
    assert end(place, NEXT).place.last_on == on(NEXT)


def test_who_came_today_was_in_the_group_today(two):
    session = two.here.sessions.get(held_on=MONDAY)
    build.a_record(session, two.place.enrollment.participant, "09:00-")
    during = moment(MONDAY, "10:00")
    said = refuses(lambda: end(two.place, "2026-11-22", now=during), "last_on")
    assert "Choose Mon Nov 23 or a later day." in said
    assert end(two.place, MONDAY, now=during).place.last_on == MONDAY


@pytest.mark.parametrize("act", ["end", "move", "put_off"])
def test_nothing_is_kept_when_the_trail_cannot_be(program, two, act, audit_fails):
    later = build.a_membership(two.here, somebody(program), first_on=NEXT)
    acts = {
        "end": lambda: end(two.place, NEXT),
        "move": lambda: move(two.place, two.there),
        "put_off": lambda: put_off(later, "2026-12-07"),
    }
    assert "Look at the page and try again." in refuses(acts[act], "__all__")


# --- beginning later --------------------------------------------------------------------------


def test_who_has_not_begun_can_begin_later(program, two):
    place = join(two.here, somebody(program))
    for _ in range(2):
        assert put_off(place, "2026-12-07").first_on == on("2026-12-07")
    assert AuditEvent.objects.filter(verb="membership.put_off").count() == 1
    assert (expected_on(two.here, NEXT), expected_on(two.here, "2026-12-07")) == (1, 2)


@pytest.mark.parametrize(
    ("first_on", "words"),
    [
        ("2026-11-29", "They begin Mon Nov 30. Choose a later day."),
        ("2026-12-12", "They leave Fri Dec 11. Choose that day or an earlier one."),
    ],
)
def test_days_on_which_nobody_begins(program, two, first_on, words):
    place = join(two.here, somebody(program), last_on="2026-12-11")
    assert refuses(lambda: put_off(place, first_on), "first_on") == words


def test_who_has_begun_is_not_put_off(two):
    said = refuses(lambda: put_off(two.place, NEXT), "first_on")
    assert "They have been in the group since Mon Nov 2." in said


# --- combined sessions ------------------------------------------------------------------------


@pytest.fixture
def combined(program, two):
    """The session of the 7th meets with another; somebody joins before, with a seat there."""
    taking_in = build.a_session(build.a_group(program), "2026-12-07", "13:00", "15:00")
    sessions = two.here.sessions.filter(held_on="2026-12-07")
    sessions.update(status="cancelled", combined_into=taking_in)
    return join(two.here, somebody(program))


@pytest.mark.parametrize("act", ["end", "move", "put_off"])
def test_the_seat_in_a_combined_session_goes_with_the_place(two, combined, act):
    assert MakeUpSeat.objects.held().get().enrollment == combined.enrollment
    acts = {
        "end": lambda: end(combined, "2026-12-06"),
        "move": lambda: move(combined, two.there),
        "put_off": lambda: put_off(combined, "2026-12-08"),
    }
    acts[act]()
    assert MakeUpSeat.objects.get().released_at == NOW


def test_the_seat_stays_for_the_dates_of_the_place(combined):
    put_off(combined, "2026-12-07")
    end(combined, "2026-12-07")
    assert MakeUpSeat.objects.held().count() == 1
