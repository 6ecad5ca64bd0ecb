"""From the board to the seats that save a week: who is led there, and of whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from groups.models import GroupSession, MakeUpSeat
from programs.models import Enrollment, Program, Role
from programs.weeks import local_date
from tests import build

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def recoverable(program: Program) -> Enrollment:
    """Somebody who missed two hours yesterday; an open session of three hours is tomorrow."""
    today = local_date(timezone.now(), program.zone)
    program.week_starts_on = (today.weekday() - 3) % 7
    program.save(update_fields=["week_starts_on"])
    build.a_rule(program, effective_from="2020-01-01", min_minutes_per_week=180)
    core = build.a_group(program, name="Core")
    past = build.a_session(core, today - timedelta(days=1), "09:00", "11:00")
    build.a_session(build.a_group(program, name="Skills"), today + timedelta(days=1))
    enrollment = build.an_enrollment(
        program,
        build.a_participant(first_name="Amara", last_name="Okoye"),
        admitted_on="2020-01-01",
    )
    build.a_membership(core, enrollment)
    build.a_record(past, enrollment.participant, absence="no_call")
    return enrollment


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.CLINICIAN, Role.ADMISSIONS])
def test_a_recoverable_person_can_be_booked(
    client_of: ClientOf, program: Program, recoverable: Enrollment, role: Role
) -> None:
    page = client_of(build.a_colleague(program, role)).get(f"/hours/{program.public_id}/")
    words = page.content.decode()
    week = program.week_of(local_date(timezone.now(), program.zone)).first_on
    person = f"/rescue/{program.public_id}/{recoverable.public_id}/?week={week}"
    assert f'href="{person}" aria-label="Book a make-up: Amara O."' in words
    assert f'href="/rescue/{program.public_id}/?week={week}"' in words
    assert "Propose seats for everyone" in words


@pytest.mark.parametrize("role", [Role.BILLING])
def test_who_may_not_book_is_led_nowhere(
    client_of: ClientOf, program: Program, recoverable: Enrollment, role: Role
) -> None:
    page = client_of(build.a_colleague(program, role)).get(f"/hours/{program.public_id}/")
    words = page.content.decode()
    assert "Recoverable" in words
    assert "Amara O." in words
    assert "/rescue/" not in words


def test_nobody_else_is_offered_a_seat(
    client_of: ClientOf, director: User, program: Program, recoverable: Enrollment
) -> None:
    build.an_order(recoverable, 1_000)
    words = client_of(director).get(f"/hours/{program.public_id}/").content.decode()
    assert "Unreachable" in words
    assert "/rescue/" not in words


@pytest.mark.parametrize(("role", "is_led"), [(Role.ADMISSIONS, True), (Role.BILLING, False)])
def test_a_booked_seat_can_be_given_back_from_the_board(
    client_of: ClientOf, program: Program, recoverable: Enrollment, role: Role, is_led: bool
) -> None:
    seats = f"/rescue/{program.public_id}/{recoverable.public_id}/"
    board = f"/hours/{program.public_id}/"
    client = client_of(build.a_colleague(program, role))
    session = GroupSession.objects.get(group__name="Skills")
    build.a_make_up_seat(session, recoverable, booked_at=timezone.now())
    assert "Recoverable</h2>" not in (closed := client.get(board).content.decode())
    assert seats not in closed
    opened = client.get(board, {"why": str(recoverable.public_id)}).content.decode()
    assert (seats in opened) is is_led
    MakeUpSeat.objects.update(released_at=timezone.now())
    build.an_order(recoverable, 1_000)
    assert seats not in client.get(board, {"why": str(recoverable.public_id)}).content.decode()
