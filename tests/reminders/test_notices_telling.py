"""Every notice goes where and when its reader chose; by the usual table where they have not."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from attendance.owed.actions import Planned, plan_for_program
from programs.models import Program
from reminders.models import NoticeChoice, NoticeKind, StaffNotice, Timing
from reminders.notices.telling import tell, tell_again, tell_anew
from reminders.notices.usual import CONCERNS, USUAL, timings_of
from tests import build
from tests.at_once import at_once
from tests.attendance.owing import a_past_session
from tests.build import MONDAY, moment
from tests.build_reminders import a_notice, a_notice_choice, notice_hours

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)
TWO, TEN = moment(MONDAY, "14:00"), moment(MONDAY, "22:00")
SIX, SEVEN = moment(TUESDAY, "06:00"), moment(TUESDAY, "07:00")
NUMBER = "+13125550123"
TEXTS = "json+http://127.0.0.1:1/"


def unsaved(user: User, program: Program, **fields: Any) -> StaffNotice:
    defaults = {"kind": "notes", "about": uuid.uuid4(), "due_at": TWO}
    return StaffNotice(user=user, program=program, **{**defaults, **fields})


def told(user: User, program: Program, **fields: Any) -> StaffNotice:
    """The notice as it was written."""
    notice = unsaved(user, program, **fields)
    assert tell([notice]) == 1
    return StaffNotice.objects.get(public_id=notice.public_id)


def test_every_kind_has_its_usual_and_its_people():
    assert set(USUAL) == set(CONCERNS) == set(NoticeKind)
    for kind, choice in USUAL.items():
        assert choice.timing in timings_of(kind)
        assert choice.channel == "email"


@pytest.mark.parametrize(
    ("kind", "at_two", "at_ten"),
    [
        ("safety", TWO, TEN),
        *((kind, TWO, SIX) for kind in ("record", "sign", "notes", "cosign", "outreach", "alert")),
        *((kind, SEVEN, SEVEN) for kind in ("today", "digest", "closed", "failures")),
    ],
)
def test_the_usual(program, director, kind, at_two, at_ten):
    for due_at, try_at in ((TWO, at_two), (TEN, at_ten)):
        notice = told(director, program, kind=kind, due_at=due_at)
        assert (notice.due_at, notice.try_at) == (due_at, try_at)
        assert (notice.status, notice.channel) == ("planned", "email")


def test_as_chosen_and_each_by_themselves(program, director, clinician):
    a_notice_choice(director, "notes")
    notice_hours(director, morning_at="09:30", quiet_until="09:00")
    a_notice_choice(clinician, "sign")
    assert told(director, program).try_at == moment(TUESDAY, "09:30")
    assert told(director, program, kind="sign", due_at=TEN).try_at == moment(TUESDAY, "09:00")
    assert told(clinician, program).try_at == TWO
    assert told(clinician, program, kind="sign").try_at == SEVEN


def test_by_the_clock_of_the_site(program, director):
    phoenix = build.a_program(build.a_site(timezone="America/Phoenix"))
    a_notice_choice(director, "notes")
    here, there = unsaved(director, program), unsaved(director, phoenix)
    assert tell([here, there]) == 2
    assert (here.try_at, there.try_at) == (SEVEN, SEVEN + timedelta(hours=1))


class TestByText:
    @pytest.fixture(autouse=True)
    def carrier(self, settings):
        settings.SMS_URL = TEXTS

    def test_where_it_was_chosen_and_there_is_a_number(self, program, director):
        a_notice_choice(director, "notes", channel="sms", timing="at_once")
        notice_hours(director, mobile=NUMBER)
        assert told(director, program).channel == "sms"
        assert told(director, program, kind="sign").channel == "email"

    def test_else_by_email(self, program, director, settings):
        a_notice_choice(director, "notes", channel="sms")
        assert told(director, program).channel == "email"
        notice_hours(director, mobile=NUMBER)
        settings.SMS_URL = ""
        assert told(director, program).channel == "email"

    def test_a_safety_answer_at_any_hour(self, program, director):
        a_notice_choice(director, "safety", channel="sms", timing="at_once")
        notice_hours(director, mobile=NUMBER)
        notice = told(director, program, kind="safety", due_at=TEN)
        assert (notice.channel, notice.try_at) == ("sms", TEN)


class TestNotWanted:
    @pytest.fixture(autouse=True)
    def choice(self, facilitator):
        return a_notice_choice(facilitator, "record", timing="never")

    def test_it_is_written_as_not_sent(self, program, facilitator):
        notice = told(facilitator, program, kind="record")
        assert (notice.status, notice.reason) == ("skipped", "not_wanted")
        assert not StaffNotice.objects.planned().exists()

    def test_the_planner_knows_it_and_who_turns_it_on_is_told_of_what_comes(
        self, program, facilitator, choice
    ):
        a_past_session(program, facilitator)
        at = moment(MONDAY, "11:00")
        assert plan_for_program(program=program, now=at, by=None).added == 1
        NoticeChoice.objects.filter(pk=choice.pk).update(timing="at_once")
        later = at + timedelta(minutes=10)
        assert plan_for_program(program=program, now=later, by=None) == Planned()
        assert not StaffNotice.objects.planned().exists()
        a_past_session(program, facilitator, starts="11:00", ends="12:00")
        now = moment(MONDAY, "12:30")
        assert plan_for_program(program=program, now=now, by=None) == Planned(added=1)
        assert StaffNotice.objects.planned().count() == 1


class TestAgain:
    @pytest.fixture
    def taken_back(self, program, director):
        return a_notice(director, program, kind="alert", status="skipped", reason="not_needed")

    def again(self, now=TEN) -> int:
        return tell_again(StaffNotice.objects.filter(kind="alert"), now=now)

    def test_as_chosen(self, taken_back):
        assert self.again() == 1
        taken_back.refresh_from_db()
        assert (taken_back.status, taken_back.reason) == ("planned", "")
        assert (taken_back.due_at, taken_back.try_at) == (TEN, SIX)
        assert self.again() == 0

    def test_not_where_it_is_not_wanted_any_more(self, taken_back, director):
        a_notice_choice(director, "alert", timing="never")
        self.again()
        taken_back.refresh_from_db()
        assert (taken_back.status, taken_back.reason) == ("skipped", "not_wanted")
        assert self.again() == 0

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"status": "skipped", "reason": "not_wanted"},
            {"status": "skipped", "reason": "has_left"},
            {"status": "sent", "claimed_at": TWO, "sent_at": TWO},
            {"status": "expired"},
        ],
    )
    def test_only_what_was_taken_back(self, program, director, fields):
        notice = a_notice(director, program, kind="alert", **fields)
        assert self.again() == 0
        before = notice.status, notice.try_at
        notice.refresh_from_db()
        assert (notice.status, notice.try_at) == before


class TestAnew:
    def test_what_has_not_gone_goes_as_they_choose_now(self, program, director, clinician):
        waiting = a_notice(director, program, due_at=TWO)
        theirs = a_notice(clinician, program, due_at=TWO)
        gone = a_notice(director, program, kind="sign", status="claimed", claimed_at=TWO)
        for kind in ("record", "sign"):
            a_notice_choice(director, kind)
        assert tell_anew(user=director, now=TWO) == 1
        for each in (waiting, theirs, gone):
            each.refresh_from_db()
        assert (waiting.try_at, theirs.try_at, gone.status) == (SEVEN, TWO, "claimed")

    def test_what_is_not_wanted_any_more_stays_home(self, program, director):
        failing = {"attempts": 2, "reason": "no_answer"}
        waiting = a_notice(director, program, due_at=TWO, **failing)
        a_notice_choice(director, "record", timing="never")
        tell_anew(user=director, now=TWO)
        waiting.refresh_from_db()
        assert (waiting.status, waiting.reason) == ("skipped", "not_wanted")


@pytest.mark.parametrize("number", [1, 30])
def test_the_same_few_statements_for_any_number(program, number):
    people = [build.a_user() for _ in range(number)]
    programs = [program, build.a_program()]
    for each in people[1:]:
        a_notice_choice(each)
        notice_hours(each)
    rows = [unsaved(each, programs[at % 2]) for at, each in enumerate(people)]
    with CaptureQueriesContext(connection) as queries:
        assert tell(rows, now=TWO) == number
    assert len(queries) == 5
    StaffNotice.objects.update(status="skipped", reason="not_needed")
    with CaptureQueriesContext(connection) as queries:
        assert tell_again(StaffNotice.objects.all(), now=TWO) == number
    # With the two of the transaction.
    assert len(queries) <= 7


def test_nothing_to_tell_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert tell([]) == 0


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_tell_once(program, director):
    about = uuid.uuid4()
    tellers = [lambda: tell([unsaved(director, program, about=about)])] * 8
    done = at_once(*tellers, words=(IntegrityError,))
    assert sorted(done, key=str) == [0] * 7 + [1]
    assert StaffNotice.objects.count() == 1


@pytest.mark.parametrize("timing", Timing.values)
def test_no_choice_keeps_a_safety_answer_back(program, director, timing):
    """The database refuses such a choice; the rule would not follow it either."""
    choice = NoticeChoice(user=director, kind="safety", timing=timing)
    if timing == Timing.AT_ONCE:
        choice.full_clean()
        choice.save()
    notice = told(director, program, kind="safety", due_at=TEN)
    assert (notice.status, notice.try_at) == ("planned", TEN)
