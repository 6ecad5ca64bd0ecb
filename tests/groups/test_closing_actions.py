"""Closing days: what falls, what stays, what is done about the hours, all of it or nothing."""

from __future__ import annotations

from datetime import date, time

import pytest

from accounts.models import AuditEvent, User
from groups.actions import generate_sessions
from groups.closing.actions import CannotClose
from groups.closing.answers import AnswerKind
from groups.models import GroupSession, ScheduleChange, ScheduleException, TherapyGroup
from groups.schedule.actions import reinstate_session
from groups.schedule.edit import Placement
from programs.models import Closure, Enrollment, Program
from tests import build
from tests.build import NOW, moment, on
from tests.groups.closing import FRIDAY, THURSDAY, TUESDAY, WEDNESDAY, WHY, a_wish, close, statuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def core(program: Program) -> TherapyGroup:
    """Three hours on three days of the week."""
    group = build.a_group(program, name="Core")
    for day in (TUESDAY, WEDNESDAY, THURSDAY):
        build.a_session(group, day)
    return group


@pytest.fixture
def ada(program: Program, core: TherapyGroup) -> Enrollment:
    """Somebody who needs nine hours a week and is offered nine."""
    build.a_rule(program, min_days_per_week=1)
    enrollment = build.an_enrollment(program)
    build.a_membership(core, enrollment)
    return enrollment


def test_closing_cancels_what_is_still_to_come(program: Program, clinician: User):
    group = build.a_group(program)
    before, closed, after = (build.a_session(group, day) for day in (TUESDAY, WEDNESDAY, THURSDAY))
    elsewhere = build.a_session(build.a_group(), WEDNESDAY)
    closure = close(a_wish(program), clinician)
    assert Closure.objects.get() == closure
    assert (closure.program, closure.reason) == (program, "Staff training")
    closed.refresh_from_db()
    assert (closed.status, closed.cancelled_for) == ("cancelled", closure)
    untouched = GroupSession.objects.filter(pk__in=[before.pk, after.pk, elsewhere.pk])
    assert set(untouched.values_list("status", flat=True)) == {"scheduled"}
    event = AuditEvent.objects.get(verb="closure.made")
    assert (event.by, event.subject_id, event.program_id) == (
        clinician,
        closure.public_id,
        program.public_id,
    )
    assert event.detail == {"first_on": WEDNESDAY, "last_on": WEDNESDAY, "falling": 1}


def test_a_whole_site_closes_every_program_there(program: Program, director: User):
    neighbour = build.a_program(program.site)
    for each in (program, neighbour, build.a_program(build.a_site())):
        build.a_session(build.a_group(each), WEDNESDAY)
    close(a_wish(program, of_site=True), director)
    assert statuses() == ["cancelled", "cancelled", "scheduled"]
    told = AuditEvent.objects.filter(verb="closure.made").values_list("program_id", flat=True)
    assert set(told) == {program.public_id, neighbour.public_id}


def test_what_has_begun_or_is_recorded_stays(program: Program):
    group = build.a_group(program)
    today = "2026-11-25"
    begun = build.a_session(group, today, "11:00", "13:00")
    coming = build.a_session(group, today, "14:00", "15:00")
    recorded = build.a_session(group, today, "16:00", "17:00")
    build.a_record(recorded, build.a_participant())
    close(a_wish(program, today))
    assert statuses() == ["scheduled", "cancelled", "scheduled"]
    generate_sessions(now=NOW, by=None)
    assert GroupSession.objects.filter(status="scheduled").count() == 2
    assert {begun.pk, recorded.pk} == set(
        GroupSession.objects.exclude(pk=coming.pk).values_list("pk", flat=True)
    )


def test_the_nights_run_leaves_sessions_with_attendance_alone(program: Program):
    held, coming = (build.a_session(build.a_group(program), WEDNESDAY) for _ in range(2))
    build.a_sign_off(held)
    build.a_closure(program, first_on=WEDNESDAY, last_on=WEDNESDAY)
    assert generate_sessions(now=NOW, by=None).cancelled == 1
    coming.refresh_from_db()
    assert coming.status == "cancelled"


def test_the_nights_run_leaves_alone_what_somebody_brought_back(program: Program, clinician: User):
    kept, other = (build.a_session(build.a_group(program), WEDNESDAY) for _ in range(2))
    close(a_wish(program))
    kept.refresh_from_db()
    reinstate_session(session=kept, override=WHY, now=NOW, by=clinician)
    assert generate_sessions(now=NOW, by=None).cancelled == 0
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.status, other.status) == ("scheduled", "cancelled")


def test_what_was_brought_back_falls_to_a_new_closure(program: Program, clinician: User):
    session = build.a_session(build.a_group(program), WEDNESDAY)
    close(a_wish(program))
    session.refresh_from_db()
    reinstate_session(session=session, override=WHY, now=NOW, by=clinician)
    closure = close(a_wish(program, TUESDAY, THURSDAY))
    session.refresh_from_db()
    assert (session.status, session.cancelled_for) == ("cancelled", closure)


def test_a_slots_new_dates_fall_too(program: Program):
    build.a_pattern(build.a_group(program), weekday=2)
    close(a_wish(program, "2026-12-30"))
    generate_sessions(now=NOW, by=None)
    assert [each.held_on for each in GroupSession.objects.filter(status="cancelled")] == [
        date(2026, 12, 30)
    ]


def test_an_answer_is_asked_where_somebody_drops_below(ada: Enrollment, program: Program):
    with pytest.raises(CannotClose) as refused:
        close(a_wish(program))
    assert refused.value.words == {"answer": ["Say what is done about the hours."]}
    with pytest.raises(CannotClose) as refused:
        close(a_wish(program), kind=AnswerKind.ACCEPT, why="  ")
    assert refused.value.words == {"why": ["Say why this is all right."]}
    assert not Closure.objects.exists()
    assert set(statuses()) == {"scheduled"}


def test_accepting_puts_each_person_on_the_directors_list(
    ada: Enrollment, program: Program, clinician: User
):
    close(a_wish(program), clinician, kind=AnswerKind.ACCEPT, why=WHY)
    found = ScheduleException.objects.get()
    assert (found.kind, found.participant, found.reason) == ("short_week", ada.participant, WHY)
    assert (found.program, found.made_by, found.first_on) == (
        program,
        clinician,
        date(2026, 11, 30),
    )
    assert found.detail == {"minutes": 360, "required": 540}
    assert GroupSession.objects.filter(status="cancelled").count() == 1


def test_extending_makes_the_other_sessions_equally_longer(
    ada: Enrollment, program: Program, clinician: User
):
    close(a_wish(program), clinician, kind=AnswerKind.EXTEND, programs=[program.pk], why=WHY)
    held = GroupSession.objects.filter(status="scheduled").order_by("starts_at")
    assert [each.ends_at for each in held] == [
        moment(TUESDAY, "13:30"),
        moment(THURSDAY, "13:30"),
    ]
    assert not ScheduleException.objects.filter(kind="short_week").exists()
    change = ScheduleChange.objects.get()
    assert (change.kind, change.made_by) == ("moved", clinician)


def test_the_smallest_extension_is_taken_in_steps_of_five_minutes(
    ada: Enrollment, program: Program
):
    build.an_order(ada, 545)
    build.a_session(TherapyGroup.objects.get(), FRIDAY, "09:00", "09:10")
    # Needed are 545, left are 370: 175 over three sessions are 58.3 each.
    close(a_wish(program), kind=AnswerKind.EXTEND, programs=[program.pk], why=WHY)
    held = GroupSession.objects.filter(status="scheduled").order_by("starts_at")
    assert [each.ends_at for each in held] == [
        moment(TUESDAY, "13:00"),
        moment(THURSDAY, "13:00"),
        moment(FRIDAY, "10:10"),
    ]


def test_who_is_not_helped_by_longer_sessions_is_recorded(
    ada: Enrollment, program: Program, core: TherapyGroup
):
    group = build.a_group(program)
    build.a_session(group, WEDNESDAY, "13:00", "22:00")
    bea = build.an_enrollment(program)
    build.a_membership(group, bea)
    with pytest.raises(CannotClose) as refused:
        close(a_wish(program), kind=AnswerKind.EXTEND, programs=[program.pk])
    assert list(refused.value.words) == ["why"]
    close(a_wish(program), kind=AnswerKind.EXTEND, programs=[program.pk], why=WHY)
    assert [each.participant for each in ScheduleException.objects.filter(kind="short_week")] == [
        bea.participant
    ]


def test_nothing_can_be_extended_where_nothing_is_left(ada: Enrollment, program: Program):
    wish = a_wish(program, "2026-11-30", FRIDAY)
    with pytest.raises(CannotClose) as refused:
        close(wish, kind=AnswerKind.EXTEND, programs=[program.pk], why=WHY)
    assert list(refused.value.words) == ["answer"]


def test_a_room_that_is_taken_stops_what_is_added(
    ada: Enrollment, program: Program, core: TherapyGroup
):
    room = build.a_room(program.site)
    build.a_session(build.a_group(program), FRIDAY, "11:00", "14:00", room=room)
    to = Placement(on(FRIDAY), time(9), time(12), room=room.pk)
    with pytest.raises(CannotClose) as refused:
        close(a_wish(program), kind=AnswerKind.ADD, group=core, to=to, why=WHY)
    assert [each.kind for each in refused.value.clashes if each.is_hard] == ["room"]
    assert list(refused.value.words) == ["answer"]
    assert not Closure.objects.exists()
    assert set(statuses()) == {"scheduled"}


def test_adding_a_session_makes_up_for_it(
    ada: Enrollment, program: Program, core: TherapyGroup, facilitator: User
):
    closed = GroupSession.objects.get(held_on=WEDNESDAY)
    build.a_facilitation(closed, facilitator)
    to = Placement(on(FRIDAY), time(9), time(12))
    close(a_wish(program), kind=AnswerKind.ADD, group=core, to=to, why=WHY)
    added = GroupSession.objects.get(held_on=FRIDAY)
    assert (added.group, added.status, added.pattern) == (core, "scheduled", None)
    assert [each.user for each in added.facilitations.all()] == [facilitator]
    assert not ScheduleException.objects.filter(kind="short_week").exists()
    assert ScheduleChange.objects.get().kind == "added"


@pytest.mark.parametrize(
    ("to", "field"),
    [
        (Placement(on(WEDNESDAY), time(13), time(14)), "held_on"),
        (Placement(on(FRIDAY), time(12), time(9)), "ends"),
        (Placement(on("2026-11-23"), time(9), time(12)), "held_on"),
    ],
)
def test_a_session_that_cannot_be_added_closes_nothing(
    ada: Enrollment, program: Program, core: TherapyGroup, to: Placement, field: str
):
    with pytest.raises(CannotClose) as refused:
        close(a_wish(program), kind=AnswerKind.ADD, group=core, to=to, why=WHY)
    assert list(refused.value.words) == [field]
    assert not Closure.objects.exists()
    assert set(statuses()) == {"scheduled"}


def test_the_same_closure_twice_is_refused_in_words(program: Program):
    close(a_wish(program))
    with pytest.raises(CannotClose) as refused:
        close(a_wish(program))
    assert refused.value.words == {"first_on": ["A closure of these days is on record already."]}


@pytest.mark.usefixtures("audit_fails")
@pytest.mark.parametrize("kind", [AnswerKind.ACCEPT, AnswerKind.EXTEND])
def test_nothing_is_closed_when_the_trail_cannot_be_written(
    ada: Enrollment, program: Program, kind: AnswerKind
):
    with pytest.raises(CannotClose):
        close(a_wish(program), kind=kind, programs=[program.pk], why=WHY)
    assert not Closure.objects.exists()
    assert not ScheduleException.objects.exists()
    assert set(statuses()) == {"scheduled"}
