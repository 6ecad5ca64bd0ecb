"""A consent taken back after a reminder was planned: the reminder does not go."""

from __future__ import annotations

from datetime import timedelta

import pytest

from programs.agreements.actions import give_consent, withdraw_consent
from programs.models import ContactConsent
from reminders.models import Reminder
from reminders.planning.actions import plan_reminders
from tests.build import MONDAY, moment
from tests.reminders.sweeping import status_of, sweep

SUNDAY = MONDAY - timedelta(days=1)
NOON, TWO = (moment(SUNDAY, at) for at in ("12:00", "14:00"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(expected) -> Reminder:
    ContactConsent.objects.update(given_at=moment("2026-11-02", "09:00"))
    plan_reminders(now=NOON, by=None)
    return Reminder.objects.get(kind="evening")


def withdraw(expected, purpose: str = "reminders") -> None:
    withdraw_consent(
        person=expected.participant,
        channel="email",
        purpose=purpose,
        how="phone",
        program=expected.enrollment.program,
        now=TWO,
        by=None,
    )


def give(expected, purpose: str) -> None:
    give_consent(
        person=expected.participant,
        channel="email",
        purpose=purpose,
        taken_how="phone",
        taken_by=None,
        program=expected.enrollment.program,
        now=TWO,
        by=None,
    )


def test_a_planned_reminder_does_not_go_after_a_withdrawal(planned, expected, smtp):
    withdraw(expected)
    sweep()
    assert smtp.messages == []
    assert status_of(planned) == ("skipped", "no_consent")


def test_other_purposes_send_no_reminder(planned, expected, smtp):
    give(expected, "follow_up")
    give(expected, "outreach")
    withdraw(expected)
    sweep()
    assert smtp.messages == []
    plan_reminders(now=TWO, by=None)
    assert not Reminder.objects.planned().exists()


def test_withdrawing_another_purpose_stops_no_reminder(planned, expected, smtp):
    give(expected, "follow_up")
    withdraw(expected, "follow_up")
    sweep()
    assert len(smtp.messages) == 1


def test_given_again_it_goes(planned, expected, smtp):
    withdraw(expected)
    give(expected, "reminders")
    sweep()
    assert len(smtp.messages) == 1
