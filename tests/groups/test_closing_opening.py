"""Opening again: sessions come back as they were, as far as nobody has taken their place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent, User
from groups.actions import generate_sessions
from groups.closing.actions import CannotOpen
from groups.closing.opening_plan import plan_opening
from groups.models import GroupSession
from groups.schedule.actions import reinstate_session, undo_change
from programs.models import Closure, Program
from tests import build
from tests.build import NOW
from tests.groups.closing import (
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    WHY,
    a_wish,
    as_they_stand,
    close,
    reopen,
    statuses,
)

pytestmark = pytest.mark.django_db


def test_sessions_come_back_as_they_were(program: Program, clinician: User, facilitator: User):
    room = build.a_room(program.site)
    build.a_session(build.a_group(program), WEDNESDAY, room=room, facilitators=[facilitator])
    by_hand = build.a_session(build.a_group(program), WEDNESDAY, status="cancelled")
    before = as_they_stand()
    closure = close(a_wish(program))
    reopen(closure, clinician)
    assert as_they_stand() == before
    by_hand.refresh_from_db()
    assert by_hand.status == "cancelled"
    closure.refresh_from_db()
    assert (closure.removed_at, closure.removed_by) == (NOW, clinician)
    event = AuditEvent.objects.get(verb="closure.removed")
    assert (event.by, event.program_id) == (clinician, program.public_id)
    assert (event.detail["returning"], event.detail["without_room"]) == (1, 0)


def test_closing_again_after_that_works(program: Program):
    build.a_session(build.a_group(program), WEDNESDAY)
    for _ in range(2):
        closure = close(a_wish(program))
        assert statuses() == ["cancelled"]
        reopen(closure)
        assert statuses() == ["scheduled"]


def test_what_has_been_taken_meanwhile_is_left_out(
    program: Program, facilitator: User, clinician: User
):
    room, group = build.a_room(program.site), build.a_group(program)
    session = build.a_session(group, WEDNESDAY, room=room, facilitators=[facilitator, clinician])
    closure = close(a_wish(program))
    elsewhere = build.a_group(build.a_program(program.site))
    build.a_session(elsewhere, WEDNESDAY, "11:00", "13:00", room=room, facilitators=[facilitator])
    (planned,) = plan_opening(closure, NOW).returning
    assert (planned.is_without_room, planned.without) == (True, frozenset([facilitator.pk]))
    reopen(closure)
    session.refresh_from_db()
    assert (session.status, session.room) == ("scheduled", None)
    leading = session.facilitations.filter(is_former=False)
    assert [each.user for each in leading] == [clinician]


def test_what_ends_when_it_begins_takes_nothing(program: Program, facilitator: User):
    room = build.a_room(program.site, turnover_minutes=15)
    session = build.a_session(
        build.a_group(program), WEDNESDAY, room=room, facilitators=[facilitator]
    )
    closure = close(a_wish(program))
    build.a_session(
        build.a_group(program), WEDNESDAY, "12:00", "13:00", room=room, facilitators=[facilitator]
    )
    assert plan_opening(closure, NOW).returning[0].is_whole
    reopen(closure)
    session.refresh_from_db()
    assert session.room == room


def test_of_two_that_want_one_room_the_first_gets_it(program: Program):
    room = build.a_room(program.site)
    closure = build.a_closure(program, first_on=WEDNESDAY, last_on=WEDNESDAY)
    off: dict[str, Any] = {"status": "cancelled", "cancelled_for": closure, "room": room}
    first, second = (
        build.a_session(build.a_group(program), WEDNESDAY, starts, **off)
        for starts in ("09:00", "10:00")
    )
    reopen(closure)
    rooms = dict(GroupSession.objects.values_list("pk", "room"))
    assert rooms == {first.pk: room.pk, second.pk: None}


def test_a_group_that_meets_then_already_is_not_doubled(program: Program):
    session = build.a_session(build.a_group(program), WEDNESDAY)
    closure = close(a_wish(program))
    build.a_session(session.group, WEDNESDAY)
    plan = reopen(closure)
    assert [each.pk for each in plan.doubled] == [session.pk]
    session.refresh_from_db()
    assert session.status == "cancelled"


def test_days_of_another_closure_stay_closed_for_that_one(program: Program):
    group = build.a_group(program)
    for day in (TUESDAY, WEDNESDAY, THURSDAY):
        build.a_session(group, day)
    ours = close(a_wish(program, TUESDAY, WEDNESDAY))
    sites = close(a_wish(program, WEDNESDAY, THURSDAY, of_site=True))
    assert len(reopen(ours).elsewhere) == 1
    assert list(
        GroupSession.objects.order_by("held_on").values_list("cancelled_for", flat=True)
    ) == [
        None,
        sites.pk,
        sites.pk,
    ]
    reopen(sites)
    assert statuses() == ["scheduled"] * 3


def test_a_closure_of_another_program_keeps_nothing_closed(program: Program):
    build.a_session(build.a_group(program), WEDNESDAY)
    sites = close(a_wish(program, of_site=True))
    close(a_wish(build.a_program(program.site)))
    reopen(sites)
    assert statuses() == ["scheduled"]


def test_what_was_held_in_spite_of_another_closure_is_held_again(program: Program):
    session = build.a_session(build.a_group(program), WEDNESDAY)
    close(a_wish(program))
    session.refresh_from_db()
    reinstate_session(session=session, override=WHY, now=NOW, by=None)
    wider = close(a_wish(program, TUESDAY, THURSDAY))
    reopen(wider)
    assert statuses() == ["scheduled"]
    assert generate_sessions(now=NOW, by=None).cancelled == 0


def test_what_was_brought_back_and_given_up_again_stays_closed(program: Program):
    session = build.a_session(build.a_group(program), WEDNESDAY)
    closure = close(a_wish(program))
    session.refresh_from_db()
    change = reinstate_session(session=session, override=WHY, now=NOW, by=None)
    undo_change(change=change, now=NOW, by=None)
    assert statuses() == ["cancelled"]
    assert [each.session.pk for each in reopen(closure).returning] == [session.pk]
    assert statuses() == ["scheduled"]


def test_sessions_made_on_closed_days_come_too(program: Program):
    build.a_pattern(build.a_group(program), weekday=2)
    closure = close(a_wish(program, "2026-12-30"))
    generate_sessions(now=NOW, by=None)
    reopen(closure)
    assert not GroupSession.objects.exclude(status="scheduled").exists()


def test_what_is_over_stays_cancelled(program: Program):
    group = build.a_group(program)
    for day in (TUESDAY, THURSDAY):
        build.a_session(group, day)
    closure = close(a_wish(program, TUESDAY, THURSDAY))
    reopen(closure, now=NOW + timedelta(days=7))
    assert statuses() == ["cancelled", "scheduled"]


def test_days_gone_by_are_not_opened_again(program: Program):
    session = build.a_session(build.a_group(program), WEDNESDAY)
    closure = close(a_wish(program))
    with pytest.raises(CannotOpen, match=r"^These days are over: what was closed stays closed\.$"):
        reopen(closure, now=NOW + timedelta(days=8))
    reopen(closure)
    with pytest.raises(CannotOpen, match=r"^This closure is removed already\.$"):
        reopen(closure)
    session.refresh_from_db()
    assert session.status == "scheduled"


def test_statements_do_not_grow_with_sessions(program: Program, django_assert_max_num_queries):
    for _ in range(5):
        build.a_session(build.a_group(program), WEDNESDAY)
    closure = close(a_wish(program))
    with django_assert_max_num_queries(7):
        assert len(plan_opening(closure, NOW).returning) == 5


def test_nothing_is_opened_when_the_trail_cannot_be_written(
    program: Program, request: pytest.FixtureRequest
):
    build.a_session(build.a_group(program), WEDNESDAY)
    closure = close(a_wish(program))
    request.getfixturevalue("audit_fails")
    with pytest.raises(IntegrityError, match="audit_fails"):
        reopen(closure)
    assert statuses() == ["cancelled"]
    assert Closure.objects.in_force().exists()
