"""Two people change the calendar in the same moment, on two real connections."""

from __future__ import annotations

from datetime import date, time
from functools import partial

import pytest

from groups.actions import generate_sessions
from groups.models import ClashKind, GroupSession, MeetingPattern, ScheduleChange
from groups.schedule.actions import add_session, change_slot, move_session, undo_change
from groups.schedule.edit import CannotSchedule, Placement, SlotWish, kinds
from groups.schedule.undo import CannotUndo
from programs.models import Role
from tests import build
from tests.at_once import at_once as acts_at_once
from tests.build import NOW

pytestmark = pytest.mark.django_db(transaction=True)
THURSDAY, MONDAY = date(2026, 12, 3), date(2026, 11, 30)
at_once = partial(acts_at_once, words=(CannotSchedule, CannotUndo))


def to(room=None, leaders=(), starts="09:00", ends="11:00"):
    return Placement(
        THURSDAY, time.fromisoformat(starts), time.fromisoformat(ends), room=room, leaders=leaders
    )


@pytest.mark.parametrize("wanted", ["room", "facilitator"])
def test_of_two_who_save_the_same_place_one_wins_and_the_other_hears_who_has_it(wanted):
    programs = [build.a_program(), build.a_program()]
    room, user = build.a_room(), build.a_user()
    for program in programs:
        build.an_assignment(user, program, Role.FACILITATOR)
    groups = [build.a_group(program) for program in programs]
    place = to(room=room.pk) if wanted == "room" else to(leaders=(user.pk,))
    results = at_once(
        *(
            lambda group=group: add_session(
                group=group, to=place, override="Small", now=NOW, by=None
            )
            for group in groups
        )
    )
    (lost,) = [each for each in results if isinstance(each, CannotSchedule)]
    held = GroupSession.objects.get()
    clash = next(each for each in lost.clashes if each.is_hard)
    assert clash.kind == (ClashKind.ROOM if wanted == "room" else ClashKind.FACILITATOR)
    assert (clash.other.group, clash.other.key) == (held.group.name, held.pk)
    assert ScheduleChange.objects.count() == 1


def test_of_two_moves_of_one_session_the_second_finds_it_moved():
    session = build.a_session(day=MONDAY)
    results = at_once(
        *(
            lambda starts=starts, ends=ends: move_session(
                session=session, to=to(starts=starts, ends=ends), override="Yes", now=NOW, by=None
            )
            for starts, ends in (("09:00", "11:00"), ("13:00", "15:00"))
        )
    )
    assert all(isinstance(each, ScheduleChange) for each in results)
    first, second = ScheduleChange.objects.order_by("pk")
    assert second.before == first.after


@pytest.mark.parametrize("since", ["2026-11-09", "2026-11-30"])
def test_of_two_changes_of_one_slot_one_wins(since):
    slot = build.a_pattern(first_on=since)
    generate_sessions(now=NOW, by=None)
    count = GroupSession.objects.count()
    results = at_once(
        *(
            lambda day=day: change_slot(
                pattern=slot,
                wish=SlotWish(day, time(9), time(12), MONDAY),
                from_on=MONDAY,
                override="Yes",
                now=NOW,
                by=None,
            )
            for day in (1, 2)
        )
    )
    assert sum(isinstance(each, ScheduleChange) for each in results) == 1
    assert MeetingPattern.objects.meeting_since(MONDAY).count() == 1
    assert GroupSession.objects.in_calendar().count() == count


def test_a_change_and_the_nights_run_make_no_session_twice():
    slot = build.a_pattern(first_on="2026-11-30")
    generate_sessions(now=NOW, by=None)
    at_once(
        lambda: change_slot(
            pattern=slot,
            wish=SlotWish(1, time(9), time(12), MONDAY),
            from_on=MONDAY,
            override="Yes",
            now=NOW,
            by=None,
        ),
        lambda: generate_sessions(now=NOW, by=None),
    )
    fresh = MeetingPattern.objects.in_force().get()
    held = GroupSession.objects.in_calendar()
    assert set(held.values_list("pattern", flat=True)) == {fresh.pk}
    assert len(set(held.values_list("slot_on", flat=True))) == held.count()


def test_of_two_undos_one_does_it():
    session = build.a_session(day=MONDAY)
    change = move_session(session=session, to=to(), override="Yes", now=NOW, by=None)
    results = at_once(*[lambda: undo_change(change=change, now=NOW, by=None)] * 2)
    assert sum(isinstance(each, CannotUndo) for each in results) == 1
    session.refresh_from_db()
    assert session.held_on == MONDAY


def test_who_is_being_marked_is_not_moved_away():
    session, person = build.a_session(day=MONDAY), build.a_participant()
    results = at_once(
        lambda: build.a_record(session, person, absence="excused"),
        lambda: move_session(session=session, to=to(), override="Yes", now=NOW, by=None),
    )
    session.refresh_from_db()
    was_moved = session.held_on == THURSDAY
    assert was_moved == isinstance(results[1], ScheduleChange)
    assert was_moved or not kinds(results[1].clashes)
