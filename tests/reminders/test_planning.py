"""Who is reminded: those who agreed and are expected tomorrow, each once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection

from accounts.models import AuditEvent
from groups.models import GroupSession
from programs.models import ContactConsent, Enrollment, Participant
from reminders.actions import plan_reminders
from reminders.models import Reminder
from tests import build
from tests.build import MONDAY, moment
from tests.reminders.conftest import expect_someone

pytestmark = pytest.mark.django_db

SUNDAY = MONDAY - timedelta(days=1)
NOON = moment(SUNDAY, "12:00")


def plan(now: datetime = NOON) -> None:
    plan_reminders(now=now, by=None)


def test_one_is_planned_for_six_the_evening_before(expected, program):
    plan()
    reminder = Reminder.objects.get()
    assert (reminder.participant, reminder.program) == (expected.participant, program)
    assert (reminder.for_on, reminder.channel, reminder.status) == (MONDAY, "email", "planned")
    assert reminder.due_at == moment(SUNDAY, "18:00")
    line = AuditEvent.objects.get(verb="reminders.planned")
    assert line.detail == {"day": "2026-11-23", "added": 1, "withdrawn": 0, "again": 0}


def test_planning_again_changes_nothing(expected):
    plan()
    plan(NOON + timedelta(minutes=10))
    assert Reminder.objects.count() == AuditEvent.objects.count() == 1


def test_two_groups_in_a_day_are_one_reminder(expected, program):
    second = build.a_group(program)
    build.a_membership(second, expected.enrollment)
    build.a_session(second, MONDAY, "09:00", "10:00")
    plan()
    assert Reminder.objects.count() == 1


def test_nothing_is_written_when_the_trail_cannot_be(expected, audit_fails):
    with pytest.raises(IntegrityError):
        plan()
    assert not Reminder.objects.exists()


def cancelled(expected) -> None:
    GroupSession.objects.update(status="cancelled")


def on_leave(expected) -> None:
    build.a_leave(expected.participant, "2026-11-20", None)


def discharged(expected) -> None:
    expected.enrollment.memberships.update(last_on=date(2026, 11, 20))
    Enrollment.objects.update(discharged_on="2026-11-20", discharge_reason="completed")


def withdrawn(expected) -> None:
    ContactConsent.objects.update(withdrawn_at=NOON + timedelta(days=30))


def sms_only(expected) -> None:
    ContactConsent.objects.update(channel="sms")


def without_address(expected) -> None:
    Participant.objects.update(email="")


def left_the_group(expected) -> None:
    expected.enrollment.memberships.update(last_on=SUNDAY)


REASONS = [cancelled, on_leave, discharged, withdrawn, sms_only, without_address, left_the_group]


@pytest.mark.parametrize("happens", REASONS)
def test_who_gets_none(expected, happens):
    happens(expected)
    plan()
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("happens", REASONS)
def test_what_happens_after_planning_withdraws_it(expected, happens):
    plan()
    happens(expected)
    plan(NOON + timedelta(minutes=10))
    assert Reminder.objects.get().status == "withdrawn"


def test_it_comes_back_with_the_session(expected):
    plan()
    cancelled(expected)
    plan()
    GroupSession.objects.update(status="scheduled")
    plan()
    assert Reminder.objects.get().status == "planned"
    assert AuditEvent.objects.count() == 3


def test_a_closed_site_reminds_nobody(expected, site):
    closure = build.a_closure(site=site, first_on=MONDAY, last_on=MONDAY)
    GroupSession.objects.update(status="cancelled", cancelled_for=closure)
    plan()
    assert not Reminder.objects.exists()


def test_a_make_up_guest_is_reminded(program):
    guest = expect_someone(program, MONDAY + timedelta(days=1))
    build.a_make_up_seat(build.a_session(build.a_group(program)), guest.enrollment)
    plan()
    assert Reminder.objects.get().participant == guest.participant


def test_imported_history_reminds_nobody(program):
    expect_someone(program, SUNDAY)
    expect_someone(program, SUNDAY - timedelta(days=7))
    plan()
    assert not Reminder.objects.exists()


def test_nobody_is_reminded_at_night(expected):
    plan(moment(SUNDAY, "21:00"))
    assert not Reminder.objects.exists()
    plan(moment(SUNDAY, "20:59"))
    assert Reminder.objects.count() == 1


@pytest.mark.parametrize(
    ("zone", "day", "due_at"),
    [
        # Chicago: the evening before the clocks go forward, the evening of that day, and back.
        ("America/Chicago", "2026-03-08", datetime(2026, 3, 8, 0, 0, tzinfo=UTC)),
        ("America/Chicago", "2026-03-09", datetime(2026, 3, 8, 23, 0, tzinfo=UTC)),
        ("America/Chicago", "2026-11-01", datetime(2026, 10, 31, 23, 0, tzinfo=UTC)),
        ("America/Chicago", "2026-11-02", datetime(2026, 11, 2, 0, 0, tzinfo=UTC)),
        # Arizona keeps its clocks; Honolulu is a day behind for hours.
        ("America/Phoenix", "2026-03-09", datetime(2026, 3, 9, 1, 0, tzinfo=UTC)),
        ("Pacific/Honolulu", "2026-07-02", datetime(2026, 7, 2, 4, 0, tzinfo=UTC)),
    ],
)
def test_six_in_the_evening_is_the_sites(clinic, zone, day, due_at):
    program = build.a_program(build.a_site(timezone=zone))
    person = build.an_enrollment(program, admitted_on="2026-01-01")
    person.participant.email = "someone@mail.example"
    person.participant.save()
    build.a_consent(person.participant, channel="email")
    group = build.a_group(program)
    build.a_membership(group, person)
    build.a_session(group, day)
    plan(due_at - timedelta(hours=1))
    assert Reminder.objects.get().due_at == due_at


def test_each_site_has_its_own_tomorrow(clinic):
    """At 04:30 UTC it is Monday in New York, and still Sunday in Chicago."""
    sites = [build.a_site(timezone=zone) for zone in ("America/New_York", "America/Chicago")]
    people = [
        expect_someone(build.a_program(site), day=MONDAY + timedelta(days=ahead))
        for ahead, site in zip((1, 0), sites, strict=True)
    ]
    plan(moment(SUNDAY, "20:30"))  # 21:30 in New York: too late there
    assert Reminder.objects.get().participant == people[1].participant
    plan(moment(MONDAY, "12:00"))
    assert set(Reminder.objects.values_list("for_on", flat=True)) == {
        MONDAY,
        MONDAY + timedelta(days=1),
    }


@pytest.mark.django_db(transaction=True)
def test_two_planners_at_once_plan_once(program):
    for _ in range(3):
        expect_someone(program)
    errors: list[Exception] = []

    def work() -> None:
        try:
            plan()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert errors == []
    assert Reminder.objects.count() == 3
    assert AuditEvent.objects.count() == 1
