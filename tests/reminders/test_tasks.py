"""The clock's doorway: what beat calls exists and does its work, and beat may run twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import Error, models, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.models import AuditEvent
from attendance import tasks as attendance
from iop.celery import app
from programs.models import Channel, Role
from programs.weeks import local_date
from reminders import tasks
from reminders.models import Reminder, StaffNotice
from reminders.senders import EACH, MOST_BESIDE, due_on, senders_beside
from tests import build
from tests.at_once import at_once
from tests.build import NOW
from tests.build_reminders import a_notice, a_reminder, a_sent_reminder
from tests.reminders.conftest import expect_someone

EVENING, MORNING = 19, 8
# What the database numbers; and moments that follow the clock.
GIVEN, MOMENTS = {"id", "public_id"}, {"due_at", "try_at"}


def zone_where_it_is(hour: int) -> str:
    """Return a zone whose local hour it is now."""
    ahead = (hour - timezone.now().hour + 11) % 24 - 11
    # The sign of these names counts westward.
    return f"Etc/GMT{-ahead:+d}"


def test_beat_tells_no_more_than_a_channel():
    ours = {
        (entry["task"], *entry["args"])
        for entry in app.conf.beat_schedule.values()
        if entry["task"].startswith("reminders.")
    }
    assert ours == {
        ("reminders.plan_reminders",),
        ("reminders.plan_changes",),
        ("reminders.send_due", "email"),
        ("reminders.send_due", "sms"),
        ("reminders.settle",),
        ("reminders.plan_failure_digests",),
        ("reminders.plan_today_notices",),
    }
    assert {name for name, *_ in ours} <= set(app.tasks)


@pytest.mark.django_db(transaction=True)
def test_planned_and_sent_by_the_clock(clinic, smtp):
    site = build.a_site(timezone=zone_where_it_is(EVENING))
    tomorrow = local_date(timezone.now(), site.zone) + timedelta(days=1)
    expect_someone(build.a_program(site), tomorrow)
    tasks.plan_reminders()
    for _ in range(2):
        tasks.send_due("email")
    assert Reminder.objects.get(kind="evening").status == "sent"
    assert len(smtp.messages) == 1


@pytest.mark.parametrize(
    ("due", "beside"),
    [(0, 0), (1, 0), (EACH, 0), (EACH + 1, 1), (2 * EACH + 1, 2), (50_000, MOST_BESIDE)],
)
def test_more_send_where_more_is_due(due: int, beside: int):
    assert senders_beside(due) == beside


@pytest.mark.django_db
def test_what_counts_as_due(program, director):
    for channel in Channel.values:
        a_reminder(build.a_participant(), program, channel=channel)
    a_reminder(build.a_participant(), program, due_at=NOW + timedelta(seconds=1))
    a_sent_reminder(build.a_participant(), program)
    a_notice(director, program)
    assert (due_on("email", NOW), due_on("sms", NOW)) == (2, 1)


class TestOthersAreAsked:
    @pytest.fixture
    def asked(self, monkeypatch) -> list[tuple]:
        asked: list[tuple] = []
        monkeypatch.setattr(tasks, "_take_a_turn", lambda channel: asked.append(("turn", channel)))
        monkeypatch.setattr(
            tasks.send_beside, "apply_async", lambda args, expires: asked.append((*args, expires))
        )
        return asked

    def test_before_the_turn_begins(self, asked, monkeypatch):
        monkeypatch.setattr(tasks, "due_on", lambda channel, now: 2 * EACH + 1)
        tasks.send_due("sms")
        assert asked == [("sms", 45), ("sms", 45), ("turn", "sms")]

    def test_and_do_not_ask_in_turn(self, asked, monkeypatch):
        monkeypatch.setattr(tasks, "due_on", lambda channel, now: 50_000)
        tasks.send_beside("sms")
        assert asked == [("turn", "sms")]

    def test_a_broker_that_is_gone_stops_nobody_from_sending(self, asked, monkeypatch):
        def refuse(*_: object, **__: object) -> None:
            raise OperationalError

        monkeypatch.setattr(tasks, "due_on", lambda channel, now: 50_000)
        monkeypatch.setattr(tasks.send_beside, "apply_async", refuse)
        tasks.send_due("email")
        assert asked == [("turn", "email")]


def rows(model: type[models.Model], leaving: set[str] = GIVEN) -> list[dict]:
    """Return what the table holds, but for these fields."""
    found = [
        {name: value for name, value in row.items() if name not in leaving}
        for row in model._default_manager.values()
    ]
    return sorted(found, key=str)


def alone(
    task: Callable[[], object], model: type[models.Model], leaving: set[str] = GIVEN
) -> list[dict]:
    """Return what one run makes of the table, and take it back."""
    with transaction.atomic():
        task()
        made = rows(model, leaving)
        transaction.set_rollback(True)
    return made


def twice(task: Callable[[], object]) -> None:
    """Run it twice at once, on two connections, with no word of complaint."""
    assert not [each for each in at_once(task, task, words=(Error,)) if each is not None]


def somebody_to_remind(program, tomorrow: date) -> None:
    for number in range(6):
        someone = expect_someone(program, tomorrow, email=f"person{number}@mail.example")
        build.a_consent(someone.participant, channel="email", purpose="weekly")


@pytest.mark.django_db(transaction=True)
class TestBeatTwice:
    """Each of the tasks, run by two workers in the same moment, makes what one run makes."""

    @pytest.fixture
    def program(self, clinic):
        site = build.a_site(timezone=zone_where_it_is(MORNING), code="here")
        return build.a_program(site, code="evening-iop")

    @pytest.fixture
    def tomorrow(self, program) -> date:
        return local_date(timezone.now(), program.zone) + timedelta(days=1)

    def test_reminders_and_the_week_ahead(self, program, tomorrow):
        somebody_to_remind(program, tomorrow)
        expected = alone(tasks.plan_reminders, Reminder)
        assert expected
        twice(tasks.plan_reminders)
        assert rows(Reminder) == expected

    def test_changes(self, program, tomorrow):
        someone = expect_someone(program, tomorrow)
        now = timezone.now() - timedelta(minutes=5)
        told = {tomorrow.isoformat(): (now + timedelta(hours=20)).isoformat()}
        facts = {"for_on": tomorrow, "due_at": now, "told": told}
        a_sent_reminder(someone.participant, program, **facts)
        leaving = GIVEN | MOMENTS
        expected = alone(tasks.plan_changes, Reminder, leaving)
        assert len(expected) == 2
        twice(tasks.plan_changes)
        assert rows(Reminder, leaving) == expected

    def test_settling(self, program, tomorrow):
        now = timezone.now()
        ago = now - timedelta(minutes=20)
        facts = {"for_on": tomorrow, "due_at": ago}
        for _ in range(20):
            a_reminder(build.a_participant(), program, **facts, status="claimed", claimed_at=ago)
            a_reminder(build.a_participant(), program, **facts, expires_at=now)
        expected = alone(tasks.settle, Reminder)
        twice(tasks.settle)
        assert rows(Reminder) == expected
        assert {row["status"] for row in expected} == {"unknown", "expired"}

    def test_sending(self, program, tomorrow, smtp):
        somebody_to_remind(program, tomorrow)
        tasks.plan_reminders()
        now = timezone.now()
        late = Reminder.objects.filter(kind="soon")
        late.update(due_at=now, try_at=now, expires_at=now + timedelta(hours=1))
        twice(lambda: tasks.send_due("email"))
        assert set(late.values_list("status", flat=True)) == {"sent"}
        said = [each["Message-ID"] for each in smtp.messages]
        assert len(said) == len(set(said)) == late.count() == 6

    def test_what_did_not_go_out(self, program, director, tomorrow):
        due_at = timezone.now() - timedelta(hours=9)
        build.an_assignment(director, program, Role.ADMISSIONS)
        a_reminder(
            build.a_participant(),
            program,
            for_on=tomorrow,
            due_at=due_at,
            status="failed",
            reason="address_refused",
        )
        self.told_once(tasks.plan_failures)

    def test_days(self, program, facilitator):
        today = local_date(timezone.now(), program.zone)
        build.a_session(build.a_group(program), today, "17:00", "18:00", facilitators=[facilitator])
        self.told_once(tasks.plan_today)

    def test_what_is_owed(self, program, facilitator):
        day = local_date(timezone.now(), program.zone) - timedelta(days=1)
        group = build.a_group(program)
        build.a_membership(group, build.an_enrollment(program, admitted_on=day), first_on=day)
        build.a_session(group, day, "09:00", "10:00", facilitators=[facilitator])
        self.told_once(attendance.plan_notices_now)

    def told_once(self, task: Callable[[], object]) -> None:
        """Check that two at once tell what one tells, and leave no more on the trail."""
        leaving = GIVEN | MOMENTS
        expected = alone(task, StaffNotice, leaving)
        assert expected
        twice(task)
        assert rows(StaffNotice, leaving) == expected
        lines = AuditEvent.objects.filter(verb__in=["notices.planned", "failures.told"])
        assert lines.count() == 1
