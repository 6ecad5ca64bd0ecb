"""Opening a record in an emergency: who is told, how long it lasts, and who looks at it after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.models import AuditEvent, User
from attendance.emergency.actions import CannotReview, close_record, open_record, review_access
from attendance.emergency.banner import minutes_left
from attendance.emergency.finding import found_exactly, program_for
from programs.models import EmergencyAccess, Participant, Program, Role
from reminders.models import StaffNotice
from tests import build
from tests.build import CHICAGO, NOW, on
from tests.build_trust import an_emergency_access

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def person(program: Program) -> Participant:
    return build.an_enrollment(program).participant


def opened(person: Participant, program: Program, by: User, now: datetime = NOW) -> EmergencyAccess:
    reason = "  Fainted in the hall.  "
    return open_record(person=person, program=program, reason=reason, now=now, by=by)


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def test_it_is_open_for_an_hour_and_the_trail_says_so(person, program, facilitator):
    access = opened(person, program, facilitator)
    assert (access.started_at, access.ends_at) == (NOW, NOW + HOUR)
    assert access.reason == "Fainted in the hall."
    line = AuditEvent.objects.get(verb="emergency.opened")
    assert (line.by, line.subject_id) == (facilitator, access.public_id)
    assert (line.participant_id, line.program_id) == (person.public_id, program.public_id)
    assert line.detail == {"told": 0}


def test_every_other_director_of_the_program_is_told_at_once(person, program, director, stranger):
    second = build.a_colleague(program, Role.DIRECTOR)
    build.a_colleague(program, Role.DIRECTOR, is_active=False)
    build.a_colleague(program, Role.CLINICIAN)
    access = opened(person, program, director)
    notices = StaffNotice.objects.filter(about=access.public_id)
    assert [(each.user, each.kind, each.status) for each in notices] == [
        (second, "opened", "planned")
    ]
    assert notices.get().try_at == NOW
    assert not StaffNotice.objects.filter(user=stranger).exists()


def test_an_open_one_is_used_again_and_its_hour_does_not_begin_anew(person, program, facilitator):
    first = opened(person, program, facilitator)
    later = NOW + timedelta(minutes=59)
    assert opened(person, program, facilitator, later) == first
    assert opened(person, program, facilitator, NOW + HOUR) != first
    assert verbs() == ["emergency.opened"] * 2


def test_somebody_else_opens_one_of_their_own(person, program, facilitator, clinician):
    assert opened(person, program, facilitator) != opened(person, program, clinician)


def test_nothing_is_open_where_the_trail_cannot_be_written(
    person, program, facilitator, audit_fails
):
    with pytest.raises(IntegrityError):
        opened(person, program, facilitator)
    assert not EmergencyAccess.objects.exists()
    assert not StaffNotice.objects.exists()


@given(seconds=st.integers(-3 * 3600, 3 * 3600))
@example(seconds=-1)
@example(seconds=0)
@example(seconds=3599)
@example(seconds=3600)
def test_sql_and_the_row_agree_on_when_it_is_open(seconds: int):
    access = EmergencyAccess.objects.first() or an_emergency_access()
    moment = NOW + timedelta(seconds=seconds)
    is_open = seconds in range(3600)
    assert access.is_open_at(moment) is is_open
    assert EmergencyAccess.objects.open_at(moment).exists() is is_open
    assert (minutes_left(access.ends_at, moment) > 0) is (seconds < 3600)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        # At 02:00 the clocks go forward to 03:00; at 02:00 in November back to 01:00.
        (datetime(2026, 3, 8, 1, 30, tzinfo=CHICAGO), datetime(2026, 3, 8, 3, 30, tzinfo=CHICAGO)),
        (
            datetime(2026, 11, 1, 1, 30, tzinfo=CHICAGO),
            datetime(2026, 11, 1, 1, 30, tzinfo=CHICAGO, fold=1),
        ),
    ],
    ids=["forward", "back"],
)
def test_an_hour_is_sixty_minutes_when_the_clocks_change(
    person, program, facilitator, starts, ends
):
    access = opened(person, program, facilitator, starts)
    access.refresh_from_db()
    assert access.ends_at == ends.astimezone(UTC)
    assert minutes_left(access.ends_at, starts) == 60


def test_it_is_closed_by_hand_once(person, program, facilitator, clinician):
    access = opened(person, program, facilitator)
    close_record(access=access, now=NOW, by=clinician)
    assert EmergencyAccess.objects.open_at(NOW).exists()
    for minutes in (5, 9):
        close_record(access=access, now=NOW + timedelta(minutes=minutes), by=facilitator)
    access.refresh_from_db()
    assert access.ended_at == NOW + timedelta(minutes=5)
    assert verbs() == ["emergency.opened", "emergency.closed"]


def test_one_that_ran_out_is_not_closed_again(person, program, facilitator):
    access = opened(person, program, facilitator)
    close_record(access=access, now=NOW + HOUR, by=facilitator)
    access.refresh_from_db()
    assert access.ended_at is None


def test_a_director_reviews_it_once(person, program, facilitator, director):
    access, later = opened(person, program, facilitator), NOW + HOUR
    review_access(access=access, note=" Right. ", now=later, by=director)
    access.refresh_from_db()
    assert (access.reviewed_by, access.reviewed_at) == (director, later)
    assert access.review_note == "Right."
    with pytest.raises(CannotReview, match="meanwhile"):
        review_access(access=access, note="Other", now=later, by=director)
    assert verbs() == ["emergency.opened", "emergency.reviewed"]


def test_not_by_who_opened_it_and_not_while_it_is_open(person, program, director):
    second = build.a_colleague(program, Role.DIRECTOR)
    access = opened(person, program, director)
    with pytest.raises(CannotReview, match="Somebody else"):
        review_access(access=access, note="", now=NOW + HOUR, by=director)
    with pytest.raises(CannotReview, match="still open"):
        review_access(access=access, note="", now=NOW, by=second)
    close_record(access=access, now=NOW, by=director)
    review_access(access=access, note="", now=NOW, by=second)


BORN = on("1990-05-01")


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"last_name": "o'hara", "birth_date": BORN}, True),
        ({"last_name": " O'Hara ", "birth_date": BORN}, True),
        ({"last_name": "O'Har", "birth_date": BORN}, False),
        ({"last_name": "O'Hara", "birth_date": on("1990-01-05")}, False),
        ({"last_name": "O%", "birth_date": BORN}, False),
        ({"last_name": "O'Hara", "birth_date": BORN, "first_name": "MIKE"}, True),
        ({"last_name": "O'Hara", "birth_date": BORN, "first_name": "Michael"}, True),
        ({"last_name": "O'Hara", "birth_date": BORN, "first_name": "Mich"}, False),
    ],
)
def test_only_the_whole_name_and_date_find_somebody(asked, is_found):
    names = {"first_name": "Michael", "preferred_name": "Mike", "last_name": "O'Hara"}
    person = build.a_participant(**names, birth_date=BORN)
    assert found_exactly(**asked) == ([person] if is_found else [])


def test_a_duplicate_finds_the_record_that_is_kept():
    kept = build.a_participant(last_name="Kent", birth_date=BORN)
    build.a_participant(last_name="Kent", birth_date=BORN, merged_into=kept, merged_at=NOW)
    assert found_exactly(last_name="Kent", birth_date=BORN) == [kept]


def test_whose_program_is_told(person, program):
    today, elsewhere = on("2026-11-25"), build.a_program(code="zz")
    assert program_for(person, program, today=today) == program
    assert program_for(person, elsewhere, today=today) == program
    nobody = build.a_participant()
    assert program_for(nobody, program, today=today) is None
    left = build.an_enrollment(
        elsewhere, admitted_on="2026-01-05", discharged_on="2026-02-06", discharge_reason="moved"
    ).participant
    build.an_enrollment(build.a_program(code="now"), left, admitted_on="2026-03-02")
    found = program_for(left, program, today=today)
    assert found
    assert found.code == "now"
    assert program_for(left, elsewhere, today=today) == elsewhere
