"""Two people act in the same moment, on two real connections: the database still refuses."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from attendance.models import AttendanceRecord, Presence, SignOff
from groups.models import Facilitation, GroupMembership, GroupSession
from programs.models import Enrollment
from tests import build
from tests.build import MONDAY, moment, on
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db(transaction=True)

SOMEONE_WAITS_FOR_US = """
    SELECT EXISTS (
        SELECT FROM pg_locks
         WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
    )
"""

Step = Callable[[], object]


def second_is_refused_by(first: Step, second: Step) -> str | None:
    """Do `first`, start `second` before it commits, and return what refused the second, if any.

    The first commits as soon as the second waits for it, or is through without waiting.
    """
    refusals: list[str | None] = []

    def beside() -> None:
        try:
            with transaction.atomic():
                second()
        except IntegrityError as error:
            refusals.append(refused_by(error))
        finally:
            connection.close()

    other = Thread(target=beside)
    with transaction.atomic():
        first()
        other.start()
        while other.is_alive() and not _someone_waits_for_us():
            other.join(timeout=0.001)
    other.join()
    return refusals[0] if refusals else None


def _someone_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(SOMEONE_WAITS_FOR_US)
        return cursor.fetchone()[0]


def test_one_record_of_two():
    session, person = build.a_session(), build.a_participant()
    record = lambda: build.a_record(session, person)  # noqa: E731 (the same step twice)
    assert second_is_refused_by(record, record) == "attendance_record_once"
    assert AttendanceRecord.objects.count() == 1


def test_one_session_of_two_in_a_room():
    room, groups = build.a_room(), [build.a_group(), build.a_group()]
    first, second = (lambda group=group: build.a_session(group, room=room) for group in groups)
    assert second_is_refused_by(first, second) == "session_room_once"
    assert GroupSession.objects.count() == 1


def test_one_session_of_two_for_a_facilitator():
    user, sessions = build.a_user(), [build.a_session(), build.a_session()]
    first, second = (lambda one=one: build.a_facilitation(one, user) for one in sessions)
    assert second_is_refused_by(first, second) == "facilitator_once_at_a_time"
    assert Facilitation.objects.count() == 1


def test_one_enrollment_of_two():
    person, programs = build.a_participant(), [build.a_program(), build.a_program()]
    first, second = (lambda one=one: build.an_enrollment(one, person) for one in programs)
    assert second_is_refused_by(first, second) == "enrollment_one_at_a_time"
    assert Enrollment.objects.count() == 1


def test_one_minute_of_two():
    person = build.a_participant()
    records = [build.a_record(build.a_session(), person) for _ in range(2)]
    first, second = (lambda one=one: build.a_presence(one, "09:00-") for one in records)
    assert second_is_refused_by(first, second) == "presence_no_minute_twice"
    assert Presence.objects.count() == 1


@pytest.mark.parametrize("discharged_first", [True, False])
def test_a_discharge_and_a_new_membership(discharged_first: bool):
    enrollment, group = build.an_enrollment(), build.a_group()

    def discharge() -> None:
        Enrollment.objects.filter(pk=enrollment.pk).update(
            discharged_on=on("2026-11-20"), discharge_reason="moved"
        )

    def join() -> None:
        build.a_membership(group, enrollment)

    steps = (discharge, join) if discharged_first else (join, discharge)
    assert second_is_refused_by(*steps) == "membership_inside_enrollment"
    assert GroupMembership.objects.exists() is not discharged_first


def test_nothing_is_recorded_while_someone_signs():
    session, person, user = build.a_session(), build.a_participant(), build.a_user()
    refusal = second_is_refused_by(
        lambda: build.a_sign_off(session, user), lambda: build.a_record(session, person)
    )
    assert refusal == "signed_record_stays"
    assert not AttendanceRecord.objects.exists()


def test_who_signs_waits_for_what_is_being_recorded():
    session, person, user = build.a_session(), build.a_participant(), build.a_user()
    recorded_when_signed = []

    def sign() -> None:
        build.a_sign_off(session, user)
        recorded_when_signed.append(session.records.count())

    assert second_is_refused_by(lambda: build.a_record(session, person), sign) is None
    assert SignOff.objects.exists()
    assert recorded_when_signed == [1]


@pytest.mark.parametrize("moved_first", [True, False])
def test_a_session_moves_while_someone_arrives(moved_first: bool):
    session = build.a_session(starts="09:00", ends="12:00")
    record, user = build.a_record(session, build.a_participant()), build.a_user()

    def move() -> None:
        later = moment(MONDAY, "12:30")
        GroupSession.objects.filter(pk=session.pk).update(ends_at=later)

    def arrive() -> None:
        build.a_facilitation(session, user)
        build.a_presence(record, "09:00-")

    steps = (move, arrive) if moved_first else (arrive, move)
    assert second_is_refused_by(*steps) is None
    assert Presence.objects.get().span.upper == moment(MONDAY, "12:30")
    assert Facilitation.objects.get().span.upper == moment(MONDAY, "12:30")
