"""Several workers at once, each on a connection of its own: every message still goes once."""

from __future__ import annotations

from collections import Counter
from threading import Event

import pytest
from django.db import connection, transaction

from programs.models import Participant, Role
from reminders.models import Reminder, StaffNotice
from reminders.sending.actions import expire_overdue, settle_unknown
from reminders.sending.people import ToPeople
from tests import build
from tests.at_once import at_once
from tests.build_reminders import a_notice, a_reminder_rule
from tests.reminders.conftest import expect_someone
from tests.reminders.smtp_sink import STALLS
from tests.reminders.sweeping import (
    A_MINUTE,
    NINE,
    NOON,
    SIX,
    planned_for,
    status_of,
    sweep,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_three_workers_send_each_once(program, smtp):
    addresses = [f"someone{number}@mail.example" for number in range(12)]
    for address in addresses:
        planned_for(expect_someone(program, email=address))
    done = at_once(sweep, sweep, sweep, words=())
    assert sorted(each["To"] for each in smtp.messages) == sorted(addresses)
    assert set(Reminder.objects.values_list("status", flat=True)) == {"sent"}
    assert sum(each for each in done if isinstance(each, int)) == len(addresses)


def test_two_workers_do_not_pass_the_cap_together(program, smtp):
    a_reminder_rule(program, most_a_day=1, most_a_week=1)
    person = expect_someone(program)
    for kind in ("evening", "soon"):
        planned_for(person, kind=kind)
    at_once(sweep, sweep, words=())
    sweep(SIX + A_MINUTE)
    assert len(smtp.messages) == 1
    assert Counter(Reminder.objects.values_list("status", "reason")) == {
        ("sent", ""): 1,
        ("skipped", "too_many"): 1,
    }


def test_what_somebody_has_in_hand_is_passed_over(program, smtp):
    first, second = expect_someone(program), expect_someone(program, email="b@mail.example")
    held, free = planned_for(first), planned_for(second)
    has_it, may_go = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            assert ToPeople().take("email", SIX, ()) == held
            has_it.set()
            may_go.wait()

    def send() -> None:
        has_it.wait()
        try:
            sweep()
            expire_overdue(now=NINE, by=None)
        finally:
            may_go.set()

    at_once(hold, send, words=())
    assert (status_of(held), status_of(free)) == (("planned", ""), ("sent", ""))
    assert expire_overdue(now=NINE, by=None) == 1


def test_a_claim_that_was_called_unknown_in_the_meantime_stays_so(program, smtp, settings):
    """The server takes its time; a clock that is far ahead settles the claim before it answers."""
    planned = planned_for(expect_someone(program))
    smtp.replies[b"."] = STALLS
    has_text = Event()
    smtp.keep = lambda _raw: has_text.set()

    def settle() -> None:
        has_text.wait()
        assert settle_unknown(now=NINE, by=None) == 1
        smtp.is_over.set()

    at_once(sweep, settle, words=())
    assert status_of(planned) == ("unknown", "")
    assert planned.events.filter(status="unknown").count() == 1


def test_consent_that_is_taken_back_before_the_claim_commits_counts(program, smtp):
    person = expect_someone(program)
    planned = planned_for(person)
    person.participant.consents.update(withdrawn_at=NOON.replace(year=2027))
    sweep()
    assert status_of(planned) == ("skipped", "no_consent")


def test_notices_too_go_once(program, smtp):
    for number in range(6):
        user = build.a_colleague(program, Role.CLINICIAN, email=f"colleague{number}@clinic.example")
        a_notice(user, program, due_at=SIX)
    at_once(sweep, sweep, sweep, words=())
    assert len({each["To"] for each in smtp.messages}) == len(smtp.messages) == 6
    assert set(StaffNotice.objects.values_list("status", flat=True)) == {"sent"}


def test_no_lock_is_held_while_the_server_is_spoken_to(program, smtp):
    planned = planned_for(expect_someone(program))
    smtp.replies[b"."] = STALLS
    has_text = Event()
    smtp.keep = lambda _raw: has_text.set()

    def write_meanwhile() -> None:
        has_text.wait()
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
        Participant.objects.update(preferred_name="Adi")
        Reminder.objects.filter(pk=planned.pk).update(attempts=0)
        smtp.is_over.set()

    at_once(sweep, write_meanwhile, words=())
    assert Participant.objects.get().preferred_name == "Adi"
