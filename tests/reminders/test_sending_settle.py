"""What was left behind is settled: claims of workers that died, and what nobody sent in time."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from reminders.models import Reminder
from reminders.sending import actions
from reminders.sending.actions import expire_overdue, settle_unknown
from tests.build_reminders import a_reply
from tests.reminders.conftest import expect_someone
from tests.reminders.sweeping import A_MINUTE, NINE, SIX, a_response, planned_for, status_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(expected) -> Reminder:
    return planned_for(expected)


def test_a_claim_is_unknown_after_a_quarter_of_an_hour(expected):
    claimed = planned_for(expected, status="claimed", claimed_at=SIX)
    assert settle_unknown(now=SIX + 14 * A_MINUTE, by=None) == 0
    assert settle_unknown(now=SIX + 15 * A_MINUTE, by=None) == 1
    assert settle_unknown(now=SIX + 16 * A_MINUTE, by=None) == 0
    assert status_of(claimed) == ("unknown", "")
    assert claimed.claimed_at == SIX
    line = AuditEvent.objects.get(verb="reminder.unknown")
    assert line.participant_id == expected.participant.public_id
    assert (line.subject_id, line.detail) == (claimed.public_id, {})


def test_what_is_settled_stays_so(expected, planned):
    sent = {"status": "sent", "claimed_at": SIX, "sent_at": SIX}
    row = planned_for(expected, kind="soon", **sent)
    assert settle_unknown(now=NINE, by=None) == 0
    assert expire_overdue(now=NINE - A_MINUTE, by=None) == 0
    assert (status_of(row), status_of(planned)) == (("sent", ""), ("planned", ""))


@pytest.mark.parametrize("tried", [{}, {"attempts": 2, "reason": "no_answer"}])
def test_what_nobody_sent_in_its_time_expires(expected, tried):
    """Also with no server to speak to, and with why where it was tried."""
    planned = planned_for(expected, **tried)
    assert expire_overdue(now=NINE, by=None) == 1
    assert expire_overdue(now=NINE, by=None) == 0
    assert status_of(planned) == ("expired", tried.get("reason", ""))
    assert AuditEvent.objects.filter(verb="reminder.expired").count() == 1


def test_responses_expire_too(expected, program):
    a_response(a_reply(expected.participant, program))
    assert expire_overdue(now=NINE, by=None) == 1


def test_many_are_settled_in_several_transactions(program, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    for _ in range(5):
        planned_for(expect_someone(program))
    assert expire_overdue(now=NINE, by=None) == 5
    assert AuditEvent.objects.filter(verb="reminder.expired").count() == 5


@pytest.mark.parametrize("number", [1, 5])
def test_as_many_statements_for_one_as_for_many(program, django_assert_max_num_queries, number):
    for _ in range(number):
        planned_for(expect_someone(program))
    with django_assert_max_num_queries(15):
        expire_overdue(now=NINE, by=None)
    assert not Reminder.objects.planned().exists()


def test_nothing_without_its_line_on_the_trail(planned, audit_fails):
    with pytest.raises(IntegrityError):
        expire_overdue(now=NINE, by=None)
    assert status_of(planned) == ("planned", "")
