"""The outbox: who may see it, what it says, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import Program
from programs.weeks import local_date
from reminders.actions import plan_reminders
from reminders.evening_before import due_at
from reminders.models import Reminder
from reminders.outbox import outbox_page
from tests import build
from tests.build import MONDAY, moment
from tests.reminders.conftest import expect_someone

pytestmark = pytest.mark.django_db

SUNDAY = MONDAY - timedelta(days=1)
NOON = moment(SUNDAY, "12:00")


def url(program: Program) -> str:
    return reverse("reminders:outbox", args=[program.public_id])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("administrator", 200),
        ("director", 200),
        ("facilitator", 403),
        ("clinician", 403),
        ("billing", 403),
        ("stranger", 404),
    ],
)
def test_who_may(request, client_of, program, who, status):
    client = client_of(request.getfixturevalue(who))
    assert client.get(url(program)).status_code == status


def test_a_stranger_to_the_clinic_signs_in_first(client, program):
    assert client.get(url(program)).status_code == 302


def test_it_only_shows(client_of, program, director):
    assert client_of(director).post(url(program)).status_code == 405


def test_an_empty_outbox_says_what_comes_next(client_of, program, director):
    page = client_of(director).get(url(program)).content.decode()
    assert "Nothing is planned for tomorrow." in page
    assert "Nothing went out yesterday evening." in page
    assert "Everyone can be reached." in page


def test_what_it_says(client_of, program, director):
    today = local_date(timezone.now(), program.zone)
    tomorrow = today + timedelta(days=1)
    expect_someone(program, tomorrow, first_name="Odalys", last_name="Prim")
    expect_someone(program, tomorrow, first_name="Rufus", last_name="Quill", email="")
    Reminder.objects.create(
        participant=build.an_enrollment(program).participant,
        program=program,
        for_on=today,
        due_at=due_at(today, program.zone),
        status="failed",
        failure="address_refused",
    )
    Reminder.objects.create(
        participant=expect_planned(program),
        program=program,
        for_on=tomorrow,
        due_at=due_at(tomorrow, program.zone),
    )
    page = client_of(director).get(url(program)).content.decode()
    assert "1 reminder needs a look." in page
    assert "The address was refused" in page
    assert "1 planned" in page
    assert "Rufus Q." in page
    assert "No email address on record" in page
    assert "You have an appointment tomorrow at 5:30 PM." in page
    assert "Tiene una cita mañana a las 5:30 PM." in page
    assert "@mail.example" not in page
    assert "Quill" not in page


def expect_planned(program):
    day = local_date(timezone.now(), program.zone) + timedelta(days=1)
    return expect_someone(program, day, first_name="Basil").participant


def test_each_evening_and_who_is_not_reached(program):
    first = expect_someone(program, first_name="Odalys")
    sms = expect_someone(program, first_name="Rufus")
    sms.participant.consents.update(channel="sms")
    expect_someone(build.a_program(program.site), first_name="Elsewhere")
    plan_reminders(now=NOON, by=None)
    page = outbox_page(program=program, now=NOON)
    assert [line.name for line in page.tomorrow.lines] == ["Odalys N."]
    assert (page.tomorrow.planned, page.tomorrow.sent, page.trouble) == (1, 0, 0)
    assert [(each.name, each.reason) for each in page.unreached] == [
        ("Rufus N.", "Has not agreed to reminders by email")
    ]
    Reminder.objects.filter(participant=first.participant).update(
        status="claimed", claimed_at=moment(SUNDAY, "18:00")
    )
    later = outbox_page(program=program, now=moment(SUNDAY, "18:20"))
    assert (later.tomorrow.lines[0].label, later.trouble) == ("Outcome unknown", 1)
    next_day = outbox_page(program=program, now=moment(MONDAY, "08:00"))
    assert (next_day.today.trouble, next_day.tomorrow.lines) == (1, ())


def test_what_needs_a_look_stands_first(program):
    states: dict[str, dict[str, Any]] = {
        "Ann": {"status": "sent", "claimed_at": NOON, "sent_at": NOON},
        "Bob": {"status": "failed", "failure": "too_late"},
        "Cid": {"status": "withdrawn"},
        "Dot": {"status": "planned"},
        "Eve": {"status": "claimed", "claimed_at": NOON - timedelta(hours=1)},
    }
    for name, state in states.items():
        Reminder.objects.create(
            participant=build.a_participant(first_name=name),
            program=program,
            for_on=MONDAY,
            due_at=NOON,
            **state,
        )
    lines = outbox_page(program=program, now=NOON).tomorrow.lines
    assert [line.name.split()[0] for line in lines] == ["Bob", "Eve", "Dot", "Ann", "Cid"]


@pytest.mark.parametrize("people", [1, 12])
def test_queries(client_of, program, director, django_assert_max_num_queries, people):
    tomorrow = local_date(timezone.now(), program.zone) + timedelta(days=1)
    for _ in range(people):
        expect_someone(program, tomorrow)
    client = client_of(director)
    with django_assert_max_num_queries(10):
        assert client.get(url(program)).status_code == 200
