"""A slot begins, changes from a date on, ends; its sessions follow, and undo brings them back."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from groups.actions import generate_sessions
from groups.models import GroupSession, MeetingPattern
from groups.schedule.actions import change_slot, end_slot, move_session, start_slots, undo_change
from groups.schedule.edit import CannotSchedule, Placement, SlotWish, Why
from groups.schedule.planning import plan_slot_change
from groups.schedule.slot_planning import next_date_of
from tests import build
from tests.build import NOW, moment

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)


@pytest.fixture
def room(program):
    return build.a_room(program.site, name="Harbor Room")


@pytest.fixture
def slot(program, facilitator, room):
    """Mondays 9 to 12 from four weeks ago on, with its sessions to the horizon."""
    group = build.a_group(program, name="Process A", kind="process")
    pattern = build.a_pattern(group, room=room, facilitators=[facilitator])
    generate_sessions(now=NOW, by=None)
    return pattern


@pytest.fixture
def wish(room, facilitator):
    """Return a function that wishes for a slot like the fixture's, with changes."""

    def wished(**changes):
        usual = {
            "weekday": 0,
            "starts": time(9),
            "ends": time(12),
            "first_on": MONDAY,
            "room": room.pk,
            "leaders": (facilitator.pk,),
        }
        return SlotWish(**usual | changes)

    return wished


def calendar(group):
    """What stands in the group's calendar: date, start, end, room, who leads."""
    return [
        (
            each.held_on,
            each.starts_at,
            each.ends_at,
            each.room_id,
            each.status,
            [*each.facilitations.filter(is_former=False).values_list("user", flat=True)],
        )
        for each in GroupSession.objects.in_calendar().filter(group=group).order_by("starts_at")
    ]


def dates(group, **fields):
    found = GroupSession.objects.filter(group=group, status="scheduled", **fields)
    return list(found.order_by("held_on").values_list("held_on", flat=True))


def test_this_and_following_ends_one_slot_and_starts_another(slot, wish, clinician):
    before = dates(slot.group)
    change_slot(
        pattern=slot, wish=wish(weekday=1, starts=time(10)), from_on=MONDAY, now=NOW, by=clinician
    )
    slot.refresh_from_db()
    fresh = MeetingPattern.objects.get(follows=slot)
    assert (slot.last_on, fresh.first_on) == (MONDAY - timedelta(days=1), TUESDAY)
    assert dates(slot.group, pattern=slot) == [day for day in before if day < MONDAY]
    moved = GroupSession.objects.filter(pattern=fresh).order_by("held_on")
    assert [each.held_on for each in moved] == [
        day + timedelta(days=1) for day in before if day >= MONDAY
    ]
    assert moved[0].starts_at == moment(TUESDAY, "10:00")
    assert all(each.slot_on == each.held_on for each in moved)


def test_from_a_day_that_is_none_of_the_slots_it_changes_from_its_next(slot, wish, clinician):
    wednesday = MONDAY + timedelta(days=2)
    change_slot(pattern=slot, wish=wish(ends=time(11)), from_on=wednesday, now=NOW, by=clinician)
    fresh = MeetingPattern.objects.get(follows=slot)
    assert fresh.first_on == MONDAY + timedelta(days=7)
    assert MONDAY in dates(slot.group, pattern=slot)


def test_a_slot_that_has_ended_is_not_changed(slot, wish, clinician):
    end_slot(pattern=slot, last_on=MONDAY, now=NOW, by=clinician)
    with pytest.raises(CannotSchedule, match="ends before"):
        change_slot(pattern=slot, wish=wish(), from_on=TUESDAY, now=NOW, by=clinician)


def test_generating_after_a_change_adds_nothing_inside_the_horizon(slot, wish, clinician):
    change_slot(pattern=slot, wish=wish(weekday=3), from_on=MONDAY, now=NOW, by=clinician)
    before = calendar(slot.group)
    generate_sessions(now=NOW, by=None)
    assert calendar(slot.group)[: len(before)] == before


def test_sessions_keep_their_ids_and_seats(slot, wish, clinician):
    keys = set(GroupSession.objects.values_list("public_id", flat=True))
    change_slot(pattern=slot, wish=wish(weekday=2), from_on=MONDAY, now=NOW, by=clinician)
    assert keys <= set(GroupSession.objects.values_list("public_id", flat=True))


def test_undo_brings_the_series_back(slot, wish, clinician):
    before = calendar(slot.group)
    change = change_slot(
        pattern=slot,
        wish=wish(weekday=2, starts=time(14), ends=time(16), room=None, every_weeks=2),
        from_on=MONDAY,
        now=NOW,
        by=clinician,
    )
    assert calendar(slot.group) != before
    undo_change(change=change, now=NOW, by=clinician)
    assert calendar(slot.group) == before
    slot.refresh_from_db()
    assert slot.last_on is None
    assert not MeetingPattern.objects.in_force().exclude(pk=slot.pk).exists()
    generate_sessions(now=NOW, by=None)
    assert calendar(slot.group) == before


def test_the_whole_series_changed_from_its_start_withdraws_the_old_slot(program, wish, clinician):
    group = build.a_group(program)
    slot = build.a_pattern(group, first_on=MONDAY)
    generate_sessions(now=NOW, by=None)
    change_slot(pattern=slot, wish=wish(room=None, ends=time(11)), from_on=MONDAY, now=NOW, by=None)
    slot.refresh_from_db()
    assert slot.withdrawn_at == NOW
    assert MeetingPattern.objects.in_force().get(group=group).first_on == MONDAY


def test_sessions_with_attendance_stay_and_are_not_doubled(slot, wish, clinician):
    recorded = GroupSession.objects.get(held_on=date(2026, 12, 7))
    build.a_membership(slot.group, person := build.an_enrollment(slot.group.program))
    build.a_record(recorded, person.participant, absence="excused")
    edit = plan_slot_change(pattern=slot, wish=wish(weekday=1), from_on=MONDAY, now=NOW)
    assert [(each.key, each.why) for each in edit.kept] == [(recorded.pk, Why.RECORDED)]
    change_slot(
        pattern=slot, wish=wish(weekday=1), from_on=MONDAY, override="Yes", now=NOW, by=clinician
    )
    generate_sessions(now=NOW, by=None)
    week = [day for day in dates(slot.group) if date(2026, 12, 7) <= day <= date(2026, 12, 13)]
    assert week == [date(2026, 12, 7)]
    recorded.refresh_from_db()
    assert recorded.starts_at == moment("2026-12-07", "09:00")


def test_a_session_moved_by_hand_keeps_its_time(slot, wish, clinician, room, facilitator):
    session = GroupSession.objects.get(held_on=date(2026, 12, 7))
    to = Placement(date(2026, 12, 9), time(9), time(12), room=room.pk, leaders=(facilitator.pk,))
    move_session(session=session, to=to, now=NOW, by=clinician)
    change_slot(pattern=slot, wish=wish(weekday=1), from_on=MONDAY, now=NOW, by=clinician)
    session.refresh_from_db()
    assert (session.held_on, session.slot_on) == (date(2026, 12, 9), date(2026, 12, 8))
    generate_sessions(now=NOW, by=None)
    assert len([day for day in dates(slot.group) if 7 <= day.day <= 13 and day.month == 12]) == 1


def test_a_room_given_to_one_session_stays_with_it(slot, wish, clinician, room):
    own = build.a_room(slot.group.program.site)
    GroupSession.objects.filter(held_on=date(2026, 12, 7)).update(room=own)
    other = build.a_room(slot.group.program.site)
    change_slot(pattern=slot, wish=wish(room=other.pk), from_on=MONDAY, now=NOW, by=clinician)
    rooms = dict(GroupSession.objects.values_list("held_on", "room"))
    assert rooms[date(2026, 12, 7)] == own.pk
    assert rooms[date(2026, 12, 14)] == other.pk
    assert rooms[date(2026, 11, 23)] == room.pk


def test_a_date_closed_on_the_old_day_is_held_on_the_new_one(slot, wish, clinician):
    closed = date(2026, 12, 7)
    build.a_closure(slot.group.program, first_on=closed, last_on=closed)
    generate_sessions(now=NOW, by=None)
    assert closed not in dates(slot.group)
    change_slot(pattern=slot, wish=wish(weekday=1), from_on=MONDAY, now=NOW, by=clinician)
    assert date(2026, 12, 8) in dates(slot.group)


def test_a_date_closed_on_the_new_day_falls_away(slot, wish, clinician):
    closed = date(2026, 12, 8)
    build.a_closure(slot.group.program, first_on=closed, last_on=closed)
    change_slot(pattern=slot, wish=wish(weekday=1), from_on=MONDAY, now=NOW, by=clinician)
    session = GroupSession.objects.get(held_on=closed, cancelled_for__reason="Holiday")
    assert session.status == "cancelled"


def test_a_session_brought_back_on_a_closed_date_is_held_still(slot, wish, clinician):
    closed = date(2026, 12, 7)
    build.a_closure(slot.group.program, first_on=closed, last_on=closed)
    change_slot(pattern=slot, wish=wish(ends=time(11)), from_on=MONDAY, now=NOW, by=clinician)
    assert closed in dates(slot.group)


def test_moved_to_a_day_of_this_week_that_is_over_begins_next_week(slot, wish, clinician, program):
    group = build.a_group(program)
    friday = build.a_pattern(group, weekday=4)
    generate_sessions(now=NOW, by=None)
    change_slot(
        pattern=friday,
        wish=wish(room=None, leaders=(), weekday=1),
        from_on=date(2026, 11, 27),
        override="No one yet",
        now=NOW,
        by=clinician,
    )
    coming = dates(group, held_on__gte=date(2026, 11, 25))
    assert coming[:2] == [date(2026, 11, 27), date(2026, 12, 1)]
    generate_sessions(now=NOW, by=None)
    assert dates(group, held_on__gte=date(2026, 11, 25))[:2] == coming[:2]


def test_every_two_weeks_takes_every_other_session_out(slot, wish, clinician):
    change_slot(pattern=slot, wish=wish(every_weeks=2), from_on=MONDAY, now=NOW, by=clinician)
    assert dates(slot.group, held_on__gte=MONDAY)[:3] == [
        MONDAY,
        MONDAY + timedelta(weeks=2),
        MONDAY + timedelta(weeks=4),
    ]
    generate_sessions(now=NOW, by=None)
    assert dates(slot.group, held_on__gte=MONDAY)[1] == MONDAY + timedelta(weeks=2)


def test_a_slot_ends_after_a_date(slot, clinician):
    before = calendar(slot.group)
    change = end_slot(pattern=slot, last_on=MONDAY, now=NOW, by=clinician)
    assert dates(slot.group)[-1] == MONDAY
    generate_sessions(now=NOW, by=None)
    assert dates(slot.group)[-1] == MONDAY
    undo_change(change=change, now=NOW, by=clinician)
    assert calendar(slot.group) == before


def test_several_weekdays_begin_at_once(program, wish, clinician):
    group = build.a_group(program)
    wishes = [wish(weekday=day, room=None, first_on=MONDAY) for day in (0, 2, 4)]
    change = start_slots(group=group, wishes=wishes, now=NOW, by=clinician)
    assert {day.weekday() for day in dates(group)} == {0, 2, 4}
    before = calendar(group)
    generate_sessions(now=NOW, by=None)
    assert calendar(group) == before
    undo_change(change=change, now=NOW, by=clinician)
    assert calendar(group) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": time(9)}, "ends"),
        ({"breaks": ((time(8), time(9)),)}, "breaks"),
        ({"every_weeks": 13}, "every_weeks"),
        ({"last_on": date(2026, 11, 29)}, "last_on"),
        ({"last_on": MONDAY + timedelta(weeks=400)}, "last_on"),
        ({"first_on": date(2026, 11, 24)}, "first_on"),
        ({"first_on": date(2026, 11, 25), "weekday": 2}, "first_on"),
    ],
)
def test_bad_slots_are_refused_in_words(program, wish, clinician, changes, field):
    group = build.a_group(program)
    with pytest.raises(CannotSchedule) as refused:
        start_slots(group=group, wishes=[wish(**changes)], now=NOW, by=clinician)
    assert list(refused.value.words) == [field]
    assert not MeetingPattern.objects.filter(group=group).exists()


def test_two_slots_of_one_wish_in_the_same_room_stop_it(program, wish, clinician):
    group = build.a_group(program)
    wishes = [wish(), wish(starts=time(11), ends=time(13))]
    with pytest.raises(CannotSchedule) as refused:
        start_slots(group=group, wishes=wishes, override="Yes", now=NOW, by=clinician)
    assert any(each.is_hard for each in refused.value.clashes)
    assert not GroupSession.objects.filter(group=group).exists()


def test_the_next_date_of_a_slot(slot):
    assert next_date_of(slot, NOW) == MONDAY
    slot.last_on = date(2026, 11, 23)
    assert next_date_of(slot, NOW) is None
