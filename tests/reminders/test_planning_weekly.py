"""The week ahead: once a week, to those who asked for it, where there is something in it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from accounts.models import AuditEvent
from groups.models import GroupSession
from programs.models import ContactConsent, Participant
from reminders.models import Reminder
from reminders.planning.actions import plan_weekly
from tests import build
from tests.build import MONDAY, moment
from tests.build_reminders import a_reminder_rule
from tests.reminders.conftest import Expected, expect_someone

pytestmark = pytest.mark.django_db

SATURDAY, SUNDAY = MONDAY - timedelta(days=2), MONDAY - timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
NOON = moment(SUNDAY, "12:00")


@pytest.fixture
def asked(program) -> Expected:
    """Somebody expected on Wednesday who asked for the week ahead by email, and for no more."""
    expected = expect_someone(program, WEDNESDAY)
    ContactConsent.objects.update(purpose="weekly")
    return expected


def plan(now: datetime = NOON) -> None:
    plan_weekly(now=now, by=None)


def rows() -> list[tuple]:
    found = Reminder.objects.order_by("for_on", "pk")
    return list(found.values_list("kind", "for_on", "status", "reason"))


PLANNED = [("weekly", MONDAY, "planned", "")]


def test_one_on_sunday_at_five_about_the_week_from_monday_on(asked, program, site):
    plan()
    row = Reminder.objects.get()
    assert (row.participant, row.program) == (asked.participant, program)
    assert (row.kind, row.for_on, row.channel) == ("weekly", MONDAY, "email")
    assert row.due_at == row.try_at == moment(SUNDAY, "17:00")
    assert row.expires_at == moment(SUNDAY, "21:00")
    line = AuditEvent.objects.get(verb="reminders.weekly_planned")
    assert (line.subject_id, line.detail) == (site.public_id, {"added": 1})
    plan(NOON + timedelta(hours=5))
    assert rows() == PLANNED
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("now", "is_planned"),
    [
        (moment(SATURDAY, "16:59"), False),
        (moment(SATURDAY, "17:00"), True),
        (moment(SUNDAY, "20:59"), True),
        (moment(SUNDAY, "21:00"), False),
        (moment(MONDAY, "12:00"), False),
    ],
)
def test_it_is_planned_a_day_before_until_the_evening_is_over(asked, now, is_planned):
    plan(now)
    assert rows() == (PLANNED if is_planned else [])


def test_the_programs_own_day_and_hour_and_its_own_week(asked, program):
    program.week_starts_on = 2
    program.save()
    a_reminder_rule(program, weekly_on=1, weekly_at="09:00")
    plan(moment(MONDAY, "12:00"))
    row = Reminder.objects.get()
    assert (row.for_on, row.due_at) == (WEDNESDAY, moment(WEDNESDAY - timedelta(days=1), "09:00"))


def test_a_program_may_have_none(asked, program):
    a_reminder_rule(program, weekly_on=None)
    plan()
    assert rows() == []


def not_asked(asked) -> None:
    ContactConsent.objects.update(purpose="reminders")


def taken_back(asked) -> None:
    ContactConsent.objects.update(withdrawn_at=NOON + timedelta(days=30))


def without_address(asked) -> None:
    Participant.objects.update(email="")


def cancelled(asked) -> None:
    GroupSession.objects.update(status="cancelled")


def on_leave(asked) -> None:
    build.a_leave(asked.participant, MONDAY, None)


REASONS = [
    (not_asked, "no_consent"),
    (taken_back, "no_consent"),
    (without_address, "no_address"),
    (cancelled, "not_expected"),
    (on_leave, "not_expected"),
]


@pytest.mark.parametrize("happens", [each for each, _reason in REASONS])
def test_who_gets_none(asked, happens):
    happens(asked)
    plan()
    assert rows() == []


@pytest.mark.parametrize(("happens", "reason"), REASONS)
def test_whose_is_called_off(asked, happens, reason):
    plan()
    happens(asked)
    plan()
    assert rows() == [("weekly", MONDAY, "skipped", reason)]


def test_it_comes_back(asked):
    plan()
    cancelled(asked)
    plan()
    GroupSession.objects.update(status="scheduled")
    plan()
    assert rows() == PLANNED


def test_what_has_gone_is_not_sent_again(asked):
    plan()
    Reminder.objects.update(status="sent", claimed_at=NOON, sent_at=NOON)
    plan()
    cancelled(asked)
    plan()
    assert rows() == [("weekly", MONDAY, "sent", "")]


def test_in_two_programs_it_is_one_from_whichever_comes_first(asked):
    """The other one's week begins on a Tuesday, and is told of on Mondays."""
    other = build.a_program(build.a_site(), week_starts_on=1)
    a_reminder_rule(other, weekly_on=0)
    duplicate = expect_someone(other, WEDNESDAY - timedelta(days=1)).participant
    duplicate.merged_into, duplicate.merged_at = asked.participant, build.NOW
    duplicate.save()
    plan(moment(SUNDAY, "12:00"))
    assert rows() == PLANNED
    plan(moment(MONDAY, "12:00"))
    assert rows() == PLANNED


def test_who_sleeps_elsewhere_hears_earlier(asked):
    Participant.objects.update(timezone="Europe/Berlin")
    plan()
    row = Reminder.objects.get()
    assert (row.due_at, row.expires_at) == (moment(SUNDAY, "13:00"), moment(SUNDAY, "14:00"))
