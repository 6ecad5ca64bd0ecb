"""The week in numbers: to whom, on which morning, with which numbers, and only once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from hours import tasks
from hours.alerting.digests import plan_close_digests, plan_digests
from iop.celery import app
from programs.models import Program, Role
from reminders.models import StaffNotice
from tests import build
from tests.build import MONDAY, NOW, moment
from tests.build_hours import a_conclusion, a_digest, a_week_close, an_alert
from tests.build_reminders import a_notice_choice, notice_hours

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 11, 25)
MORNING = moment(WEDNESDAY, "05:00")
SEVEN = moment(WEDNESDAY, "07:00")


def planned(program: Program | None = None) -> list[tuple[User, str, date | None]]:
    found = StaffNotice.objects.select_related("user").order_by("due_at", "user")
    if program:
        found = found.filter(program=program)
    return [(each.user, each.kind, each.week_on) for each in found]


def plan(now=MORNING) -> None:
    plan_digests(now=now, by=None)


def a_week(program: Program, *attended: bool) -> None:
    """One session of nine hours on Monday; a person for each, there or not."""
    build.a_rule(program, min_days_per_week=0)
    group = build.a_group(program)
    session = build.a_session(group, MONDAY, "08:00", "17:00")
    for was_there in attended:
        person = build.an_enrollment(program)
        build.a_membership(group, person)
        if was_there:
            build.a_record(session, person.participant, "08:00-17:00")
        else:
            build.a_record(session, person.participant, absence="no_call")


class TestOnAWeekday:
    def test_who_chose_nothing_gets_it_on_wednesday(self, program, director):
        plan()
        assert planned() == [(director, "digest", MONDAY)]
        notice = StaffNotice.objects.get()
        assert (notice.due_at, notice.try_at, notice.channel) == (MORNING, SEVEN, "email")

    def test_in_the_morning_that_they_chose(self, program, director):
        notice_hours(director, morning_at="05:00")
        plan(MORNING + timedelta(minutes=20))
        assert StaffNotice.objects.get().try_at == moment(WEDNESDAY, "06:00")

    def test_it_is_known_that_somebody_wants_none_at_all(self, program, director):
        a_notice_choice(director, "digest", timing="never")
        for hour in range(2):
            plan(MORNING + timedelta(hours=hour))
        assert StaffNotice.objects.get().reason == "not_wanted"

    @pytest.mark.parametrize("day", [-2, -1, 1, 2, 3])
    def test_not_on_another_day(self, program, director, day):
        plan(moment(WEDNESDAY + timedelta(days=day), "07:00"))
        assert planned() == []

    def test_on_the_day_chosen_or_never(self, program, director):
        friday = build.a_colleague(program, Role.DIRECTOR)
        never = build.a_colleague(program, Role.DIRECTOR)
        a_digest(friday, program, weekday=4)
        a_digest(never, program, weekday=None)
        for day in range(7):
            plan(moment(MONDAY + timedelta(days=day), "08:10"))
        assert [user for user, _kind, _week in planned()] == [director, friday]

    def test_not_before_any_morning_and_no_later_than_that_day(self, program, director):
        plan(MORNING - timedelta(seconds=1))
        plan(moment(WEDNESDAY + timedelta(days=1), "00:00"))
        assert planned() == []
        plan(moment(WEDNESDAY, "23:59"))
        assert StaffNotice.objects.get().due_at == MORNING

    @pytest.mark.parametrize("sunday", ["2026-03-08", "2026-11-01"])
    def test_by_the_clock_on_the_days_the_clocks_change(self, program, director, sunday):
        a_digest(director, program, weekday=6)
        at_five = moment(sunday, "05:00")
        plan(at_five - timedelta(seconds=1))
        assert planned() == []
        plan(at_five)
        notice = StaffNotice.objects.get()
        assert (notice.due_at, notice.try_at) == (at_five, moment(sunday, "07:00"))

    def test_in_the_morning_of_each_site(self, program, director):
        hawaii = build.a_program(build.a_site(timezone="Pacific/Honolulu"))
        build.an_assignment(director, hawaii, Role.DIRECTOR)
        plan()
        assert (len(planned(program)), len(planned(hawaii))) == (1, 0)
        plan(MORNING + timedelta(hours=4))
        assert (len(planned(program)), len(planned(hawaii))) == (1, 1)

    def test_only_to_directors_who_are_here(self, program, director, clinician):
        gone = build.a_colleague(program, Role.DIRECTOR)
        gone.is_active = False
        gone.save()
        a_digest(clinician, program)
        plan()
        assert [user for user, _kind, _week in planned()] == [director]

    def test_hour_after_hour_it_is_one_row_and_next_week_another(self, program, director):
        for hour in range(3):
            plan(MORNING + timedelta(hours=hour))
        assert len(planned()) == 1
        assert AuditEvent.objects.filter(verb="digests.planned").count() == 1
        plan(moment(WEDNESDAY + timedelta(days=7), "08:00"))
        assert len({each.about for each in StaffNotice.objects.all()}) == 2

    def test_the_numbers_are_those_of_the_board_and_what_waits(self, program, director):
        a_week(program, True, True, False)
        person = build.an_enrollment(program, admitted_on="2026-11-24")
        an_alert(person, kind="unreachable")
        an_alert(person, kind="gap", resolved_at=NOW)
        put_off = {"snoozed_by": director, "snooze_reason": "Later"}
        an_alert(person, kind="days_short", snooze_ends_on=date(2026, 11, 30), **put_off)
        plan()
        assert StaffNotice.objects.get().counts == {
            "met": 2,
            "unreachable": 1,
            "exempt": 1,
            "alerts": 1,
        }

    def test_without_a_rule_there_is_nothing_to_count(self, program, director):
        build.an_enrollment(program)
        plan()
        assert StaffNotice.objects.get().counts == {"alerts": 0}

    def test_programs_to_which_nothing_goes_cost_nothing(self, program, director):
        def statements() -> int:
            with CaptureQueriesContext(connection) as queries:
                plan(MORNING + timedelta(hours=1))
            return len(queries)

        plan()
        before = statements()
        for _ in range(4):
            build.a_program()
        assert statements() == before == 4

    def test_the_clock_asks_every_hour(self, program, director, monkeypatch):
        monkeypatch.setattr(timezone, "now", lambda: MORNING)
        (entry,) = [
            each
            for each in app.conf.beat_schedule.values()
            if each["task"] == tasks.plan_digests.name
        ]
        assert entry["schedule"]._orig_hour == "*"
        tasks.plan_digests()
        assert planned() == [(director, "digest", MONDAY)]


class TestAtClose:
    def test_what_was_concluded(self, program, director):
        close = a_week_close(program)
        for verdict, attended in (("met", 540), ("met", 600), ("not_met", 0), ("exempt", 0)):
            a_conclusion(close, verdict=verdict, attended=attended)
        plan_close_digests(close=close, now=MORNING, by=None)
        notice = StaffNotice.objects.get()
        assert (notice.kind, notice.about, notice.user) == ("closed", close.public_id, director)
        assert (notice.week_on, notice.due_at) == (close.week_on, MORNING)
        assert notice.try_at == SEVEN
        assert notice.counts == {"met": 2, "not_met": 1, "exempt": 1}

    def test_not_to_who_does_not_want_it(self, program, director):
        a_digest(director, program, is_at_close=False)
        plan_close_digests(close=a_week_close(program), now=MORNING, by=None)
        assert planned() == []
        assert not AuditEvent.objects.filter(verb="digests.planned").exists()

    @pytest.mark.parametrize(("weeks", "is_told"), [(3, True), (4, False)])
    def test_a_week_long_over_is_no_news(self, program, director, weeks, is_told):
        close = a_week_close(program, week_on=MONDAY - timedelta(weeks=weeks))
        plan_close_digests(close=close, now=MORNING, by=None)
        assert bool(planned()) is is_told

    def test_once_for_one_close(self, program, director):
        close = a_week_close(program)
        for _ in range(2):
            plan_close_digests(close=close, now=MORNING, by=director)
        assert len(planned()) == 1
        line = AuditEvent.objects.get(verb="digests.planned")
        assert (line.by, line.detail) == (director, {"kind": "closed", "added": 1})
