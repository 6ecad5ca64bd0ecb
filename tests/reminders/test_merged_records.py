"""A person with two records is reminded by what is known of them as one person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from programs.models import ContactConsent
from reminders.actions import plan_reminders, send_reminder
from reminders.mail import MailLine
from reminders.models import Reminder
from tests import build
from tests.build import MONDAY, moment
from tests.build_episodes import a_consent

SUNDAY = MONDAY - timedelta(days=1)
NOON, SIX = moment(SUNDAY, "12:00"), moment(SUNDAY, "18:00")
EARLY, LATE = moment("2026-11-02", "09:00"), moment("2026-11-09", "09:00")

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(expected):
    """The record that is kept; the episode stands under its duplicate."""
    ContactConsent.objects.update(given_at=EARLY)
    person = build.a_participant(email="now@mail.example", language="es")
    expected.participant.merged_into, expected.participant.merged_at = person, build.NOW
    expected.participant.save()
    return person


def sent(smtp) -> list:
    plan_reminders(now=NOON, by=None)
    with MailLine() as line:
        for pk in list(Reminder.objects.due(SIX).values_list("pk", flat=True)):
            send_reminder(reminder_id=pk, now=SIX, by=None, line=line)
    return smtp.messages


def test_it_goes_to_the_address_that_is_kept(expected, kept, smtp):
    (message,) = sent(smtp)
    assert message["To"] == "now@mail.example"


def test_it_does_not_go_to_an_address_taken_off_the_kept_record(expected, kept, smtp):
    type(kept).objects.filter(pk=kept.pk).update(email="")
    assert sent(smtp) == []


def test_a_consent_under_the_kept_record_counts(expected, kept, smtp):
    ContactConsent.objects.update(participant=kept)
    assert len(sent(smtp)) == 1


def test_the_last_word_counts_under_whichever_record(expected, kept, smtp):
    a_consent(kept, given_at=LATE, withdrawn_at=LATE, withdrawn_how="phone")
    assert sent(smtp) == []
