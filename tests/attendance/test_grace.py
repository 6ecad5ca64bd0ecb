"""The minutes forgiven at the door are the program's, from a date on, wherever a mark is shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.grace import grace_of, with_grace
from attendance.marks import Mark
from attendance.sheet.session import moment_of, whole
from attendance.sheet.states import Ask
from attendance.today.session_marks import marks_on
from groups.models import GroupSession
from hours.program_week import current_week, program_week
from tests import build
from tests.attendance.sheet import AT_THE_END, a_member, on_sheet
from tests.build import MONDAY
from tests.build_records import a_record_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(program) -> GroupSession:
    return build.a_session(build.a_group(program))


def minutes(session) -> int:
    (whole_one,) = whole(GroupSession.objects.filter(pk=session.pk))
    with CaptureQueriesContext(connection) as queries:
        grace = grace_of(whole_one)
    assert not queries
    assert grace == grace_of(GroupSession.objects.get(pk=session.pk))
    return int(grace.total_seconds()) // 60


def test_five_where_there_is_no_rule(session):
    a_record_rule(build.a_program(), grace_minutes=30)
    assert minutes(session) == 5


def test_the_rule_of_the_session_s_own_date(session):
    program = session.group.program
    a_record_rule(program, grace_minutes=10)
    a_record_rule(program, grace_minutes=0, effective_from=MONDAY)
    a_record_rule(program, grace_minutes=20, effective_from=MONDAY + timedelta(days=1))
    assert minutes(session) == 0
    earlier = build.a_session(session.group, MONDAY - timedelta(days=1))
    assert [minutes(earlier), with_grace(GroupSession.objects.all()).count()] == [10, 2]


@pytest.mark.parametrize(
    ("grace", "stay", "mark"),
    [
        (5, "09:12-", Mark.LATE),
        (15, "09:12-", Mark.PRESENT),
        (12, "09:12-", Mark.PRESENT),
        (11, "09:12-", Mark.LATE),
        (0, "09:00-12:00", Mark.PRESENT),
        (0, "09:00-11:59", Mark.LEFT_EARLY),
        (15, "09:00-11:45", Mark.PRESENT),
    ],
)
def test_the_sheet_today_and_the_hours_say_the_same(session, grace, stay, mark):
    program = session.group.program
    build.a_rule(program)
    a_record_rule(program, grace_minutes=grace, effective_from=date(2026, 11, 1))
    person = a_member(session)
    build.a_record(session, person, stay)
    at = moment_of(session, AT_THE_END)
    state = on_sheet(session, person).state
    assert state.mark(at) is mark
    assert (state.choice(at) == Ask.LATE) is (mark is Mark.LATE)
    on_the_day = marks_on(MONDAY, [session], now=AT_THE_END)[session.pk]
    assert on_the_day.counts == ((mark, 1),)
    with CaptureQueriesContext(connection) as queries:
        facts = program_week(program, week=current_week(program, AT_THE_END), as_of=AT_THE_END)
    assert len(queries) == 3
    assert facts is not None
    (line,) = facts.people[0].lines
    assert line.grace == at.grace == timedelta(minutes=grace)
