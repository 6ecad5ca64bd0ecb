"""The digest of failures: what it counts, once each, whom it tells, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEvent
from programs.models import Role, StaffAssignment
from reminders.failures.digest import SETTLED_AFTER, about_of, plan_failure_digests
from reminders.failures.which import failures_of
from reminders.models import StaffNotice
from tests import build
from tests.build import MONDAY, moment
from tests.build_reminders import a_notice, a_reminder, a_reply

pytestmark = pytest.mark.django_db

SIX = moment(MONDAY - timedelta(days=1), "18:00")
FIVE = moment(MONDAY, "05:00")
NEXT = moment(MONDAY + timedelta(days=1), "05:00")
REFUSED = {"status": "failed", "reason": "address_refused"}


def failed(program, **fields):
    return a_reminder(build.a_participant(), program, **{"due_at": SIX, **REFUSED, **fields})


def told() -> list[StaffNotice]:
    return list(StaffNotice.objects.filter(kind="failures").order_by("due_at", "pk"))


def plan(now=FIVE) -> None:
    plan_failure_digests(now=now, by=None)


def test_it_says_how_many_of_what_and_no_more(program, director):
    claimed = {"claimed_at": SIX}
    for state in (
        REFUSED,
        {"status": "failed", "reason": "bounced", "sent_at": SIX, **claimed},
        {"status": "unknown", "reason": "", **claimed},
        # Cut off and past its time, though no sweep has said so yet.
        {"status": "claimed", "reason": "", **claimed},
        {"status": "planned", "reason": ""},
        {"status": "expired", "reason": ""},
        {"status": "skipped", "reason": "no_address"},
        # None of these is a failure.
        {"status": "skipped", "reason": "not_expected"},
        {"status": "unknown", "reason": "", **claimed, "delivered_at": SIX},
        {"status": "sent", "reason": "", "sent_at": SIX, **claimed},
        {"status": "planned", "reason": "", "expires_at": FIVE},
    ):
        failed(program, **state)
    plan()
    (notice,) = told()
    assert notice.counts == {"failed": 2, "unknown": 2, "expired": 2, "skipped": 1}
    assert (notice.user, notice.program, notice.due_at) == (director, program, FIVE)
    assert notice.about == about_of(program, FIVE)
    (line,) = AuditEvent.objects.filter(verb="failures.told")
    assert (line.program_id, line.detail) == (program.public_id, {"readers": 1})


def test_a_response_that_did_not_go_out_is_none(program, director):
    """Who has just written STOP is not to be called, because that was not confirmed."""
    person = build.a_participant()
    reply = a_reply(person, program, meaning="stop")
    response = {"kind": "response", "response": "stopped", "response_to": reply, "channel": "sms"}
    a_reminder(person, program, due_at=SIX, **REFUSED, **response)
    plan()
    assert told() == []
    assert not failures_of(program, FIVE).exists()


def test_to_whom(program):
    readers = {build.a_colleague(program, role) for role in (Role.ADMISSIONS, Role.DIRECTOR)}
    both = build.a_colleague(program, Role.ADMISSIONS, Role.DIRECTOR)
    for role in (Role.FACILITATOR, Role.CLINICIAN, Role.BILLING):
        build.a_colleague(program, role)
    build.a_colleague(program, Role.DIRECTOR, is_active=False)
    former = build.an_assignment(build.a_user(), program, Role.DIRECTOR)
    StaffAssignment.objects.filter(pk=former.pk).update(ended_at=F("started_at"))
    build.a_colleague(build.a_program(program.site), Role.DIRECTOR)
    failed(program)
    plan()
    assert {each.user for each in told()} == {*readers, both}
    assert len(told()) == 3


def test_nothing_failed_nobody_is_told(program, director):
    plan()
    assert told() == []
    assert not AuditEvent.objects.filter(verb="failures.told").exists()


def test_planned_twice_it_is_one_row(program, director):
    failed(program)
    plan()
    failed(program)
    plan(FIVE + timedelta(minutes=10))
    assert [each.counts for each in told()] == [{"failed": 1}]
    assert AuditEvent.objects.filter(verb="failures.told").count() == 1


@pytest.mark.parametrize(
    ("now", "is_told"),
    [
        (FIVE - timedelta(seconds=1), False),
        (FIVE, True),
        (moment(MONDAY, "11:59"), True),
        (moment(MONDAY, "12:00"), False),
    ],
)
def test_in_the_morning_and_no_later(program, director, now, is_told):
    failed(program)
    plan(now)
    assert bool(told()) is is_told


@pytest.mark.parametrize(
    ("zone", "utc"), [("America/Chicago", "11:00"), ("America/Phoenix", "12:00")]
)
def test_at_the_sites_clock(director, zone, utc):
    program = build.a_program(build.a_site(timezone=zone))
    build.an_assignment(director, program, Role.DIRECTOR)
    failed(program)
    at = FIVE.replace(hour=int(utc[:2]))
    plan(at - timedelta(minutes=1))
    assert told() == []
    plan(at)
    assert [each.due_at for each in told()] == [at]


def test_a_morning_without_a_digest_is_in_the_next(program, director):
    failed(program, due_at=SIX - timedelta(days=3))
    plan()
    assert [each.counts for each in told()] == [{"failed": 1}]
    failed(program)
    plan(NEXT)
    # What was settled before the last digest is not told again, or late.
    assert len(told()) == 1


def test_of_what_is_older_than_two_weeks_nobody_hears(program, director):
    failed(program, due_at=FIVE - timedelta(days=14, minutes=21))
    plan()
    assert told() == []


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    minutes=st.lists(st.integers(0, 2 * 24 * 60), max_size=6),
    status=st.sampled_from(["failed", "skipped"]),
)
@example(minutes=[24 * 60 - 20, 24 * 60 - 19], status="failed")
def test_each_failure_is_in_one_digest(clinic, minutes, status):
    """However failures fall between the mornings, the digests together count each once."""
    program = build.a_program()
    build.a_colleague(program, Role.DIRECTOR)
    reason = {"failed": "no_answer", "skipped": "too_many"}[status]
    begun = FIVE - timedelta(days=1) - SETTLED_AFTER
    mornings = [FIVE + timedelta(days=day) for day in range(3)]
    settled = sorted(begun + timedelta(minutes=each) for each in minutes)
    waiting = list(settled)
    for morning in mornings:
        while waiting and waiting[0] <= morning:
            failed(program, due_at=waiting.pop(0), status=status, reason=reason)
        plan(morning)
    found = {each.due_at: each.counts for each in told() if each.program_id == program.pk}
    expected: dict = {}
    for each in settled:
        at = next(morning for morning in mornings if each <= morning - SETTLED_AFTER)
        expected.setdefault(at, {status: 0})[status] += 1
    assert found == expected


def test_its_statements_do_not_grow(clinic):
    costs: list[int] = []
    for programs in (1, 5):
        for _ in range(programs):
            program = build.a_program()
            build.a_colleague(program, Role.DIRECTOR)
            failed(program)
        StaffNotice.objects.all()
        with CaptureQueriesContext(connection) as queries:
            plan(FIVE + timedelta(days=len(costs)))
        costs.append(len(queries))
    assert costs[0] == costs[1], costs
    assert costs[0] <= 14, costs


def test_a_digest_of_another_kind_is_no_digest_of_failures(program, director):
    a_notice(director, program, kind="digest", about=about_of(program, FIVE), due_at=FIVE)
    failed(program)
    plan()
    assert len(told()) == 1
