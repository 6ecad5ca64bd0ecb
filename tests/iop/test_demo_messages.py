"""The demo's messages: true and alive at whatever hour it is made, and nothing of it is sent."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db.models import F

from attendance.models import AttendanceRecord
from iop.demo.clinic import make_demo_clinic
from iop.demo.folder import ZONE
from programs.models import ContactConsent, HowTaken
from reminders.expected import first_starts
from reminders.models import Answer, Reminder, Reply
from reminders.planning.actions import plan_changes, plan_reminders, plan_weekly
from reminders.planning.telling import kept_key, read_told

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["2026-03-08 03:00", "2026-11-01 12:00", "2026-11-23 19:30"])
def now(request, settings) -> datetime:
    """At night as the clocks go forward, at noon as they went back, in the evening."""
    settings.SMS_URL = "console://"
    moment = datetime.fromisoformat(request.param).replace(tzinfo=ZONE)
    make_demo_clinic(say=lambda line: None, now=moment)
    return moment


def of(**fields) -> int:
    return Reminder.objects.filter(**fields).count()


def test_whatever_the_hour(now):
    check_what_became_of_them(now)
    check_what_was_told(now)
    check_what_came_back(now)
    check_that_the_sweeps_find_nothing_to_mend(now)
    assert mail.outbox == []


def check_what_became_of_them(now) -> None:
    today = now.date()
    for day in (today - timedelta(days=1), today):
        assert of(status="sent", for_on=day, kind="evening") >= 8
    assert of(status="failed", reason="address_refused", for_on=today) == 1
    assert of(status="unknown") == 1
    assert of(status="expired", reason="no_answer") == 1
    assert of(status="skipped", reason="no_address") >= 1
    assert of(kind="change", status="sent", round=1) == 1
    assert of(kind="weekly", status="sent") >= 2
    # Only while something is on its way can it be tried again.
    again = Reminder.objects.planned().filter(attempts__gt=0)
    assert again.filter(expires_at__gt=now).count() == (1 if now.hour == 19 else 0)
    # What is past has come to something; what was sent has its words.
    waiting = Reminder.objects.planned().filter(attempts=0)
    assert not waiting.filter(due_at__lt=now - timedelta(minutes=1)).exists()
    assert not Reminder.objects.filter(sent_at__isnull=False, body="").exists()
    assert not Reminder.objects.filter(sent_at__gt=now).exists()
    assert of(channel="sms", delivered_at__isnull=False) >= 1


def check_what_was_told(now) -> None:
    """The last that anybody heard of a day is what is true of it."""
    gone = list(Reminder.objects.may_have_arrived().exclude(kind="response").order_by("claimed_at"))
    days = {day for each in gone for day in read_told(each.told)}
    starts = first_starts(map(kept_key, gone), days)
    last = {(kept_key(each), day): at for each in gone for day, at in read_told(each.told).items()}
    assert last
    for key, at in last.items():
        assert at == starts[key].at


def check_what_came_back(now) -> None:
    assert set(Reply.objects.waiting().values_list("meaning", flat=True)) == {
        "unclear",
        "stranger",
    }
    stop = Reply.objects.get(meaning="stop")
    assert (stop.response.status, stop.response.response) == ("sent", "stopped")
    texts = ContactConsent.objects.filter(participant=stop.participant, channel="sms")
    assert {each.withdrawn_how for each in texts} == {HowTaken.REPLY}
    assert not Reminder.objects.filter(
        participant=stop.participant, channel="sms", due_at__gt=stop.received_at
    ).exists()
    assert not ContactConsent.objects.filter(withdrawn_at__lt=F("given_at")).exists()
    assert Answer.objects.filter(word="coming").count() >= 3
    ill = Answer.objects.get(word="not_coming")
    assert ill.reason == "ill"
    here = AttendanceRecord.objects.filter(
        participant=ill.participant, session__held_on=ill.for_on, presences__isnull=False
    )
    assert not here.exists()
    assert not Answer.objects.filter(answered_at__gt=now).exists()


def check_that_the_sweeps_find_nothing_to_mend(now) -> None:
    before = list(Reminder.objects.order_by("pk").values())
    for plan in (plan_reminders, plan_weekly, plan_changes):
        plan(now=now, by=None)
    assert list(Reminder.objects.order_by("pk").values()) == before
