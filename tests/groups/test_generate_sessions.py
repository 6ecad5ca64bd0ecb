"""Sessions from weekly slots: to the horizon, once, never on closed days, nothing double-booked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from groups.actions import Generated, generate_sessions
from groups.models import Facilitation, GroupSession
from groups.tasks import generate_sessions_to_the_horizon
from programs.models import Program
from tests import build
from tests.build import CHICAGO, NOW, moment

pytestmark = pytest.mark.django_db

# SESSION_HORIZON_WEEKS after NOW, a Wednesday; the last Monday before it is the 22nd.
HORIZON = date(2027, 2, 24)
LAST_MONDAY = date(2027, 2, 22)


def generate(**options: Any) -> Generated:
    return generate_sessions(**{"now": NOW, "by": None, **options})


def first() -> GroupSession:
    return GroupSession.objects.all()[0]


def days(**found: Any) -> list[date]:
    return list(GroupSession.objects.filter(**found).values_list("held_on", flat=True))


def test_an_open_slot_meets_to_the_horizon(program: Program, facilitator):
    room = build.a_room(program.site)
    pattern = build.a_pattern(
        build.a_group(program), breaks="10:30-10:45", room=room, facilitators=[facilitator]
    )
    done = generate()
    assert (days()[0], days()[-1]) == (date(2026, 11, 2), LAST_MONDAY)
    assert done == Generated(17, 0, 0, 0, 0)
    one = first()
    assert (one.pattern, one.group, one.room) == (pattern, pattern.group, room)
    assert one.starts_at == moment("2026-11-02", "09:00")
    assert one.ends_at == moment("2026-11-02", "12:00")
    assert one.breaks == ((moment("2026-11-02", "10:30"), moment("2026-11-02", "10:45")),)
    assert (one.status, one.closed_at) == ("scheduled", None)
    assert Facilitation.objects.filter(user=facilitator).count() == done.created


def test_a_slot_with_a_last_day_meets_until_then_however_far():
    build.a_pattern(weekday=1, first_on="2026-11-03", last_on="2026-11-16")
    build.a_pattern(weekday=2, first_on="2027-11-01", last_on="2027-11-12")
    generate()
    assert days() == [
        date(2026, 11, 3),
        date(2026, 11, 10),
        date(2027, 11, 3),
        date(2027, 11, 10),
    ]


def test_the_horizon_may_be_moved_out_and_never_in():
    build.a_pattern()
    generate(until=HORIZON + timedelta(weeks=2))
    assert days()[-1] == LAST_MONDAY + timedelta(weeks=2)
    assert generate(until=date(2026, 12, 1)) == Generated(0, 0, 0, 0, 0)
    assert days()[-1] == LAST_MONDAY + timedelta(weeks=2)


def test_a_second_run_changes_nothing_and_the_next_day_adds_a_day():
    build.a_pattern()
    generate()
    before = set(GroupSession.objects.values_list("pk", "starts_at", "status"))
    assert generate() == Generated(0, 0, 0, 0, 0)
    assert set(GroupSession.objects.values_list("pk", "starts_at", "status")) == before
    assert AuditEvent.objects.filter(verb="sessions.generated").count() == 1
    assert generate(now=NOW + timedelta(weeks=1)).created == 1


def test_statements_do_not_grow_with_slots(program: Program, facilitator):
    counts = []
    for weekday in (0, 1, 2):
        build.a_pattern(build.a_group(program), weekday=weekday, facilitators=[facilitator])
        with CaptureQueriesContext(connection) as queries:
            generate()
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 14


@pytest.mark.parametrize("first_on", ["2026-10-26", "2027-03-08"])
def test_the_wall_clock_holds_when_the_clocks_change(first_on: str):
    # Back on 2026-11-01, forward on 2027-03-14.
    build.a_pattern(
        starts="17:30", ends="20:40", weekday=3, breaks="19:00-19:10", first_on=first_on
    )
    generate(until=date(2027, 3, 31))
    for session in GroupSession.objects.all():
        (pause,) = session.breaks
        local = [each.astimezone(CHICAGO) for each in (session.starts_at, session.ends_at, *pause)]
        assert [f"{each:%H:%M}" for each in local] == ["17:30", "20:40", "19:00", "19:10"]
        assert {each.date() for each in local} == {session.held_on}
    hours = {session.starts_at.hour for session in GroupSession.objects.all()[:4]}
    assert hours == {22, 23}


def test_a_late_session_is_held_on_its_local_date():
    build.a_pattern(starts="21:00", ends="23:00")
    generate()
    assert first().held_on == date(2026, 11, 2)
    assert first().starts_at.date() == date(2026, 11, 3)  # in UTC


def test_sessions_on_closed_dates_are_cancelled(program: Program):
    build.a_pattern(build.a_group(program), weekday=3)
    build.a_pattern(weekday=3)
    closure = build.a_closure(program, first_on="2026-11-26", last_on="2026-12-04")
    assert generate().created_closed == 2
    cancelled = GroupSession.objects.filter(status="cancelled")
    assert {each.cancelled_for for each in cancelled} == {closure}
    assert days(status="cancelled") == [date(2026, 11, 26), date(2026, 12, 3)]


def test_a_closure_of_the_site_closes_every_program_there(program: Program):
    neighbour = build.a_program(program.site)
    for each in (program, neighbour, build.a_program(build.a_site())):
        build.a_pattern(build.a_group(each), weekday=3)
    build.a_closure(site=program.site)
    generate()
    assert set(
        GroupSession.objects.filter(status="cancelled").values_list("group__program", flat=True)
    ) == {program.pk, neighbour.pk}


def test_a_new_closure_cancels_what_is_still_to_come(program: Program):
    build.a_pattern(build.a_group(program))
    generate()
    build.a_closure(program, first_on="2026-11-16", last_on="2026-12-01")
    done = generate()
    assert (done.created, done.cancelled) == (0, 1)
    assert days(status="cancelled") == [date(2026, 11, 30)]
    assert generate().cancelled == 0


def test_what_exists_is_left_alone(program: Program):
    build.a_pattern(build.a_group(program), last_on="2026-11-09")
    generate()
    early, late = GroupSession.objects.all()
    GroupSession.objects.filter(pk=early.pk).update(status="cancelled")
    GroupSession.objects.filter(pk=late.pk).update(
        starts_at=moment("2026-11-09", "13:00"), ends_at=moment("2026-11-09", "15:00")
    )
    assert generate() == Generated(0, 0, 0, 0, 0)
    assert GroupSession.objects.count() == 2


def test_only_one_program_if_asked(program: Program):
    build.a_pattern(build.a_group(program))
    build.a_pattern()
    generate(program=program)
    assert set(GroupSession.objects.values_list("group__program", flat=True)) == {program.pk}
    event = AuditEvent.objects.get(verb="sessions.generated")
    assert (event.program_id, event.detail["created"]) == (program.public_id, 17)


def test_past_sessions_are_closed_if_asked():
    build.a_pattern()
    generate(close_past=True)
    assert days(closed_at=NOW) == [date(2026, 11, day) for day in (2, 9, 16, 23)]
    assert GroupSession.objects.filter(closed_at=None).count() == 13


def test_a_clash_leaves_the_room_and_the_person_out_and_the_session_in(
    program: Program, facilitator
):
    room = build.a_room(program.site)
    taken = build.a_session(build.a_group(program), "2026-12-07", "11:00", "13:00", room=room)
    build.a_facilitation(taken, facilitator)
    build.a_pattern(build.a_group(program), room=room, facilitators=[facilitator])
    done = generate()
    assert (done.created, done.without_room, done.without_facilitator) == (17, 1, 1)
    session = GroupSession.objects.get(held_on="2026-12-07", pattern__isnull=False)
    assert (session.room, session.facilitations.count()) == (None, 0)


def test_who_left_a_slot_leads_no_new_session(program: Program, facilitator, clinician):
    pattern = build.a_pattern(build.a_group(program), facilitators=[facilitator, clinician])
    pattern.facilitators.filter(user=facilitator).update(is_former=True)
    generate()
    assert set(Facilitation.objects.values_list("user", flat=True)) == {clinician.pk}


@pytest.mark.usefixtures("audit_fails")
def test_nothing_is_added_when_the_trail_cannot_be_written():
    build.a_pattern()
    with pytest.raises(IntegrityError):
        generate()
    assert not GroupSession.objects.exists()


def test_the_task_runs_the_action():
    build.a_pattern(first_on="2026-11-02")
    generate_sessions_to_the_horizon()
    assert GroupSession.objects.count() >= 12
    assert generate_sessions_to_the_horizon.name == "groups.generate_sessions"
