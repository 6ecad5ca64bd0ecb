"""Two people choose the same substitute, or keep the same row, at once: one of them does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.actions import add_license
from accounts.keeping import NotKept
from accounts.models import License, User
from groups.leading.actions import add_leader
from groups.models import ClashKind, Facilitation, GroupSession
from groups.schedule.actions import substitute
from groups.schedule.edit import CannotSchedule
from programs.actions import add_availability, add_staff_leave
from programs.models import Availability, Program, Role, StaffLeave
from tests import build
from tests.build import MONDAY, NOW
from tests.test_races import SOMEONE_WAITS_FOR_US, Step

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stand_in(program: Program) -> User:
    return build.a_colleague(program, Role.FACILITATOR, name="Ines Haddad")


@pytest.fixture
def overlapping(program: Program) -> list[GroupSession]:
    """Two sessions of two groups that overlap, each with a facilitator of its own."""
    day = MONDAY + timedelta(days=7)
    return [
        build.a_session(
            build.a_group(program),
            day,
            starts,
            "12:00",
            facilitators=[build.a_colleague(program, Role.FACILITATOR)],
        )
        for starts in ("09:00", "11:00")
    ]


def second_is_refused(first: Step, second: Step) -> Any:
    """Do `first`, start `second` before it commits, and return why the second was refused.

    Both act on real connections of their own.
    """
    refusals: list[CannotSchedule | NotKept] = []

    def beside() -> None:
        try:
            second()
        except (CannotSchedule, NotKept) as refused:
            refusals.append(refused)
        finally:
            connection.close()

    other = Thread(target=beside)
    with transaction.atomic():
        first()
        other.start()
        while other.is_alive() and not _someone_waits_for_us():
            other.join(timeout=0.001)
    other.join()
    assert len(refusals) == 1
    return refusals[0]


def _someone_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(SOMEONE_WAITS_FOR_US)
        return cursor.fetchone()[0]


def chosen_for(session: GroupSession, leader: User) -> Step:
    former = session.facilitations.get().user
    return lambda: substitute(
        session=session,
        instead_of=former.pk,
        leader=leader.pk,
        reason="Ill",
        now=NOW,
        by=None,
    )


def added_to(session: GroupSession, leader: User) -> Step:
    return lambda: add_leader(session=session, leader=leader, now=NOW, by=None)


@pytest.mark.parametrize("choose", [chosen_for, added_to], ids=["substitute", "co-facilitator"])
def test_one_of_two_gets_them(overlapping, stand_in, choose):
    first, second = (choose(session, stand_in) for session in overlapping)
    refused = second_is_refused(first, second)
    assert [each.kind for each in refused.clashes] == [ClashKind.FACILITATOR]
    (clash,) = refused.clashes
    assert clash.other.group == overlapping[0].group.name
    led = Facilitation.objects.filter(user=stand_in, is_former=False)
    assert [each.session for each in led] == [overlapping[0]]


def test_one_of_two_stands_in(overlapping, stand_in, program):
    """The same session, two substitutes for the same person: the second finds them replaced."""
    session, other = overlapping[0], build.a_colleague(program, Role.FACILITATOR, name="Other")
    first, second = (chosen_for(session, user) for user in (stand_in, other))
    refused = second_is_refused(first, second)
    assert refused.words == {"instead_of": ["This person does not lead the session."]}
    led = session.facilitations.filter(is_former=False)
    assert [each.user for each in led] == [stand_in]


def a_license(user: User, program: Program) -> Step:
    row = License(user=user, credential="LPC")
    return lambda: add_license(license=row, program_id=program.public_id, by=None)


def a_leave(user: User, program: Program) -> Step:
    row = StaffLeave(user=user, first_on=MONDAY)
    return lambda: add_staff_leave(leave=row, program=program, by=None)


def some_hours(user: User, program: Program) -> Step:
    row = Availability(user=user, weekday=0, starts=time(9), ends=time(12), first_on=MONDAY)
    return lambda: add_availability(hours=row, program=program, by=None)


@pytest.mark.parametrize(
    ("step", "model", "words"),
    [
        (a_license, License, "This license is on record already."),
        (a_leave, StaffLeave, "This leave is on record already."),
        (some_hours, Availability, "These hours are on record already."),
    ],
)
def test_a_row_sent_twice_is_kept_once(
    stand_in, program, step: Callable[..., Step], model: Any, words: str
):
    refused = second_is_refused(step(stand_in, program), step(stand_in, program))
    assert [words] in refused.words.values()
    assert model.objects.count() == 1
