"""Notices about what is owed: to whom, when, once, and taken back when it is done before."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from attendance import tasks
from attendance.owed.actions import Planned, plan_for_program, plan_notices
from groups.models import Facilitation
from programs.models import Role
from reminders.models import StaffNotice
from tests import build
from tests.at_once import at_once
from tests.attendance.owing import a_past_session, signed, to_cosign
from tests.build import MONDAY, moment
from tests.build_records import a_cosignature, a_record_rule, signed_notes
from tests.build_reminders import a_notice

pytestmark = pytest.mark.django_db

ENDS = moment(MONDAY, "10:30")
HALF_PAST = moment(MONDAY, "11:00")
EVENING = moment(MONDAY, "20:30")
NOTES_DUE = moment("2026-11-24", "10:30")


def plan(program, now: datetime) -> Planned:
    return plan_for_program(program=program, now=now, by=None)


def planned() -> list[tuple[str, str]]:
    found = StaffNotice.objects.planned().order_by("kind", "user__name")
    return list(found.values_list("kind", "user__name"))


def test_who_leads_it_is_told_half_an_hour_after_the_end(program, facilitator, clinician, director):
    session = a_past_session(program, facilitator, clinician)
    assert plan(program, HALF_PAST - timedelta(seconds=1)) == Planned()
    assert plan(program, HALF_PAST) == Planned(added=2)
    assert planned() == [("record", "Cleo Ortiz"), ("record", "Fay Marlow")]
    notice = StaffNotice.objects.get(user=facilitator)
    assert (notice.program, notice.about, notice.due_at) == (program, session.public_id, HALF_PAST)
    line = AuditEvent.objects.get(verb="notices.planned")
    assert line.detail == {"added": 2, "withdrawn": 0, "again": 0}
    assert (line.by, line.program_id) == (None, program.public_id)


def test_again_changes_nothing_and_writes_nothing(program, facilitator):
    a_past_session(program, facilitator)
    plan(program, HALF_PAST)
    assert plan(program, HALF_PAST + timedelta(minutes=10)) == Planned()
    assert AuditEvent.objects.filter(verb="notices.planned").count() == 1


def test_the_one_who_leads_it_now(program, facilitator, clinician):
    session = a_past_session(program, facilitator)
    plan(program, HALF_PAST)
    Facilitation.objects.filter(session=session).update(is_former=True)
    build.a_facilitation(session, clinician)
    assert plan(program, HALF_PAST + timedelta(minutes=10)) == Planned(added=1, withdrawn=1)
    assert planned() == [("record", "Cleo Ortiz")]


@pytest.mark.parametrize("leaves", ["program", "clinic"])
def test_nobody_who_has_left(program, facilitator, leaves):
    a_past_session(program, facilitator)
    if leaves == "program":
        facilitator.assignments.update(ended_at=timezone.now() + timedelta(days=400))
    else:
        facilitator.is_active = False
        facilitator.save()
    assert plan(program, HALF_PAST) == Planned()


def test_recorded_but_not_signed_in_the_evening(program, facilitator):
    a_past_session(program, facilitator, recorded=1)
    assert plan(program, EVENING - timedelta(seconds=1)) == Planned()
    plan(program, EVENING)
    assert planned() == [("sign", "Fay Marlow")]


@pytest.mark.parametrize("day", ["2026-11-01", "2026-03-08"])
def test_in_the_evening_on_the_days_on_which_the_clocks_change(program, facilitator, day):
    a_past_session(program, facilitator, day=day, recorded=1)
    at = moment(day, "20:30")
    assert plan(program, at - timedelta(minutes=1)) == Planned()
    assert plan(program, at) == Planned(added=1)
    assert StaffNotice.objects.get().due_at == at


def test_notes_that_are_overdue(program, facilitator):
    signed(a_past_session(program, facilitator, recorded=1), facilitator)
    assert plan(program, NOTES_DUE - timedelta(seconds=1)) == Planned()
    plan(program, NOTES_DUE)
    assert planned() == [("notes", "Fay Marlow")]


def test_a_cosignature_goes_to_whom_the_rule_of_the_day_names(
    program, facilitator, clinician, director
):
    a_record_rule(program, cosigned_by=clinician)
    a_record_rule(program, effective_from=MONDAY + timedelta(days=1), cosigned_by=director)
    to_cosign(a_past_session(program, facilitator, recorded=1), facilitator)
    plan(program, EVENING)
    assert planned() == [("cosign", "Cleo Ortiz")]


def test_else_to_the_directors(program, facilitator, clinician, director):
    a_record_rule(program)
    build.a_colleague(program, Role.DIRECTOR, name="Second Director")
    to_cosign(a_past_session(program, facilitator, recorded=1), director)
    plan(program, EVENING)
    assert planned() == [("cosign", "Second Director")]


def record(session, facilitator):
    for each in session.group.memberships.all():
        build.a_record(session, each.enrollment.participant, "09:00-10:30")


def sign(session, facilitator):
    signed(session, facilitator)


def sign_notes(session, facilitator):
    signed_notes(session, facilitator, signed_at=NOTES_DUE, is_cosignature_needed=True)


def cosign(session, facilitator):
    a_cosignature(session.notes_sign_off)


@pytest.mark.parametrize(
    ("before", "now", "act"),
    [
        ((), HALF_PAST, record),
        ((record,), EVENING, sign),
        ((record, sign), NOTES_DUE, sign_notes),
        ((record, sign, sign_notes), NOTES_DUE + timedelta(days=1), cosign),
    ],
)
def test_what_is_done_before_it_went_out_is_taken_back(
    program, facilitator, director, before, now, act
):
    session = a_past_session(program, facilitator)
    for each in before:
        each(session, facilitator)
    assert plan(program, now).added == 1
    act(session, facilitator)
    assert plan(program, now + timedelta(minutes=1)).withdrawn == 1
    assert StaffNotice.objects.filter(status="skipped", reason="not_needed").count() == 1
    # What comes next is another notice, to whoever does that.
    assert [kind for kind, _ in planned()] == (["cosign"] if act is sign_notes else [])


def test_what_went_out_stays_as_it_is(program, facilitator):
    session = a_past_session(program, facilitator)
    plan(program, HALF_PAST)
    StaffNotice.objects.update(status="sent", claimed_at=HALF_PAST, sent_at=HALF_PAST)
    record(session, facilitator)
    assert plan(program, HALF_PAST + timedelta(minutes=10)) == Planned()
    assert StaffNotice.objects.get().status == "sent"


def test_undone_again_it_is_planned_again_and_still_one(program, facilitator):
    session = a_past_session(program, facilitator)
    plan(program, HALF_PAST)
    group = session.group
    group.memberships.update(last_on=MONDAY - timedelta(days=1))
    assert plan(program, HALF_PAST + timedelta(minutes=10)) == Planned(withdrawn=1)
    group.memberships.update(last_on=None)
    assert plan(program, HALF_PAST + timedelta(minutes=20)) == Planned(again=1)
    assert StaffNotice.objects.get().status == "planned"


def test_a_new_installation_is_not_written_to_about_all_that_lies_behind(program, facilitator):
    for number in range(40):
        a_past_session(program, facilitator, day=MONDAY - timedelta(days=number))
    plan_notices(now=EVENING, by=None)
    days = set(StaffNotice.objects.values_list("due_at__date", flat=True))
    assert days == {MONDAY - timedelta(days=number) for number in range(3)} | {
        moment(MONDAY, "20:30").date()  # half past eight is the next day in UTC
    }
    # Today's, and those of the three evenings before.
    assert StaffNotice.objects.count() == 7


def test_a_notice_that_waits_in_vain_is_not_taken_back_for_its_age(program, facilitator):
    a_past_session(program, facilitator)
    plan(program, HALF_PAST)
    assert plan(program, EVENING + timedelta(days=10)) == Planned()
    assert planned() == [("record", "Fay Marlow")]


def test_safety_and_outreach_are_not_touched(program, facilitator):
    for kind in ("safety", "outreach"):
        a_notice(facilitator, program, kind=kind, due_at=ENDS)
    assert plan(program, EVENING) == Planned()
    assert len(planned()) == 2


def test_nothing_is_planned_without_its_line_on_the_trail(program, facilitator, audit_fails):
    a_past_session(program, facilitator)
    with pytest.raises(IntegrityError):
        plan(program, HALF_PAST)
    assert not StaffNotice.objects.exists()


def test_its_queries_do_not_grow(program, facilitator, director):
    def cost(now: datetime) -> int:
        with CaptureQueriesContext(connection) as queries:
            plan(program, now)
        return len(queries)

    def add(day) -> None:
        later: dict[str, Any] = {"starts": "11:00", "ends": "12:00", "day": day}
        a_past_session(program, facilitator, day=day)
        to_cosign(a_past_session(program, facilitator, recorded=1, **later), facilitator)

    add("2026-11-23")
    one = cost(EVENING)
    for number in range(1, 15):
        add(f"2026-11-{23 - number:02}")
    assert cost(EVENING + timedelta(minutes=10)) <= one
    assert one <= 14, one


def test_the_task_plans_by_the_clock_as_it_is(program, facilitator):
    now = timezone.now()
    group = build.a_group(program)
    build.a_membership(group, build.an_enrollment(program, admitted_on="2020-01-01"))
    yesterday = (now - timedelta(days=1)).astimezone(program.zone).date()
    build.a_session(group, yesterday, "09:00", "10:00", facilitators=[facilitator])
    tasks.plan_notices_now()
    tasks.plan_notices_now()
    assert {kind for kind, _ in planned()} == {"record", "sign"}


@pytest.mark.django_db(transaction=True)
def test_eight_planners_at_once_plan_each_once(program, facilitator, clinician, director):
    for number in range(3):
        a_past_session(program, facilitator, clinician, day=MONDAY - timedelta(days=number))
    planner = [lambda: plan_for_program(program=program, now=EVENING, by=None)] * 8
    done = at_once(*planner, words=(IntegrityError,))
    assert not [each for each in done if isinstance(each, Exception)]
    # Sunday's and Saturday's at eleven and in the evening, Monday's too; two people each.
    assert StaffNotice.objects.count() == 12
    assert sum(each.added for each in done) == 12
    keys = StaffNotice.objects.values_list("user", "kind", "about")
    assert len(set(keys)) == 12
    assert AuditEvent.objects.filter(verb="notices.planned").count() == 1
