"""A receipt moves a message once, and never back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from reminders.channels.line import Receipt
from reminders.inbound.actions import take_receipt
from reminders.models import Reminder
from tests.build_reminders import a_notice
from tests.reminders.coming_back import LATER, SENT_AT, a_reader, was_told

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(program):
    return was_told(a_reader(program), program, gateway_ref="out-1")


def take(is_delivered: bool, *, said_at: datetime = LATER, ref: str = "out-1") -> bool:
    said = Receipt(ref=ref, is_delivered=is_delivered, said_at=said_at)
    return take_receipt(gateway="webhook", receipt=said, now=LATER)


def story(reminder: Reminder) -> tuple:
    reminder.refresh_from_db()
    return reminder.status, reminder.reason, reminder.sent_at, reminder.delivered_at


def test_delivered(sent):
    said_at = LATER - timedelta(minutes=10)
    assert take(True, said_at=said_at)
    assert story(sent) == ("sent", "", SENT_AT, said_at)


@pytest.mark.parametrize(
    ("said_at", "kept"),
    [(SENT_AT - timedelta(hours=1), SENT_AT), (LATER + timedelta(days=1), LATER)],
)
def test_a_clock_that_is_wrong_moves_nothing_before_or_after_its_time(sent, said_at, kept):
    take(True, said_at=said_at)
    assert story(sent) == ("sent", "", SENT_AT, kept)


def test_not_delivered_has_failed(sent):
    assert take(False)
    assert story(sent) == ("failed", "bounced", SENT_AT, None)
    assert AuditEvent.objects.get().verb == "reminder.bounced"


def test_twice_or_out_of_order_nothing_moves(sent):
    take(True)
    before = story(sent)
    take(True, said_at=LATER - timedelta(minutes=1))
    take(False)
    assert story(sent) == before
    assert AuditEvent.objects.count() == 1


def test_what_failed_stays_failed(sent):
    take(False)
    before = story(sent)
    take(True)
    take(False)
    assert story(sent) == before


def test_what_nobody_knew_of_arrived_after_all_and_stays_unknown(program):
    row = was_told(a_reader(program), program, gateway_ref="out-1", status="unknown", sent_at=None)
    take(False)
    assert story(row) == ("unknown", "", None, None)
    take(True)
    assert story(row) == ("unknown", "", None, LATER)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "claimed", "sent_at": None},
        {"status": "expired", "claimed_at": None, "sent_at": None},
        {"status": "planned", "claimed_at": None, "sent_at": None},
    ],
)
def test_only_what_was_sent_is_moved(program, fields):
    row = was_told(a_reader(program), program, gateway_ref="out-1", **fields)
    before = story(row)
    assert take(True)
    assert take(False)
    assert story(row) == before


def test_an_email_of_that_name_is_another_message(program):
    row = was_told(a_reader(program), program, gateway_ref="out-1", channel="email")
    assert not take(False)
    assert story(row)[0] == "sent"


def test_what_has_no_name_is_not_found_by_none(program):
    row = was_told(a_reader(program), program)
    assert not take(False, ref="")
    assert story(row)[0] == "sent"


def test_a_notice_to_staff_bounces_as_well(program, director):
    gone = {"status": "sent", "claimed_at": SENT_AT, "sent_at": SENT_AT}
    notice = a_notice(director, program, channel="sms", gateway_ref="out-1", **gone)
    assert take(True)
    assert not AuditEvent.objects.exists()
    assert take(False)
    notice.refresh_from_db()
    assert (notice.status, notice.reason) == ("failed", "bounced")
    assert AuditEvent.objects.get().verb == "staffnotice.bounced"


def test_nothing_is_moved_where_the_trail_cannot_be_written(sent, audit_fails):
    with pytest.raises(IntegrityError), transaction.atomic():
        take(False)
    assert story(sent)[0] == "sent"
