"""A make-up seat: taken and given back, and every refusal in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from groups.models import GroupSession, MakeUpSeat
from groups.roster import expected_at
from groups.schedule.edit import CannotSchedule
from programs.models import Enrollment
from tests import build
from tests.build import MONDAY, NOW
from tests.groups.making_up import give_back, refuses, take

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def session(program) -> GroupSession:
    return build.a_session(build.a_group(program, name="Skills", capacity=1), FRIDAY)


@pytest.fixture
def ada(program) -> Enrollment:
    return build.an_enrollment(program)


def missed(person: Enrollment, day=MONDAY) -> GroupSession:
    """A session in which the person is on record as absent."""
    session = build.a_session(build.a_group(person.program), day)
    build.a_record(session, person.participant, absence="no_call")
    return session


def test_the_seat_is_on_the_roster_at_once_and_on_the_trail(session, ada, director):
    gone = missed(ada)
    seat = take(session, ada, makes_up=gone, by=director)
    (guest,) = expected_at(session)
    assert guest == ada
    assert guest.is_guest
    assert (seat.booked_by, seat.booked_at, seat.makes_up) == (director, NOW, gone)
    line = AuditEvent.objects.get(verb="make_up.taken")
    assert (line.by, line.participant_id) == (director, ada.participant.public_id)
    assert line.subject_id == seat.public_id
    assert line.detail == {
        "session": str(session.public_id),
        "held_on": "2026-11-27",
        "makes_up": str(gone.public_id),
    }


def test_given_back_it_is_free_again(session, ada, director):
    seat = give_back(take(session, ada), by=director)
    assert (seat.released_at, seat.released_by) == (NOW, director)
    assert not expected_at(session).exists()
    assert AuditEvent.objects.get(verb="make_up.given_back").subject_id == seat.public_id
    # Sent twice, it is given back once; and it can be taken again.
    assert give_back(seat, now=NOW + timedelta(hours=1)).released_at == NOW
    assert AuditEvent.objects.filter(verb="make_up.given_back").count() == 1
    assert take(session, build.an_enrollment(ada.program)).released_at is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": "cancelled"}, "is cancelled"),
        ({"status": "withdrawn"}, "not in the calendar"),
    ],
)
def test_a_session_that_is_not_held(session, ada, change, words):
    GroupSession.objects.filter(pk=session.pk).update(**change)
    assert words in refuses(lambda: take(session, ada))


def test_up_to_its_start_but_not_from_then_on(session, ada):
    assert "has begun" in refuses(lambda: take(session, ada, now=session.starts_at))
    assert take(session, ada, now=session.starts_at - timedelta(seconds=1)).pk


def test_a_closed_group(session, ada):
    session.group.format = "closed"
    session.group.save()
    assert "Skills is a closed group" in refuses(lambda: take(session, ada))


def test_another_program(session):
    assert "another program" in refuses(lambda: take(session, build.an_enrollment()))


@pytest.mark.parametrize(
    ("dates", "is_refused"),
    [
        ({"admitted_on": FRIDAY}, False),
        ({"admitted_on": FRIDAY + timedelta(days=1)}, True),
        ({"discharged_on": FRIDAY, "discharge_reason": "moved"}, False),
        ({"discharged_on": FRIDAY - timedelta(days=1), "discharge_reason": "moved"}, True),
    ],
)
def test_both_ends_of_the_enrollment(session, program, dates, is_refused):
    ada = build.an_enrollment(program, **dates)
    if is_refused:
        assert "not enrolled on this day" in refuses(lambda: take(session, ada))
    else:
        assert take(session, ada).pk


def test_on_leave(session, ada):
    build.a_leave(ada.participant, FRIDAY, FRIDAY)
    assert "on leave" in refuses(lambda: take(session, ada))


def test_a_member_and_a_guest_are_expected_already(session, ada, program):
    build.a_membership(session.group, ada)
    assert "expected in this session already" in refuses(lambda: take(session, ada))
    other = build.a_session(build.a_group(program), FRIDAY, "13:00", "15:00")
    take(other, ada)
    assert "expected in this session already" in refuses(lambda: take(other, ada))


def test_on_record_already(session, ada):
    build.a_record(session, ada.participant, absence="excused")
    assert "on record in this session already" in refuses(lambda: take(session, ada))


def test_where_they_are_at_that_time(session, ada, program):
    core = build.a_group(program, name="Core")
    build.a_session(core, FRIDAY, "11:59", "13:00")
    build.a_membership(core, ada)
    assert "expected in Core at 11:59 AM" in refuses(lambda: take(session, ada))
    touching = build.a_session(build.a_group(program), FRIDAY, "13:00", "14:00")
    assert take(touching, ada).pk


def test_no_seat_is_free(session, ada, program):
    build.a_membership(session.group, build.an_enrollment(program))
    assert "The last seat has been taken" in refuses(lambda: take(session, ada))


def test_who_is_on_leave_holds_no_seat(session, ada, program):
    away = build.an_enrollment(program)
    build.a_membership(session.group, away)
    build.a_leave(away.participant, FRIDAY, FRIDAY)
    assert take(session, ada).pk


def test_what_was_missed(session, ada, program):
    other = missed(build.an_enrollment(program))
    assert "not on record as absent" in refuses(lambda: take(session, ada, makes_up=other))
    came = build.a_session(build.a_group(program), MONDAY)
    build.a_record(came, ada.participant, "09:00-12:00")
    assert "not on record as absent" in refuses(lambda: take(session, ada, makes_up=came))
    later = missed(ada, FRIDAY + timedelta(days=1))
    assert "an earlier session" in refuses(lambda: take(session, ada, makes_up=later))
    elsewhere = build.a_session(build.a_group(), MONDAY, "13:00", "15:00")
    build.a_record(elsewhere, ada.participant, absence="no_call")
    assert "another program" in refuses(lambda: take(session, ada, makes_up=elsewhere))


def test_given_back_only_before_it_starts(session, ada):
    seat = take(session, ada)
    assert "has begun" in refuses(lambda: give_back(seat, now=session.starts_at))
    assert give_back(seat, now=session.starts_at - timedelta(seconds=1)).released_at


def test_not_given_back_once_on_record(session, ada):
    seat = take(session, ada)
    build.a_record(session, ada.participant, absence="excused")
    assert "on record" in refuses(lambda: give_back(seat))


def test_a_seat_that_came_with_a_combined_session_stays(session, ada, program):
    from_here = build.a_session(build.a_group(program), FRIDAY, status="cancelled")
    seat = build.a_make_up_seat(session, ada, combined_from=from_here)
    assert "combined session" in refuses(lambda: give_back(seat))


def test_nothing_is_kept_when_the_trail_cannot_be_written(session, ada, audit_fails):
    with pytest.raises(CannotSchedule):
        take(session, ada)
    assert not MakeUpSeat.objects.exists()


def test_a_merged_record_is_the_same_person(session, ada):
    kept = build.a_participant()
    ada.participant.merged_into, ada.participant.merged_at = kept, NOW
    ada.participant.save(update_fields=["merged_into", "merged_at"])
    build.a_record(session, kept, absence="excused")
    assert "on record" in refuses(lambda: take(session, ada))
