"""One session is moved, cancelled, brought back, combined, led by somebody else; and undone."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import DatabaseError

from accounts.models import AuditEvent
from groups.models import ChangeKind, ClashKind, GroupSession, MakeUpSeat, ScheduleException
from groups.roster import expected_at
from groups.schedule.actions import (
    add_session,
    cancel_session,
    change_leaders,
    combine_sessions,
    move_session,
    reinstate_session,
    substitute,
    undo_change,
)
from groups.schedule.edit import CannotSchedule, Placement, kinds
from groups.schedule.undo import CannotUndo
from programs.models import Role
from tests import build
from tests.build import NOW, moment

pytestmark = pytest.mark.django_db
# The Thursday and Friday after NOW.
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)


@pytest.fixture
def room(program):
    return build.a_room(program.site, name="Harbor Room")


@pytest.fixture
def session(program, facilitator, room):
    """A session of a slot on Friday, with two people."""
    group = build.a_group(program, name="Process A", kind="process")
    slot = build.a_pattern(group, weekday=4, room=room, facilitators=[facilitator])
    for _ in range(2):
        build.a_membership(group, build.an_enrollment(program))
    return build.a_session(group, FRIDAY, facilitators=[facilitator], room=room, pattern=slot)


@pytest.fixture
def placed(room, facilitator):
    """Return a function that places a session with the usual room and facilitator."""

    def placement(day=THURSDAY, starts="13:00", ends="16:00", **fields):
        usual = {"room": room.pk, "leaders": (facilitator.pk,)}
        return Placement(
            day, time.fromisoformat(starts), time.fromisoformat(ends), **usual | fields
        )

    return placement


def facts(session):
    """Everything about the session that a change may alter."""
    stored = GroupSession.objects.get(pk=session.pk)
    leading = stored.facilitations.filter(is_former=False)
    leaders = list(leading.order_by("user").values_list("user", flat=True))
    columns = ("pattern_id", "slot_on", "held_on", "starts_at", "ends_at", "breaks", "room_id")
    more = ("status", "cancelled_reason", "cancelled_for_id", "combined_into_id")
    return [getattr(stored, name) for name in (*columns, *more)] + leaders


def test_a_session_moves_and_fills_its_slots_date_still(session, placed, clinician):
    change = move_session(session=session, to=placed(), now=NOW, by=clinician)
    session.refresh_from_db()
    assert (session.held_on, session.slot_on) == (THURSDAY, FRIDAY)
    assert session.starts_at == moment(THURSDAY, "13:00")
    assert change.kind == ChangeKind.MOVED
    event = AuditEvent.objects.get(verb="schedule.moved")
    assert (event.by, event.subject_id) == (clinician, change.public_id)


def test_undoing_a_move_brings_everything_back(session, placed, clinician, director):
    before = facts(session)
    other = build.a_room(session.group.program.site)
    to = placed(
        room=other.pk, leaders=(build.a_colleague(session.group.program, Role.CLINICIAN).pk,)
    )
    change = move_session(session=session, to=to, now=NOW, by=clinician)
    assert facts(session) != before
    undo_change(change=change, now=NOW + timedelta(minutes=1), by=director)
    assert facts(session) == before
    change.refresh_from_db()
    assert change.undone_by == director
    with pytest.raises(CannotUndo):
        undo_change(change=change, now=NOW, by=director)


def test_nothing_changes_when_the_trail_cannot_be_written(session, placed, clinician, audit_fails):
    before = facts(session)
    with pytest.raises(DatabaseError):
        move_session(session=session, to=placed(), now=NOW, by=clinician)
    assert facts(session) == before


def test_a_room_that_is_taken_stops_it_and_says_by_what(session, placed, room, clinician):
    other = build.a_session(build.a_group(name="Elsewhere"), THURSDAY, "15:00", "17:00", room=room)
    with pytest.raises(CannotSchedule) as refused:
        move_session(session=session, to=placed(), override="It fits.", now=NOW, by=clinician)
    clash = next(each for each in refused.value.clashes if each.is_hard)
    assert (clash.kind, clash.other.group, clash.other.key) == (
        ClashKind.ROOM,
        "Elsewhere",
        other.pk,
    )
    assert not refused.value.needs_reason
    session.refresh_from_db()
    assert session.held_on == FRIDAY


def test_a_facilitator_who_leads_elsewhere_stops_it(session, placed, facilitator, clinician):
    elsewhere = build.a_group(build.a_program(build.a_site(timezone="America/New_York")))
    build.a_session(elsewhere, THURSDAY, "14:00", "15:00", facilitators=[facilitator])
    with pytest.raises(CannotSchedule) as refused:
        move_session(session=session, to=placed(room=None), now=NOW, by=clinician)
    assert ClashKind.FACILITATOR in kinds(refused.value.clashes)


def test_a_warning_wants_a_reason_and_lands_on_the_list(session, placed, clinician):
    other = build.a_session(build.a_group(session.group.program), THURSDAY, "13:30", "14:30")
    member = session.group.memberships.first()
    build.a_membership(other.group, member.enrollment)
    with pytest.raises(CannotSchedule) as refused:
        move_session(session=session, to=placed(), now=NOW, by=clinician)
    assert refused.value.needs_reason
    change = move_session(
        session=session, to=placed(), override="She leaves early.", now=NOW, by=clinician
    )
    exception = ScheduleException.objects.get()
    assert exception.kind == ClashKind.PARTICIPANT
    assert exception.participant == member.enrollment.participant
    assert (exception.change, exception.session_id) == (change, session.pk)
    assert exception.reason == "She leaves early."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": "12:00"}, "ends"),
        ({"breaks": ((time(12, 30), time(13, 10)),)}, "breaks"),
        ({"day": date(2026, 11, 24)}, "held_on"),
        ({"day": date(2028, 1, 3)}, "held_on"),
    ],
)
def test_bad_places_are_refused_in_words(session, placed, clinician, changes, field):
    before = facts(session)
    with pytest.raises(CannotSchedule) as refused:
        move_session(session=session, to=placed(**changes), now=NOW, by=clinician)
    assert list(refused.value.words) == [field]
    assert facts(session) == before


def test_strange_rooms_and_people_are_refused(session, placed, clinician, stranger):
    elsewhere = build.a_room(build.a_site())
    for changes, field in (
        ({"room": elsewhere.pk}, "room"),
        ({"leaders": (stranger.pk,)}, "leaders"),
    ):
        with pytest.raises(CannotSchedule) as refused:
            move_session(session=session, to=placed(**changes), now=NOW, by=clinician)
        assert list(refused.value.words) == [field]


def test_a_closed_day_is_refused(session, placed, clinician):
    build.a_closure(session.group.program, first_on=THURSDAY, last_on=THURSDAY, reason="Holiday")
    with pytest.raises(CannotSchedule) as refused:
        move_session(session=session, to=placed(), now=NOW, by=clinician)
    assert "Closed on Thu Nov 26: Holiday" in refused.value.words["held_on"][0]


def test_a_session_with_attendance_stays(session, placed, clinician):
    person = session.group.memberships.first().enrollment.participant
    build.a_record(session, person, absence="excused")
    before = facts(session)
    for act in (
        lambda: move_session(session=session, to=placed(), now=NOW, by=clinician),
        lambda: cancel_session(session=session, reason="Ill", now=NOW, by=clinician),
        lambda: change_leaders(session=session, leaders=[], now=NOW, by=clinician),
    ):
        with pytest.raises(CannotSchedule):
            act()
    assert facts(session) == before


def test_a_move_is_not_undone_once_somebody_is_marked(session, placed, clinician):
    change = move_session(session=session, to=placed(), now=NOW, by=clinician)
    person = session.group.memberships.first().enrollment.participant
    build.a_record(session, person, absence="excused")
    with pytest.raises(CannotUndo, match="Attendance"):
        undo_change(change=change, now=NOW, by=clinician)


def test_a_move_is_not_undone_into_a_room_taken_meanwhile(session, placed, room, clinician):
    change = move_session(session=session, to=placed(), now=NOW, by=clinician)
    build.a_session(build.a_group(), FRIDAY, "10:00", "11:00", room=room)
    with pytest.raises(CannotUndo) as refused:
        undo_change(change=change, now=NOW, by=clinician)
    assert kinds(refused.value.clashes) == {ClashKind.ROOM}


def test_only_the_last_of_two_moves_is_undone(session, placed, clinician):
    first = move_session(session=session, to=placed(), now=NOW, by=clinician)
    second = move_session(session=session, to=placed(starts="13:15"), now=NOW, by=clinician)
    with pytest.raises(CannotUndo, match="again since"):
        undo_change(change=first, now=NOW, by=clinician)
    undo_change(change=second, now=NOW, by=clinician)
    undo_change(change=first, now=NOW, by=clinician)
    session.refresh_from_db()
    assert session.held_on == FRIDAY


def test_a_session_is_cancelled_brought_back_and_undone(session, clinician):
    before = facts(session)
    cancelled = cancel_session(session=session, reason="Burst pipe", now=NOW, by=clinician)
    session.refresh_from_db()
    assert (session.status, session.cancelled_reason) == ("cancelled", "Burst pipe")
    reinstate_session(session=session, now=NOW, by=clinician)
    assert facts(session) == before
    with pytest.raises(CannotUndo):
        undo_change(change=cancelled, now=NOW, by=clinician)


def test_bringing_back_is_not_undone_once_the_closure_is_removed(session, clinician):
    closure = build.a_closure(session.group.program, first_on=FRIDAY, last_on=FRIDAY)
    session.status, session.cancelled_for = "cancelled", closure
    session.save()
    change = reinstate_session(session=session, now=NOW, by=clinician)
    closure.removed_at = NOW
    closure.save()
    with pytest.raises(CannotUndo, match="closure"):
        undo_change(change=change, now=NOW, by=clinician)


def test_a_cancelled_session_comes_back_by_a_move(session, placed, clinician):
    cancel_session(session=session, reason="Burst pipe", now=NOW, by=clinician)
    move_session(session=session, to=placed(), now=NOW, by=clinician)
    session.refresh_from_db()
    assert (session.status, session.cancelled_reason) == ("scheduled", "")


def test_an_added_session_is_withdrawn_by_undo_and_can_be_added_again(session, placed, clinician):
    for _ in range(2):
        change = add_session(group=session.group, to=placed(), now=NOW, by=clinician)
        assert GroupSession.objects.filter(status="scheduled").count() == 2
        undo_change(change=change, now=NOW, by=clinician)
    assert GroupSession.objects.in_calendar().get() == session
    assert GroupSession.objects.filter(status="withdrawn").count() == 2


def test_two_sessions_combined_expect_everybody_in_one(session, clinician, facilitator, program):
    other = build.a_session(
        build.a_group(program), FRIDAY, "12:30", "14:00", facilitators=[clinician]
    )
    both = session.group.memberships.first().enrollment
    build.a_membership(other.group, both)
    change = combine_sessions(session=session, into=other, reason="Ill", now=NOW, by=clinician)
    session.refresh_from_db()
    assert (session.status, session.combined_into) == ("cancelled", other)
    assert expected_at(other).count() == 2
    assert MakeUpSeat.objects.held().get().combined_from == session
    undo_change(change=change, now=NOW, by=clinician)
    session.refresh_from_db()
    assert (session.status, session.combined_into) == ("scheduled", None)
    assert expected_at(other).count() == 1
    assert expected_at(session).count() == 2


def test_undoing_a_combine_takes_along_who_joined_or_left_since(session, clinician, program):
    other = build.a_session(
        build.a_group(program), FRIDAY, "12:30", "14:00", facilitators=[clinician]
    )
    change = combine_sessions(session=session, into=other, now=NOW, by=clinician)
    newcomer = build.an_enrollment(program)
    build.a_membership(session.group, newcomer)
    build.a_make_up_seat(other, newcomer, combined_from=session)
    left = MakeUpSeat.objects.held().order_by("pk").values("pk")[:1]
    MakeUpSeat.objects.filter(pk__in=left).update(released_at=NOW)
    undo_change(change=change, now=NOW, by=clinician)
    assert not MakeUpSeat.objects.held().exists()
    assert expected_at(session).count() == 3


def test_a_combined_session_comes_back_with_its_people(session, clinician, program):
    other = build.a_session(
        build.a_group(program), FRIDAY, "12:30", "14:00", facilitators=[clinician]
    )
    combine_sessions(session=session, into=other, now=NOW, by=clinician)
    reinstate_session(session=session, now=NOW, by=clinician)
    session.refresh_from_db()
    assert session.combined_into is None
    assert not MakeUpSeat.objects.held().exists()


def test_a_substitute_keeps_who_should_have_led_and_why(session, clinician, facilitator):
    before = facts(session)
    change = substitute(
        session=session,
        instead_of=facilitator.pk,
        leader=clinician.pk,
        reason="Flu",
        now=NOW,
        by=clinician,
    )
    led = session.facilitations.get(user=clinician)
    assert (led.instead_of.user, led.instead_of.is_former, led.reason) == (facilitator, True, "Flu")
    undo_change(change=change, now=NOW, by=clinician)
    assert facts(session) == before


def test_nobody_substitutes_who_leads_elsewhere_then(session, clinician, facilitator):
    build.a_session(build.a_group(), FRIDAY, "11:00", "13:00", facilitators=[clinician])
    with pytest.raises(CannotSchedule) as refused:
        substitute(
            session=session,
            instead_of=facilitator.pk,
            leader=clinician.pk,
            reason="Flu",
            now=NOW,
            by=clinician,
        )
    assert kinds(refused.value.clashes) >= {ClashKind.FACILITATOR}


def test_a_move_is_not_undone_into_the_past_or_onto_a_closed_day(session, placed, clinician):
    to = placed(day=date(2026, 12, 3))
    change = move_session(session=session, to=to, now=NOW, by=clinician)
    with pytest.raises(CannotUndo, match="over already"):
        undo_change(change=change, now=NOW + timedelta(days=3), by=clinician)
    build.a_closure(session.group.program, first_on=FRIDAY, last_on=FRIDAY)
    with pytest.raises(CannotUndo, match="closed since"):
        undo_change(change=change, now=NOW, by=clinician)


def test_a_session_that_took_people_in_stays_until_they_are_back(session, clinician, program):
    host = build.a_session(
        build.a_group(program), FRIDAY, "12:30", "14:00", facilitators=[clinician]
    )
    combine_sessions(session=session, into=host, now=NOW, by=clinician)
    with pytest.raises(CannotSchedule, match="taken another"):
        cancel_session(session=host, reason="Ill", now=NOW, by=clinician)
    back = reinstate_session(session=session, now=NOW, by=clinician)
    cancel_session(session=host, reason="Ill", now=NOW, by=clinician)
    with pytest.raises(CannotUndo, match="took its people in"):
        undo_change(change=back, now=NOW, by=clinician)


def test_who_comes_back_to_lead_stands_in_for_nobody(session, clinician, facilitator):
    change = substitute(
        session=session,
        instead_of=facilitator.pk,
        leader=clinician.pk,
        reason="Flu",
        now=NOW,
        by=clinician,
    )
    undo_change(change=change, now=NOW, by=clinician)
    both = [facilitator.pk, clinician.pk]
    change_leaders(session=session, leaders=both, now=NOW, by=clinician)
    led = session.facilitations.get(user=clinician)
    assert (led.is_former, led.instead_of, led.reason) == (False, None, "")
