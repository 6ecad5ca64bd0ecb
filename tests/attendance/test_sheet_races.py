"""Two people mark and sign in the same moment, on two real connections."""

from __future__ import annotations

import pytest

from attendance.models import AttendanceRecord, Presence, SignOff
from attendance.sheet.actions import ReadOnly, sign_session
from attendance.sheet.states import Ask
from attendance.sheet.wishes import RowMarks
from groups.models import GroupSession
from programs.models import Role
from tests import build
from tests.attendance.sheet import AT_THE_END, a_member, record, said
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session() -> GroupSession:
    return build.a_session(build.a_group())


@pytest.fixture
def two(session):
    return [build.a_colleague(session.group.program, Role.FACILITATOR) for _ in range(2)]


def test_two_mark_the_same_person_present(session, two):
    person = a_member(session)
    present = RowMarks(person.public_id, act=Ask.PRESENT)
    first, second = (lambda user=user: record(session, user, present) for user in two)
    assert second_is_refused_by(first, second) is None
    assert AttendanceRecord.objects.get().recorded_by == two[0]
    assert Presence.objects.count() == 1


def test_the_first_of_two_is_kept_and_the_second_is_told(session, two):
    person, told = a_member(session), []
    late, excused = (RowMarks(person.public_id, act=Ask(act)) for act in ("late", "excused"))
    second_is_refused_by(
        lambda: record(session, two[0], late),
        lambda: told.append(record(session, two[1], excused).conflicts),
    )
    assert person.public_id in told[0]
    assert said(session, person) == "10:00-"


def test_a_mark_that_comes_while_someone_signs(session, two):
    person, refused = a_member(session), []
    record(session, two[0], RowMarks(person.public_id, act=Ask.PRESENT))
    sheets = GroupSession.objects.filter(pk=session.pk)

    def sign() -> None:
        sign_session(session=sheets, reason="", is_substitute=False, by=two[0], now=AT_THE_END)

    def mark() -> None:
        try:
            record(session, two[1], RowMarks(person.public_id, act=Ask.EXCUSED))
        except ReadOnly as error:
            refused.append(error)

    second_is_refused_by(sign, mark)
    assert SignOff.objects.exists()
    assert said(session, person) == "09:00-12:00"
