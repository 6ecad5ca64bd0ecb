"""A change is told to whoever was told otherwise: once, in time, and not beside a reminder."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from accounts.models import AuditEvent
from groups.models import GroupSession
from programs.models import ContactConsent, Enrollment, Participant
from reminders.models import Reminder
from reminders.planning.actions import plan_changes, plan_reminders
from tests import build
from tests.build import MONDAY, Day, moment
from tests.build_reminders import a_sent_reminder
from tests.reminders.conftest import Expected, expect_someone

pytestmark = pytest.mark.django_db

SUNDAY, TUESDAY = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
SIX, SEVEN = moment(SUNDAY, "18:00"), moment(SUNDAY, "19:00")
MORNING = moment(MONDAY, "09:00")


def told(starts: str | None, day: Day = MONDAY) -> dict:
    return {build.on(day).isoformat(): moment(day, starts).isoformat() if starts else None}


@pytest.fixture
def heard(expected, program) -> Reminder:
    """The reminder of Monday at 17:30, sent on the evening before."""
    return a_sent_reminder(expected.participant, program, due_at=SIX, told=told("17:30"))


def plan(now: datetime = SEVEN) -> None:
    plan_reminders(now=now, by=None)
    plan_changes(now=now, by=None)


def changes() -> list[tuple[int, str, dict]]:
    found = Reminder.objects.filter(kind="change").order_by("for_on", "round", "pk")
    return list(found.values_list("round", "status", "told"))


def move(starts: str) -> None:
    at = moment(MONDAY, starts)
    GroupSession.objects.update(starts_at=at, ends_at=at + timedelta(hours=1), status="scheduled")


def cancel() -> None:
    GroupSession.objects.update(status="cancelled")


def goes_out(row: Reminder, at: datetime) -> None:
    Reminder.objects.filter(pk=row.pk).update(status="sent", claimed_at=at, sent_at=at)


def test_nothing_is_told_while_it_is_true(heard):
    plan()
    assert changes() == []


def test_a_moved_day_is_told_at_once(heard, expected, program, site):
    move("19:00")
    plan()
    change = Reminder.objects.get(kind="change")
    assert (change.participant, change.program) == (expected.participant, program)
    assert (change.for_on, change.round, change.channel) == (MONDAY, 1, "email")
    assert (change.told, change.due_at, change.try_at) == (told("19:00"), SEVEN, SEVEN)
    assert change.expires_at == moment(SUNDAY, "21:00")
    line = AuditEvent.objects.get(verb="reminders.changes_planned")
    assert (line.subject_id, line.detail) == (site.public_id, {"added": 1})


def on_leave(expected) -> None:
    build.a_leave(expected.participant, MONDAY, None)


def discharged(expected) -> None:
    expected.enrollment.memberships.update(last_on=date(2026, 11, 20))
    Enrollment.objects.update(discharged_on="2026-11-20", discharge_reason="completed")


@pytest.mark.parametrize("happens", [lambda expected: cancel(), on_leave, discharged])
def test_a_day_that_falls_away_is_told(heard, expected, happens):
    happens(expected)
    plan()
    assert changes() == [(1, "planned", told(None))]


def test_an_earlier_session_is_told(heard, expected, program):
    group = build.a_group(program)
    build.a_membership(group, expected.enrollment)
    build.a_session(group, MONDAY, "12:00", "13:00")
    plan()
    assert changes() == [(1, "planned", told("12:00"))]


def test_a_later_session_of_the_same_day_is_no_news(heard, expected, program):
    group = build.a_group(program)
    build.a_membership(group, expected.enrollment)
    build.a_session(group, MONDAY, "20:40", "21:00")
    plan()
    assert changes() == []


def test_planning_again_changes_nothing(heard):
    move("19:00")
    plan()
    before = list(Reminder.objects.order_by("pk").values())
    plan(SEVEN + timedelta(minutes=5))
    assert list(Reminder.objects.order_by("pk").values()) == before


def test_what_has_not_gone_is_brought_up_to_date(heard):
    move("19:00")
    plan()
    move("16:00")
    plan(SEVEN + timedelta(minutes=5))
    assert changes() == [(1, "planned", told("16:00"))]
    cancel()
    plan(SEVEN + timedelta(minutes=5))
    assert changes() == [(1, "planned", told(None))]


def test_what_was_taken_back_is_not_told(heard):
    move("19:00")
    plan()
    move("17:30")
    plan()
    assert changes() == [(1, "skipped", told("19:00"))]
    assert Reminder.objects.get(kind="change").reason == "not_needed"
    move("19:00")
    plan()
    assert changes()[1:] == [(2, "planned", told("19:00"))]


def test_what_has_gone_is_followed_by_another_round(heard):
    move("19:00")
    plan()
    goes_out(Reminder.objects.get(kind="change"), SEVEN)
    plan()
    assert len(changes()) == 1
    move("17:30")
    plan()
    assert changes() == [(1, "sent", told("19:00")), (2, "planned", told("17:30"))]


@pytest.mark.parametrize(
    "outcome",
    [
        {"status": "failed", "reason": "address_refused"},
        {"status": "skipped", "reason": "too_many"},
        {"status": "expired"},
    ],
)
def test_what_did_not_reach_them_is_not_tried_again_in_the_same_words(heard, outcome):
    move("19:00")
    plan()
    Reminder.objects.filter(kind="change").update(**outcome)
    plan()
    assert len(changes()) == 1
    cancel()
    plan()
    assert changes()[1:] == [(2, "planned", told(None))]


@pytest.mark.parametrize("status", ["claimed", "unknown"])
def test_what_may_have_arrived_counts_as_heard(heard, status):
    Reminder.objects.filter(pk=heard.pk).update(status=status, sent_at=None)
    cancel()
    plan()
    assert len(changes()) == 1


@pytest.mark.parametrize(
    "gone", [{"status": "failed", "reason": "bounced"}, {"status": "expired", "claimed_at": None}]
)
def test_what_did_not_arrive_was_not_heard(heard, gone):
    Reminder.objects.filter(pk=heard.pk).update(sent_at=None, **gone)
    cancel()
    plan()
    assert changes() == []


def test_without_consent_nothing_is_told_and_what_is_planned_is_called_off(heard):
    cancel()
    plan()
    ContactConsent.objects.update(withdrawn_at=SEVEN + timedelta(days=30))
    plan()
    assert changes() == [(1, "skipped", told(None))]
    assert Reminder.objects.get(kind="change").reason == "no_consent"
    move("19:00")
    plan()
    assert len(changes()) == 1


def test_at_night_it_waits_for_the_morning(heard):
    cancel()
    plan(moment(SUNDAY, "22:00"))
    change = Reminder.objects.get(kind="change")
    assert (change.status, change.due_at) == ("planned", moment(MONDAY, "08:00"))
    assert change.expires_at == moment(MONDAY, "17:30")


def test_where_no_moment_is_left_a_row_says_so_once(heard):
    """At night, of a day that begins before anybody may be written to."""
    move("08:00")
    for minutes in (0, 5):
        plan(moment(SUNDAY, "23:00") + timedelta(minutes=minutes))
    (row,) = Reminder.objects.filter(kind="change")
    assert (row.status, row.told, row.reason) == ("expired", told("08:00"), "")
    assert row.due_at == row.expires_at == moment(SUNDAY, "23:00")
    assert AuditEvent.objects.get(verb="reminders.changes_planned").detail == {"too_late": 1}


def test_what_waits_for_the_morning_may_become_too_late(heard):
    cancel()
    plan(moment(SUNDAY, "22:00"))
    move("07:30")
    plan(moment(SUNDAY, "23:00"))
    assert changes() == [(1, "expired", told("07:30"))]


def test_a_day_that_has_begun_is_no_news(heard):
    cancel()
    plan(moment(MONDAY, "17:30"))
    assert changes() == []


def test_nor_is_one_that_has_begun_earlier_than_it_was_told(heard):
    """Moved from 17:30 to 09:30, and nobody was reached in time: no word is of use any more."""
    move("09:30")
    plan(moment(MONDAY, "09:30"))
    assert changes() == []


def test_of_a_day_that_moved_on_it_is_told_until_its_new_beginning(heard):
    move("20:30")
    plan(moment(MONDAY, "17:31"))
    assert Reminder.objects.get(kind="change").expires_at == moment(MONDAY, "20:30")


def test_the_reminder_within_the_hour_tells_it(heard):
    """Moved from 17:30 to 16:00: the one shortly before goes out at 14:00, by itself."""
    move("16:00")
    plan(moment(MONDAY, "13:30"))
    assert changes() == []
    plan(moment(MONDAY, "12:30"))
    assert changes() == [(1, "planned", told("16:00"))]


def test_a_reminder_just_before_the_old_time_comes_too_late(heard):
    """Moved from 17:30 to 19:20: at 17:20 they would be at the door."""
    move("19:20")
    plan(moment(MONDAY, "16:50"))
    assert changes() == [(1, "planned", told("19:20"))]


def test_records_that_were_merged_since_are_one_person(heard, expected, program):
    kept = build.a_participant(email="now@mail.example")
    Participant.objects.filter(pk=expected.participant.pk).update(
        merged_into=kept, merged_at=build.NOW
    )
    cancel()
    plan()
    change = Reminder.objects.get(kind="change")
    assert (change.participant, change.round) == (kept, 1)


# --- what the week ahead told -------------------------------------------------------------------


@pytest.fixture
def week(program) -> Expected:
    """Somebody expected on Wednesday, who heard of it on Sunday."""
    expected = expect_someone(program, WEDNESDAY)
    a_sent_reminder(
        expected.participant,
        program,
        kind="weekly",
        due_at=moment(SUNDAY, "17:00"),
        told=told("17:30", WEDNESDAY),
    )
    return expected


def test_a_moved_day_of_the_week_waits_for_its_evening_before(week):
    at = moment(WEDNESDAY, "12:00")
    GroupSession.objects.update(starts_at=at, ends_at=at + timedelta(hours=1))
    plan(MORNING)
    assert changes() == []


def test_a_cancelled_day_of_the_week_is_told_at_once(week):
    cancel()
    plan(MORNING)
    assert changes() == [(1, "planned", told(None, WEDNESDAY))]


def test_a_day_moved_to_another_is_told_for_the_old_one(week):
    at = moment(TUESDAY, "17:30")
    GroupSession.objects.update(held_on=TUESDAY, starts_at=at, ends_at=at + timedelta(hours=1))
    plan(MORNING)
    assert changes() == [(1, "planned", told(None, WEDNESDAY))]


def test_a_day_added_too_late_for_its_evening_is_told(week, program):
    group = build.a_group(program)
    build.a_membership(group, week.enrollment)
    build.a_session(group, TUESDAY, "17:30", "18:30")
    plan(moment(MONDAY, "20:00"))
    assert changes() == []
    plan(moment(MONDAY, "21:00"))
    assert changes() == [(1, "planned", told("17:30", TUESDAY))]


def test_of_the_date_on_which_it_went_out_it_told_only_what_it_named(week, program):
    group = build.a_group(program)
    build.a_membership(group, week.enrollment)
    build.a_session(group, SUNDAY, "20:30", "21:30")
    plan(moment(SUNDAY, "19:00"))
    assert changes() == []
