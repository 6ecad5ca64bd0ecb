"""Who is reminded of today and tomorrow: those who agreed and are expected, each once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from groups.models import GroupSession
from programs.models import ContactConsent, Enrollment, Participant
from reminders.models import Reminder
from reminders.planning.actions import plan_reminders
from reminders.planning.clinic import clinic_now
from reminders.planning.days import read_days
from reminders.planning.keeping import keep_to
from tests import build
from tests.build import MONDAY, moment
from tests.build_reminders import a_reminder_rule
from tests.reminders.conftest import expect_someone

pytestmark = pytest.mark.django_db

SUNDAY, TUESDAY = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)
NOON = moment(SUNDAY, "12:00")
LATER = NOON + timedelta(minutes=10)


def plan(now: datetime = NOON) -> None:
    plan_reminders(now=now, by=None)


def rows(**fields) -> list[tuple[str, str, str]]:
    """What there is: of which kind, where it stands, and why."""
    found = Reminder.objects.filter(**fields).order_by("for_on", "kind", "pk")
    return list(found.values_list("kind", "status", "reason"))


BOTH = [("evening", "planned", ""), ("soon", "planned", "")]


def test_one_for_the_evening_before_and_one_two_hours_before(expected, program, site):
    plan()
    evening, soon = Reminder.objects.order_by("kind")
    assert (evening.participant, evening.program) == (expected.participant, program)
    assert (evening.for_on, evening.channel, evening.status) == (MONDAY, "email", "planned")
    assert evening.due_at == evening.try_at == moment(SUNDAY, "18:00")
    assert evening.expires_at == moment(SUNDAY, "21:00")
    assert (soon.due_at, soon.expires_at) == (moment(MONDAY, "15:30"), moment(MONDAY, "17:30"))
    line = AuditEvent.objects.get(verb="reminders.planned")
    assert (line.subject_id, line.detail) == (site.public_id, {"added": 2})


def test_planning_again_changes_nothing(expected):
    plan()
    before = list(Reminder.objects.order_by("pk").values())
    plan(LATER)
    assert list(Reminder.objects.order_by("pk").values()) == before
    assert AuditEvent.objects.count() == 1


def test_two_groups_in_a_day_are_one_reminder_of_the_first(expected, program):
    second = build.a_group(program)
    build.a_membership(second, expected.enrollment)
    build.a_session(second, MONDAY, "12:00", "13:00")
    plan()
    assert rows() == BOTH
    assert Reminder.objects.get(kind="soon").expires_at == moment(MONDAY, "12:00")


def test_the_programs_own_lead_times(expected, program):
    a_reminder_rule(program, evening_at=None, minutes_before=60)
    plan()
    (soon,) = Reminder.objects.all()
    assert (soon.kind, soon.due_at) == ("soon", moment(MONDAY, "16:30"))


def test_a_text_where_that_was_agreed_to_and_is_set_up(expected, settings):
    settings.SMS_URL = "console://"
    Participant.objects.update(phone="+13125550123")
    build.a_consent(expected.participant, channel="sms")
    plan()
    assert set(Reminder.objects.values_list("channel", flat=True)) == {"sms"}
    ContactConsent.objects.filter(channel="sms").update(withdrawn_at=NOON + timedelta(days=30))
    plan(LATER)
    assert set(Reminder.objects.values_list("channel", "status")) == {("email", "planned")}


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


def left_the_group(expected) -> None:
    expected.enrollment.memberships.update(last_on=SUNDAY)


def withdrawn(expected) -> None:
    ContactConsent.objects.update(withdrawn_at=NOON + timedelta(days=30))


def sms_only(expected) -> None:
    ContactConsent.objects.update(channel="sms")


def without_address(expected) -> None:
    Participant.objects.update(email="")


REASONS = [
    (cancelled, "not_expected"),
    (on_leave, "not_expected"),
    (discharged, "not_expected"),
    (left_the_group, "not_expected"),
    (withdrawn, "no_consent"),
    (sms_only, "no_address"),
    (without_address, "no_address"),
]


@pytest.mark.parametrize("happens", [each for each, _reason in REASONS])
def test_who_gets_none(expected, happens):
    happens(expected)
    plan()
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(("happens", "reason"), REASONS)
def test_what_happens_after_planning_calls_it_off(expected, happens, reason):
    plan()
    happens(expected)
    plan(LATER)
    assert rows() == [("evening", "skipped", reason), ("soon", "skipped", reason)]
    line = AuditEvent.objects.filter(verb="reminders.planned").latest("pk")
    assert line.detail == {"withdrawn": 2}


def test_it_comes_back_with_the_session(expected):
    plan()
    cancelled(expected)
    plan(LATER)
    GroupSession.objects.update(status="scheduled")
    plan(LATER)
    assert rows() == BOTH
    assert AuditEvent.objects.latest("pk").detail == {"again": 2}


def test_it_does_not_come_back_once_its_moment_is_over(expected):
    plan()
    cancelled(expected)
    plan(LATER)
    GroupSession.objects.update(status="scheduled")
    plan(moment(SUNDAY, "21:00"))
    assert rows() == [("evening", "skipped", "not_expected"), ("soon", "planned", "")]


def move(expected, starts: str) -> None:
    at = moment(MONDAY, starts)
    GroupSession.objects.update(starts_at=at, ends_at=at + timedelta(hours=1))


def test_a_moved_session_moves_what_has_not_gone(expected):
    plan()
    move(expected, "14:00")
    plan(LATER)
    soon = Reminder.objects.get(kind="soon")
    assert (soon.due_at, soon.try_at) == (moment(MONDAY, "12:00"), moment(MONDAY, "12:00"))
    assert soon.expires_at == moment(MONDAY, "14:00")
    assert AuditEvent.objects.latest("pk").detail == {"changed": 1}


def test_what_was_tried_in_vain_keeps_its_next_try(expected):
    plan()
    tried = {"attempts": 1, "reason": "no_answer", "try_at": moment(MONDAY, "15:40")}
    Reminder.objects.filter(kind="soon").update(**tried)
    move(expected, "17:35")
    plan(moment(MONDAY, "15:36"))
    soon = Reminder.objects.get(kind="soon")
    assert (soon.due_at, soon.try_at) == (moment(MONDAY, "15:35"), moment(MONDAY, "15:40"))


def test_moved_into_the_morning_it_joins_the_evening_and_comes_back(expected):
    plan()
    move(expected, "09:00")
    plan(LATER)
    assert rows() == [("evening", "planned", ""), ("soon", "skipped", "not_needed")]
    move(expected, "17:30")
    plan(LATER)
    assert rows() == BOTH


def test_too_late_once_it_is_on_time_again_where_the_day_moved_on(expected):
    plan()
    Reminder.objects.filter(kind="soon").update(status="expired")
    plan(moment(MONDAY, "11:00"))
    assert rows(kind="soon") == [("soon", "expired", "")]
    move(expected, "19:40")
    plan(moment(MONDAY, "11:00"))
    assert rows(kind="soon") == [("soon", "planned", "")]


@pytest.mark.parametrize(
    "stands",
    [
        {"status": "claimed", "claimed_at": NOON},
        {"status": "sent", "claimed_at": NOON, "sent_at": NOON},
        {"status": "unknown", "claimed_at": NOON},
        {"status": "failed", "reason": "address_refused"},
        {"status": "skipped", "reason": "too_many"},
        {"status": "skipped", "reason": "reveals"},
        {"status": "expired"},
    ],
)
@pytest.mark.parametrize(
    "happens", [cancelled, withdrawn, lambda expected: move(expected, "18:00")]
)
def test_what_has_an_outcome_stays(expected, stands, happens):
    plan()
    Reminder.objects.update(**stands)
    before = list(Reminder.objects.order_by("pk").values())
    happens(expected)
    plan(LATER)
    assert list(Reminder.objects.order_by("pk").values()) == before


def test_a_closed_site_reminds_nobody(expected, site):
    closure = build.a_closure(site=site, first_on=MONDAY, last_on=MONDAY)
    GroupSession.objects.update(status="cancelled", cancelled_for=closure)
    plan()
    assert not Reminder.objects.exists()


def test_a_make_up_guest_is_reminded(program):
    guest = expect_someone(program, TUESDAY + timedelta(days=1))
    build.a_make_up_seat(build.a_session(build.a_group(program)), guest.enrollment)
    plan()
    assert rows() == [("evening", "planned", "")]
    assert Reminder.objects.get().participant == guest.participant


def test_neither_history_nor_next_week_is_planned(program):
    for days in (-8, -1, 2, 8):
        expect_someone(program, SUNDAY + timedelta(days=days))
    plan()
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        (moment(SUNDAY, "20:59"), ["evening", "soon"]),
        (moment(SUNDAY, "21:00"), ["soon"]),
        # It can still go out: somebody was enrolled at the last moment.
        (moment(MONDAY, "17:29"), ["soon"]),
        (moment(MONDAY, "17:30"), []),
    ],
)
def test_what_is_over_is_not_planned(expected, now, kinds):
    plan(now)
    assert [kind for kind, _status, _reason in rows()] == kinds


def test_each_site_has_its_own_tomorrow(clinic):
    """At 05:30 UTC on Monday it is Monday in New York, and still Sunday in Chicago."""
    new_york, chicago = (
        build.a_program(build.a_site(timezone=zone))
        for zone in ("America/New_York", "America/Chicago")
    )
    for program in (new_york, chicago):
        expect_someone(program, TUESDAY)
    plan(moment(SUNDAY, "23:30"))
    assert set(Reminder.objects.values_list("program", flat=True)) == {new_york.pk}
    plan(moment(MONDAY, "12:00"))
    assert Reminder.objects.filter(kind="evening").count() == 2


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"status": "claimed", "claimed_at": NOON, "told": {"2026-11-23": None}},
        {"status": "skipped", "reason": "too_many"},
    ],
)
def test_what_a_worker_took_since_it_was_read_is_left_to_the_worker(expected, meanwhile):
    plan()
    cancelled(expected)
    days = read_days(clinic_now(LATER))
    Reminder.objects.update(**meanwhile)
    before = list(Reminder.objects.order_by("pk").values())
    assert not keep_to(days.wishes(), days.known, days.why_not, LATER)
    assert list(Reminder.objects.order_by("pk").values()) == before
