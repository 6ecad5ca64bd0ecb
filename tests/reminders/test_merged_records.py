"""A person with two records is reminded by what is known of them as one person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from programs.models import ContactConsent
from reminders.models import Reminder
from reminders.planning.actions import plan_reminders
from tests import build
from tests.build import MONDAY, moment
from tests.build_episodes import a_consent
from tests.reminders.conftest import expect_someone
from tests.reminders.sweeping import sweep

SUNDAY = MONDAY - timedelta(days=1)
NOON = moment(SUNDAY, "12:00")
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
    sweep()
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


# --- merged after both records had a reminder ---------------------------------------------------


@pytest.fixture
def both(expected, program) -> list[Reminder]:
    """The rows of the record that will be kept, and of its duplicate, for the evening before."""
    other = expect_someone(program)
    plan_reminders(now=NOON, by=None)
    kept, duplicate = expected.participant, other.participant
    duplicate.merged_into, duplicate.merged_at = kept, build.NOW
    duplicate.save()
    rows = Reminder.objects.filter(kind="evening")
    return [rows.get(participant=kept), rows.get(participant=duplicate)]


def standing(both) -> list[tuple[str, str]]:
    for row in both:
        row.refresh_from_db()
    return [(row.status, row.reason) for row in both]


def test_of_two_that_are_planned_the_kept_records_goes(both):
    plan_reminders(now=NOON, by=None)
    assert standing(both) == [("planned", ""), ("skipped", "not_needed")]
    plan_reminders(now=NOON, by=None)
    assert standing(both) == [("planned", ""), ("skipped", "not_needed")]


def test_where_the_duplicates_has_gone_the_other_does_not(both):
    Reminder.objects.filter(pk=both[1].pk).update(status="sent", claimed_at=NOON, sent_at=NOON)
    plan_reminders(now=NOON, by=None)
    assert standing(both) == [("skipped", "not_needed"), ("sent", "")]


def test_the_duplicates_is_enough_where_there_is_no_other(expected, program):
    plan_reminders(now=NOON, by=None)
    kept = build.a_participant(email="now@mail.example")
    expected.participant.merged_into, expected.participant.merged_at = kept, build.NOW
    expected.participant.save()
    plan_reminders(now=NOON, by=None)
    assert Reminder.objects.filter(kind="evening").count() == 1
