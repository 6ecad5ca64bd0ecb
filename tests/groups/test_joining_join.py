"""Joining a group: from a date on, once, with a reason where something warns, or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from accounts.models import AuditEvent
from groups.joining.days import changes_from
from groups.models import GroupMembership, MakeUpSeat, ScheduleException, WaitingPlace
from groups.roster import expected_at
from groups.schedule.edit import CannotSchedule
from tests import build
from tests.build import MONDAY, NOW, moment, on
from tests.groups.joining import NEXT, WHY, a_weekly_group, join, refuses, somebody, wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(program):
    return a_weekly_group(program)


@pytest.fixture
def ada(program):
    return somebody(program)


def test_somebody_is_expected_from_their_first_day_on(group, ada, clinician):
    place = join(group, ada, by=clinician)
    assert (place.first_on, place.last_on) == (on(NEXT), None)
    before, after = group.sessions.get(held_on=MONDAY), group.sessions.get(held_on=NEXT)
    assert not expected_at(before).exists()
    assert expected_at(after).get() == ada


def test_a_last_day_can_be_given(group, ada):
    join(group, ada, last_on="2026-12-07")
    expected = [bool(expected_at(each)) for each in group.sessions.filter(held_on__gte=NEXT)]
    assert expected == [True, True, False]


def test_the_discharge_is_the_last_day_where_none_is_given(group, program):
    leaver = somebody(program, discharged_on="2026-12-10", discharge_reason="completed")
    assert join(group, leaver).last_on == on("2026-12-10")


def test_it_leaves_a_trace_without_a_name(group, ada, clinician):
    place = join(group, ada, by=clinician)
    event = AuditEvent.objects.get(verb="membership.started")
    assert (event.by, event.subject_id) == (clinician, place.public_id)
    assert event.participant_id == ada.participant.public_id
    assert event.program_id == group.program.public_id
    assert event.detail == {
        "group": str(group.public_id),
        "first_on": NEXT,
        "last_on": None,
        "overridden": [],
    }


def test_sent_twice_it_adds_once(group, ada):
    assert join(group, ada) == join(group, ada)
    assert AuditEvent.objects.filter(verb="membership.started").count() == 1


def test_nothing_is_kept_when_the_trail_cannot_be(program, audit_fails):
    group = a_weekly_group(program, capacity=1)
    build.a_membership(group)
    with pytest.raises(CannotSchedule):
        join(group, somebody(program), override=WHY)
    assert GroupMembership.objects.count() == 1
    assert not ScheduleException.objects.exists()


@pytest.mark.parametrize(
    ("first_on", "last_on", "field", "words"),
    [
        ("2026-11-24", None, "first_on", "Past rosters stay as they were."),
        ("2026-11-26", "2026-11-25", "last_on", "The last day is on or after the first."),
        ("2026-12-12", None, "first_on", "Their enrollment ends Fri Dec 11."),
        ("2026-12-07", "2026-12-12", "last_on", "Their enrollment ends Fri Dec 11."),
    ],
)
def test_dates_that_do_not_fit(program, group, first_on, last_on, field, words):
    leaver = somebody(program, discharged_on="2026-12-11", discharge_reason="moved")
    assert words in refuses(lambda: join(group, leaver, first_on, last_on), field)


def test_nobody_joins_before_their_admission(program, group):
    later = somebody(program, admitted_on="2026-12-02")
    said = refuses(lambda: join(group, later, "2026-12-01"), "first_on")
    assert said == "Their enrollment begins Wed Dec 2. Choose that day or a later one."
    assert join(group, later, "2026-12-02").first_on == on("2026-12-02")


def test_a_session_that_is_over_keeps_its_roster(group, ada):
    during, after = moment(MONDAY, "11:59"), moment(MONDAY, "12:00")
    said = refuses(lambda: join(group, ada, MONDAY, now=after), "first_on")
    assert "Today’s session is over" in said
    assert join(group, ada, MONDAY, now=during).first_on == MONDAY


def test_somebody_of_another_program(group):
    said = refuses(lambda: join(group, build.an_enrollment()), "person")
    assert said == "Choose somebody who is enrolled in this program."


def test_whoever_is_in_it_already(group, ada):
    build.a_membership(group, ada, first_on="2026-11-09", last_on="2026-12-04")
    said = refuses(lambda: join(group, ada), "person")
    assert said == "They are in this group already, from Mon Nov 9 to Fri Dec 4."
    assert join(group, ada, "2026-12-05").last_on is None


def test_a_full_group_takes_somebody_with_a_reason_only(program, group, clinician):
    build.a_membership(group)
    build.a_membership(group, first_on="2026-12-08")
    one_more = somebody(program)
    refuses(lambda: join(group, one_more), kind="group_capacity")
    assert join(group, one_more, last_on="2026-12-07").pk
    place = join(group, somebody(program), override=f" {WHY} ", by=clinician)
    exception = ScheduleException.objects.get()
    assert (exception.kind, exception.membership) == ("group_capacity", place)
    assert (exception.reason, exception.made_by, exception.made_at) == (WHY, clinician, NOW)
    assert exception.first_on == exception.last_on == on(NEXT)
    assert exception.detail == {"expected": 3, "capacity": 2}
    assert exception.participant == place.enrollment.participant


def test_a_seat_that_somebody_waits_for_is_not_free(program):
    group = a_weekly_group(program, capacity=1)
    leaving = build.a_membership(group)
    first = somebody(program)
    wait(group, first)
    GroupMembership.objects.filter(pk=leaving.pk).update(last_on="2026-11-27")
    refuses(lambda: join(group, somebody(program)), kind="group_capacity")
    assert join(group, first).first_on == on(NEXT)


def test_who_joins_waits_no_longer(program):
    group = a_weekly_group(program, capacity=1)
    build.a_membership(group)
    ada = somebody(program)
    waits = wait(group, ada)
    place = join(group, ada, override=WHY, now=NOW + timedelta(minutes=1))
    waits.refresh_from_db()
    assert (waits.membership, waits.left_at) == (place, NOW + timedelta(minutes=1))
    assert not WaitingPlace.objects.waiting().exists()


def test_a_closed_group_takes_people_at_its_start(program, ada):
    group = a_weekly_group(program, format="closed")
    refuses(lambda: join(group, ada), kind="closed_group")
    place = join(group, ada, override=WHY)
    exception = ScheduleException.objects.get()
    assert (exception.kind, exception.membership) == ("closed_group", place)
    assert AuditEvent.objects.get().detail["overridden"] == ["closed_group"]


def test_a_closed_group_is_open_on_the_day_it_begins(program, ada):
    group = build.a_group(program, format="closed")
    build.a_pattern(group, first_on="2026-11-24")
    build.a_session(group, NEXT)
    assert join(group, ada, NEXT).pk
    refuses(lambda: join(group, somebody(program), "2026-12-01"), kind="closed_group")


def test_a_closed_group_without_sessions_begins_with_its_first_slot(program, ada):
    group = build.a_group(program, format="closed")
    assert join(group, ada, "2026-11-26").pk  # no slot, no start
    build.a_pattern(group, first_on="2026-11-24")  # whose first Monday is the 30th
    assert join(group, somebody(program), NEXT).pk
    refuses(lambda: join(group, somebody(program), "2026-12-01"), kind="closed_group")


def test_two_groups_at_the_same_time_need_a_reason(program, group, ada):
    other = a_weekly_group(program, name="Process")
    build.a_membership(other, ada, last_on="2026-12-07")
    refuses(lambda: join(group, ada), kind="participant")
    place = join(group, ada, override=WHY)
    exception = ScheduleException.objects.get()
    assert (exception.kind, exception.times) == ("participant", 2)
    assert (exception.first_on, exception.last_on) == (on(NEXT), on("2026-12-07"))
    assert (exception.membership, exception.participant) == (place, ada.participant)


def test_a_clash_is_none_where_they_are_away_or_the_other_session_is_cancelled(program, group, ada):
    other = a_weekly_group(program)
    build.a_membership(other, ada, last_on="2026-12-07")
    other.sessions.filter(held_on=NEXT).update(status="cancelled")
    build.a_leave(ada.participant, "2026-12-07", "2026-12-07")
    assert join(group, ada).pk


def test_a_make_up_seat_at_that_time_clashes_too(program, group, ada):
    build.a_make_up_seat(build.a_session(build.a_group(program), NEXT, "11:59", "13:00"), ada)
    refuses(lambda: join(group, ada), kind="participant")


def test_a_room_or_a_facilitator_can_be_one_too_many(program, group, ada, facilitator):
    build.a_membership(group)
    program.schedule_rules.create(effective_from="2026-01-01", max_per_facilitator=1)
    ahead = group.sessions.filter(held_on__gte=NEXT)
    for session in ahead:
        build.a_facilitation(session, facilitator)
    refuses(lambda: join(group, ada), kind="ratio")
    ahead.filter(held_on=NEXT).update(room=build.a_room(capacity=1))
    place = join(group, ada, override=WHY)
    rows = ScheduleException.objects.filter(membership=place).order_by("kind")
    assert [(row.kind, row.times) for row in rows] == [("ratio", 3), ("room_capacity", 1)]


def test_whoever_is_away_is_one_too_many_nowhere(group, ada):
    build.a_membership(group)
    group.sessions.filter(held_on=NEXT).update(room=build.a_room(capacity=1))
    build.a_leave(ada.participant, NEXT, NEXT)
    assert join(group, ada).pk


@pytest.mark.parametrize(
    ("zone", "utc", "today"),
    [
        ("America/New_York", "2026-11-01T03:59", "2026-10-31"),
        ("America/New_York", "2026-11-01T04:00", "2026-11-01"),
        ("America/New_York", "2026-11-02T04:59", "2026-11-01"),  # an hour more on this day
        ("America/Los_Angeles", "2026-11-02T07:59", "2026-11-01"),
        ("America/New_York", "2026-03-09T03:59", "2026-03-08"),  # an hour less on this one
        ("America/Phoenix", "2026-03-09T06:59", "2026-03-08"),
    ],
)
def test_today_is_the_sites(zone, utc, today):
    group = build.a_group(build.a_program(build.a_site(timezone=zone)))
    now = datetime.fromisoformat(f"{utc}+00:00")
    assert changes_from(group, now) == on(today)
    assert changes_from(group, now + timedelta(minutes=1)) >= on(today)


def test_who_joins_a_combined_session_is_expected_where_it_meets(program, group, ada, clinician):
    taking_in = build.a_session(build.a_group(program), NEXT, "13:00", "15:00")
    combined = group.sessions.filter(held_on=NEXT)
    combined.update(status="cancelled", combined_into=taking_in)
    join(group, ada, by=clinician)
    seat = MakeUpSeat.objects.get()
    assert (seat.session, seat.enrollment, seat.booked_by) == (taking_in, ada, clinician)
    assert seat.combined_from == combined.get()
    assert expected_at(taking_in).get() == ada


@pytest.mark.parametrize("place", ["member", "guest", "joins_later"])
def test_no_second_seat_and_none_outside_the_place(program, group, ada, place):
    taking_in = build.a_session(build.a_group(program), NEXT, "13:00", "15:00")
    group.sessions.filter(held_on=NEXT).update(status="cancelled", combined_into=taking_in)
    if place == "member":
        build.a_membership(taking_in.group, ada)
    elif place == "guest":
        build.a_make_up_seat(taking_in, ada)
    join(group, ada, "2026-12-01" if place == "joins_later" else NEXT)
    assert not MakeUpSeat.objects.filter(combined_from__isnull=False).exists()
