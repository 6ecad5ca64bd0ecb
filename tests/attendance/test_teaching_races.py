"""Two people confirm one session in the same moment, on two real connections."""

from __future__ import annotations

import pytest

from attendance.teaching.actions import withdraw_taught
from attendance.teaching.refusals import AlreadyConfirmed, AlreadyWithdrawn
from groups.models import SessionLesson, Teaching
from programs.models import Role
from tests import build
from tests.at_once import at_once
from tests.attendance.teaching import AT_NOON, confirm, whole, with_plan

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = (AlreadyConfirmed, AlreadyWithdrawn)


@pytest.fixture
def session():
    return build.a_session(build.a_group())


@pytest.fixture
def two(session):
    return [build.a_colleague(session.group.program, Role.CLINICIAN) for _ in range(2)]


@pytest.fixture
def lesson(session):
    return build.a_lesson(session.group.program)


def test_both_say_the_same(session, two, lesson):
    with_plan(session, lesson)
    came = at_once(
        *(lambda by=by: confirm(session, by, whole(session, lesson)) for by in two), words=WORDS
    )
    assert came[0] == came[1] == Teaching.objects.get()
    assert SessionLesson.objects.taught().count() == 1


def test_each_says_something_else(session, two, lesson):
    with_plan(session, lesson)
    came = at_once(
        lambda: confirm(session, two[0], whole(session, lesson)),
        lambda: confirm(session, two[1], other="A walk"),
        words=WORDS,
    )
    [kept] = [each for each in came if isinstance(each, Teaching)]
    [refused] = [each for each in came if isinstance(each, AlreadyConfirmed)]
    assert refused.teaching == kept == Teaching.objects.get()
    assert SessionLesson.objects.count() == (0 if kept.other else 1)


def test_both_withdraw(session, two, lesson):
    confirm(session, two[0], whole(session, lesson))
    row = SessionLesson.objects.get()
    came = at_once(
        *(
            lambda by=by: withdraw_taught(taught=row, reason="Wrong", by=by, now=AT_NOON)
            for by in two
        ),
        words=WORDS,
    )
    assert sum(isinstance(each, AlreadyWithdrawn) for each in came) == 1
