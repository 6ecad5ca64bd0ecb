"""What the database refuses about groups, their slots and sessions, and who belongs to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import models

from groups.models import (
    Facilitation,
    GroupMembership,
    GroupSession,
    MakeUpSeat,
    MeetingPattern,
    PatternFacilitator,
    SessionLesson,
)
from tests import build
from tests.build import MONDAY, NOW, moment, on
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

Fields = dict[str, Any]


def a_seat(**fields: Any) -> models.Model:
    return build.a_make_up_seat(build.a_session(), build.an_enrollment(), **fields)


def a_membership(**fields: Any) -> models.Model:
    return build.a_membership(build.a_group(), **fields)


# The constraint, who builds the row, fields that are accepted, and changes that are refused.
ROWS: list[tuple[str, Callable[..., models.Model], Fields, Fields]] = [
    ("therapy_group_kind_known", build.a_group, {"kind": "family"}, {"kind": "yoga"}),
    ("therapy_group_format_known", build.a_group, {"format": "closed"}, {"format": "ajar"}),
    ("therapy_group_seats_someone", build.a_group, {"capacity": 1}, {"capacity": 0}),
    (
        "therapy_group_individual_is_one",
        build.a_group,
        {"kind": "individual", "capacity": 1},
        {"capacity": 2},
    ),
    (
        "therapy_group_holds_within_capacity",
        build.a_group,
        {"capacity": 8, "min_to_hold": 8},
        {"min_to_hold": 9},
    ),
    ("meeting_pattern_within_weeks", build.a_pattern, {"every_weeks": 1}, {"every_weeks": 0}),
    ("meeting_pattern_within_weeks", build.a_pattern, {"every_weeks": 12}, {"every_weeks": 13}),
    ("meeting_pattern_weekday_known", build.a_pattern, {"weekday": 6}, {"weekday": 7}),
    (
        "meeting_pattern_ends_after_start",
        build.a_pattern,
        {"starts": "09:00", "ends": "09:01"},
        {"ends": "09:00"},
    ),
    (
        "meeting_pattern_last_after_first",
        build.a_pattern,
        {"first_on": "2026-11-09", "last_on": "2026-11-09"},
        {"last_on": "2026-11-08"},
    ),
    ("session_status_known", build.a_session, {"status": "cancelled"}, {"status": "held"}),
    (
        "membership_ends_after_start",
        a_membership,
        # A membership that never began has no dates.
        {"first_on": "2026-11-09", "last_on": "2026-11-08"},
        {"last_on": "2026-11-07"},
    ),
    (
        "makeup_seat_released_after_booked",
        a_seat,
        {"booked_at": NOW, "released_at": NOW},
        {"released_at": NOW - timedelta(minutes=1)},
    ),
]


@pytest.mark.parametrize(("constraint", "build_row", "good", "changes"), ROWS)
def test_one_row(constraint: str, build_row: Callable, good: Fields, changes: Fields):
    row = build_row(**good)
    with refused(constraint):
        build_row(**{**good, **changes})
    explains(row, constraint, **changes)


@pytest.mark.parametrize("ends", ["09:00", "08:59"])
def test_a_session_ends_after_it_starts(ends: str):
    session = build.a_session(starts="09:00", ends="09:01")
    with refused("session_ends_after_start"):
        build.a_session(starts="09:00", ends=ends, room=build.a_room())
    explains(session, "session_ends_after_start", ends_at=moment(MONDAY, ends))


@pytest.mark.parametrize("breaks", ["08:59-09:10", "11:50-12:01", "12:30-12:45", "13:00-13:05"])
def test_breaks_lie_inside_the_session(breaks: str):
    session = build.a_session(starts="09:00", ends="12:00", breaks="09:00-09:15;11:45-12:00")
    with refused("session_breaks_inside"):
        build.a_session(starts="09:00", ends="12:00", breaks=breaks)
    start, end = breaks.split("-")
    outside = [(moment(MONDAY, start), moment(MONDAY, end))]
    explains(session, "session_breaks_inside", breaks=outside)


def test_breaks_are_kept_in_order_and_merged():
    session = build.a_session(breaks="11:00-11:10;09:30-09:40;09:40-09:45")
    session.refresh_from_db()
    assert session.breaks == (
        (moment(MONDAY, "09:30"), moment(MONDAY, "09:45")),
        (moment(MONDAY, "11:00"), moment(MONDAY, "11:10")),
    )


def test_only_a_cancelled_session_names_a_closure():
    group = build.a_group()
    closure = build.a_closure(group.program)
    build.a_session(group, closure.first_on, status="cancelled", cancelled_for=closure)
    session = build.a_session(group)
    with refused("session_closure_only_if_cancelled"):
        build.a_session(group, "2026-11-25", cancelled_for=closure)
    explains(session, "session_closure_only_if_cancelled", cancelled_for=closure)


def test_a_group_meets_once_at_a_time():
    session = build.a_session(starts="09:00")
    build.a_session(session.group, starts="13:00", ends="14:00")
    build.a_session(starts="09:00")
    for status in ("cancelled", "withdrawn"):
        build.a_session(session.group, starts="09:00", ends="10:00", status=status)
    with refused("session_once"):
        build.a_session(session.group, starts="09:00", ends="10:00")
    with refused("session_once"):
        session.group.sessions.filter(status="cancelled").update(status="scheduled")
    again = GroupSession(
        group=session.group,
        held_on=MONDAY,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
    )
    explains(again, "session_once")


def test_a_slot_once():
    pattern = build.a_pattern()
    build.a_pattern()
    build.a_pattern(pattern.group, first_on="2026-11-09")
    build.a_pattern(pattern.group, weekday=1)
    build.a_pattern(pattern.group, withdrawn_at=NOW)
    with refused("meeting_pattern_once"):
        build.a_pattern(pattern.group)
    with refused("meeting_pattern_once"):
        pattern.group.patterns.update(withdrawn_at=None)
    again = MeetingPattern.objects.get(pk=pattern.pk)
    again.pk, again._state.adding = None, True
    explains(again, "meeting_pattern_once")


@pytest.mark.parametrize(("starts", "ends"), [("09:00", "12:00"), ("11:59", "13:00")])
def test_a_room_once_at_a_time(starts: str, ends: str):
    room = build.a_room()
    first = build.a_session(starts="09:00", ends="12:00", room=room)
    build.a_session(starts="12:00", ends="13:00", room=room)
    build.a_session(starts=starts, ends=ends, room=room, status="cancelled")
    build.a_session(starts=starts, ends=ends)
    with refused("session_room_once"):
        build.a_session(starts=starts, ends=ends, room=room)
    again = GroupSession(
        group=build.a_group(),
        room=room,
        held_on=MONDAY,
        starts_at=first.starts_at,
        ends_at=first.ends_at,
    )
    explains(again, "session_room_once")


def test_a_form_may_leave_the_status_out():
    build.a_session(room=build.a_room()).validate_constraints(exclude={"status"})


def test_a_cancelled_session_frees_its_room():
    first = build.a_session(room=build.a_room())
    GroupSession.objects.filter(pk=first.pk).update(status="cancelled")
    build.a_session(room=first.room)
    with refused("session_room_once"):
        GroupSession.objects.filter(pk=first.pk).update(status="scheduled")


def test_a_facilitator_once_per_session_and_slot():
    user, session, pattern = build.a_user(), build.a_session(), build.a_pattern()
    build.a_facilitation(session, user)
    with refused("facilitation_once"):
        build.a_facilitation(session, user, is_former=True)
    PatternFacilitator.objects.create(pattern=pattern, user=user)
    PatternFacilitator.objects.create(pattern=pattern, user=build.a_user())
    with refused("pattern_facilitator_once"):
        PatternFacilitator.objects.create(pattern=pattern, user=user)


def test_nobody_leads_two_sessions_at_once():
    user = build.a_user()
    build.a_session(starts="09:00", ends="12:00", facilitators=[user])
    build.a_session(starts="12:00", ends="13:00", facilitators=[user])
    overlapping = build.a_session(starts="11:59", ends="13:00")
    build.a_facilitation(overlapping, build.a_user())
    with refused("facilitator_once_at_a_time"):
        build.a_facilitation(overlapping, user)
    build.a_facilitation(overlapping, user, is_former=True)


def test_a_session_cannot_move_to_where_its_facilitator_is():
    user = build.a_user()
    build.a_session(starts="09:00", ends="12:00", facilitators=[user])
    later = build.a_session(starts="13:00", ends="14:00", facilitators=[user])
    moved = GroupSession.objects.filter(pk=later.pk)
    moved.update(starts_at=moment(MONDAY, "12:00"))
    with refused("facilitator_once_at_a_time"):
        moved.update(starts_at=moment(MONDAY, "11:59"))


def test_a_cancelled_session_frees_its_facilitator():
    user = build.a_user()
    first = build.a_session(facilitators=[user])
    GroupSession.objects.filter(pk=first.pk).update(status="cancelled")
    build.a_session(facilitators=[user])
    with refused("facilitator_once_at_a_time"):
        GroupSession.objects.filter(pk=first.pk).update(status="scheduled")
    assert Facilitation.objects.get(session=first).span.isempty


def test_a_lesson_once_per_session():
    session = build.a_session()
    lesson, other = (build.a_lesson(session.group.program) for _ in range(2))
    SessionLesson.objects.create(session=session, lesson=lesson)
    SessionLesson.objects.create(session=session, lesson=other)
    with refused("session_lesson_once"):
        SessionLesson.objects.create(session=session, lesson=lesson)


def test_a_make_up_seat_once_until_given_back():
    session, enrollment = build.a_session(), build.an_enrollment()
    build.a_make_up_seat(session, enrollment, released_at=NOW)
    build.a_make_up_seat(session, enrollment)
    build.a_make_up_seat(session, build.an_enrollment())
    with refused("makeup_seat_once"):
        build.a_make_up_seat(session, enrollment)
    again = MakeUpSeat(session=session, enrollment=enrollment, booked_at=NOW)
    explains(again, "makeup_seat_once")


@pytest.mark.parametrize(("first", "last"), [("2026-11-20", None), ("2026-11-01", "2026-11-09")])
def test_a_membership_once_at_a_time(first: str, last: str | None):
    enrollment = build.an_enrollment(admitted_on="2026-10-01")
    group = build.a_group(enrollment.program)
    build.a_membership(group, enrollment, first_on="2026-11-09", last_on="2026-11-20")
    build.a_membership(group, enrollment, first_on="2026-11-21", last_on="2026-11-21")
    build.a_membership(build.a_group(), enrollment, first_on=first, last_on=last)
    with refused("membership_one_at_a_time"):
        build.a_membership(group, enrollment, first_on=first, last_on=last)
    again = GroupMembership(
        group=group,
        enrollment=enrollment,
        first_on=on(first),
        last_on=on(last) if last else None,
    )
    explains(again, "membership_one_at_a_time")
