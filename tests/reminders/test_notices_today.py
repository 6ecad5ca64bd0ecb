"""What each leads today: told in the morning, once, before the first session, with true numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from groups.models import Facilitation, GroupSession
from programs.models import Program, Role
from reminders.models import StaffNotice
from reminders.notices.keeping import news_until
from reminders.notices.today import plan_today_notices
from tests import build
from tests.at_once import at_once
from tests.build import MONDAY, moment
from tests.build_reminders import a_notice_choice, notice_hours

pytestmark = pytest.mark.django_db

FIVE, SEVEN = moment(MONDAY, "05:00"), moment(MONDAY, "07:00")


def plan(now=FIVE) -> None:
    plan_today_notices(now=now, by=None)


def a_day(program: Program, user: User, *starts: str, day=MONDAY) -> list[GroupSession]:
    """Sessions of an hour that the person leads."""
    group = build.a_group(program)
    return [
        build.a_session(group, day, each, f"{int(each[:2]) + 1:02}{each[2:]}", facilitators=[user])
        for each in starts
    ]


def told() -> list[tuple[str, int, int]]:
    """Who is to be told now, of how many, and of which first minute."""
    found = StaffNotice.objects.planned().select_related("user").order_by("user__name")
    return [(each.user.name, each.counts["sessions"], each.counts["first"]) for each in found]


def trail() -> list[dict]:
    lines = AuditEvent.objects.filter(verb="notices.planned").order_by("pk")
    return [each.detail for each in lines]


def test_each_who_leads_is_told_how_many_and_when_the_first_begins(
    program, facilitator, clinician, director
):
    a_day(program, facilitator, "14:00", "09:00", "17:30")
    a_day(program, clinician, "10:15")
    plan(FIVE - timedelta(seconds=1))
    assert told() == []
    plan()
    assert told() == [("Cleo Ortiz", 1, 615), ("Fay Marlow", 3, 540)]
    notice = StaffNotice.objects.get(user=facilitator)
    assert (notice.kind, notice.program, notice.channel) == ("today", program, "email")
    assert (notice.due_at, notice.try_at) == (FIVE, SEVEN)
    assert news_until(notice) == moment(MONDAY, "09:00")
    assert trail() == [{"kind": "today", "added": 2, "recounted": 0, "again": 0, "withdrawn": 0}]


def test_again_and_again_it_is_one_row_and_the_next_day_another(program, facilitator):
    a_day(program, facilitator, "09:00")
    a_day(program, facilitator, "09:00", day=MONDAY + timedelta(days=1))
    for minutes in (0, 10, 120):
        plan(FIVE + timedelta(minutes=minutes))
    assert (len(told()), len(trail())) == (1, 1)
    plan(FIVE + timedelta(days=1))
    assert StaffNotice.objects.values("about").distinct().count() == 2


@pytest.mark.parametrize("why", ["former", "cancelled", "tomorrow", "left", "inactive"])
def test_not_who_leads_nothing_today(program, facilitator, why):
    day = MONDAY + timedelta(days=1) if why == "tomorrow" else MONDAY
    (session,) = a_day(program, facilitator, "09:00", day=day)
    if why == "former":
        Facilitation.objects.update(is_former=True)
    elif why == "cancelled":
        GroupSession.objects.filter(pk=session.pk).update(status="cancelled")
    elif why == "left":
        facilitator.assignments.update(ended_at=timezone.now() + timedelta(days=400))
    elif why == "inactive":
        User.objects.filter(pk=facilitator.pk).update(is_active=False)
    plan()
    assert told() == []


class TestWhenItChanges:
    def test_one_is_called_off(self, program, facilitator):
        first, _second = a_day(program, facilitator, "09:00", "13:00")
        plan()
        GroupSession.objects.filter(pk=first.pk).update(status="cancelled")
        plan(FIVE + timedelta(minutes=10))
        assert told() == [("Fay Marlow", 1, 780)]
        assert trail()[-1]["recounted"] == 1
        plan(FIVE + timedelta(minutes=20))
        assert len(trail()) == 2

    def test_all_are_called_off_and_one_is_held_after_all(self, program, facilitator):
        sessions = a_day(program, facilitator, "09:00", "13:00")
        plan()
        GroupSession.objects.update(status="cancelled")
        plan(SEVEN - timedelta(minutes=10))
        assert StaffNotice.objects.get().reason == "not_needed"
        GroupSession.objects.filter(pk=sessions[1].pk).update(status="scheduled")
        plan(SEVEN + timedelta(minutes=10))
        assert told() == [("Fay Marlow", 1, 780)]
        assert StaffNotice.objects.get().try_at == SEVEN
        assert [each["again"] for each in trail()] == [0, 0, 1]

    def test_what_went_out_stays(self, program, facilitator):
        first, _second = a_day(program, facilitator, "09:00", "13:00")
        plan()
        StaffNotice.objects.update(status="sent", claimed_at=SEVEN, sent_at=SEVEN)
        GroupSession.objects.filter(pk=first.pk).update(status="cancelled")
        plan(SEVEN + timedelta(minutes=10))
        notice = StaffNotice.objects.get()
        assert (notice.status, notice.counts["sessions"]) == ("sent", 2)
        assert len(trail()) == 1


class TestInTime:
    def test_not_once_the_first_has_begun(self, program, facilitator):
        a_day(program, facilitator, "09:00", "13:00")
        plan(moment(MONDAY, "09:00"))
        assert told() == []
        plan(moment(MONDAY, "08:59"))
        assert told() == [("Fay Marlow", 2, 540)]

    def test_not_where_their_morning_comes_later(self, program, facilitator):
        notice_hours(facilitator, morning_at="09:00")
        a_day(program, facilitator, "09:00")
        plan()
        assert told() == []

    def test_not_who_does_not_want_it(self, program, facilitator):
        a_notice_choice(facilitator, "today", timing="never")
        a_day(program, facilitator, "09:00")
        plan()
        assert not StaffNotice.objects.exists()

    def test_the_day_on_which_the_clocks_go_forward(self, program, facilitator):
        a_day(program, facilitator, "09:00", day="2026-03-08")
        plan(moment("2026-03-08", "05:00"))
        notice = StaffNotice.objects.get()
        assert notice.counts == {"sessions": 1, "first": 540}
        assert notice.try_at == moment("2026-03-08", "07:00")
        assert news_until(notice) == moment("2026-03-08", "09:00")

    def test_each_site_has_its_own_morning(self, program, facilitator):
        phoenix = build.a_site(timezone="America/Phoenix")
        there = build.a_program(phoenix)
        build.an_assignment(facilitator, there, Role.FACILITATOR)
        a_day(program, facilitator, "12:00")
        group = build.a_group(there)
        build.a_session(group, MONDAY, "09:00", "10:00", facilitators=[facilitator])
        plan()
        assert StaffNotice.objects.filter(program=there).count() == 0
        plan(FIVE + timedelta(hours=1))
        notice = StaffNotice.objects.get(program=there)
        assert notice.counts == {"sessions": 1, "first": 540}
        assert notice.try_at == moment(MONDAY, "07:00", phoenix.zone)


def test_its_statements_do_not_grow(program, facilitator):
    def cost(now) -> int:
        with CaptureQueriesContext(connection) as queries:
            plan(now)
        return len(queries)

    a_day(program, facilitator, "09:00")
    one = cost(FIVE)
    people = [build.a_colleague(program, Role.FACILITATOR) for _ in range(12)]
    for each in people:
        a_day(program, each, "09:00", "11:00")
        build.a_program()
    assert cost(FIVE + timedelta(minutes=10)) == one
    assert cost(FIVE + timedelta(minutes=20)) == 5
    assert len(told()) == 13


def test_nothing_without_its_line_on_the_trail(program, facilitator, audit_fails):
    a_day(program, facilitator, "09:00")
    with pytest.raises(IntegrityError):
        plan()
    assert not StaffNotice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_ten_planners_at_once(program, facilitator, clinician):
    a_day(program, facilitator, "09:00")
    a_day(program, clinician, "09:00")
    assert at_once(*[plan] * 10, words=(IntegrityError,)) == [None] * 10
    assert len(told()) == 2
    assert sum(each["added"] for each in trail()) == 2
