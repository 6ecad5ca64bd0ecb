"""The pages that change an episode: what they say beforehand, what is asked, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from programs.models import Enrollment, EpisodeStep, Leave, Program, Referral, Role
from programs.weeks import local_date
from tests import build

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def tomorrow(today: date) -> date:
    return today + timedelta(days=1)


@pytest.fixture
def desk(client_of: ClientOf, administrator: User) -> Client:
    return client_of(administrator)


@pytest.fixture
def ada(program: Program, today: date) -> Enrollment:
    ada = build.an_enrollment(program, admitted_on=today - timedelta(days=21))
    build.a_membership(build.a_group(program, name="Process B"), ada)
    return ada


def boxes(**dates: date) -> dict[str, Any]:
    """Return dates as the boxes of a form send them."""
    return {
        f"{name}_{number}": part
        for name, day in dates.items()
        for number, part in enumerate((day.month, day.day, day.year))
    }


def url_of(enrollment: Enrollment, what: str) -> str:
    return f"/episodes/{enrollment.program.public_id}/{enrollment.public_id}/{what}/"


def said(response: Any) -> str:
    """Return the preview as one text."""
    return " | ".join(f"{each.title} {each.text}" for each in response.context["page"].checks)


def errors(response: Any) -> dict[str, list[str]]:
    html = response.content.decode()
    assert "<title>Error: " in html
    assert "There is a problem" in html
    return dict(response.context["page"].form.errors)


def test_discharge_says_what_will_happen_and_does_it(desk, program, ada, today, tomorrow):
    url = url_of(ada, "discharge")
    first = said(desk.get(url))
    assert "Process B last day" in first
    assert "Follow-ups" in first
    sent = boxes(last_on=tomorrow) | {"reason": "deceased", "destination": ""}
    tried = desk.post(url, sent | {"act": "work_out"}, HTTP_HX_REQUEST="true")
    assert "Follow-ups none" in said(tried)
    assert "<html" not in tried.content.decode()
    assert not EpisodeStep.objects.exists()
    response = desk.post(url, sent)
    assert response.url == f"/episodes/{program.public_id}/{ada.participant.public_id}/"
    ada.refresh_from_db()
    assert (ada.discharged_on, ada.discharge_reason) == (tomorrow, "deceased")
    assert desk.post(url, sent).status_code == 302
    assert EpisodeStep.objects.count() == 1
    assert "discharged already" in said(desk.get(url))


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"last_on_2": "9999"}, "last_on", "Enter a date within a year of today"),
        ({"last_on_2": "1"}, "last_on", "Enter a date within a year of today"),
        ({"last_on_0": "13"}, "last_on", "Enter a real date"),
        ({"last_on_1": ""}, "last_on", "Fill in month, day and year"),
        ({"last_on_1": "9" * 40}, "last_on", "Enter a real date"),
        ({"reason": "never_started"}, "reason", "Choose why they leave"),
        ({"reason": ""}, "reason", "Choose why they leave"),
        ({"destination": ""}, "destination", "Choose where they go on to"),
        ({"destination": "m\x00ars"}, "destination", "Choose where they go on to"),
        ({"note": "a\x00b"}, "note", "Null characters are not allowed."),
        ({"note": "x" * 1001}, "note", "Ensure this value has at most 1000 characters"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(desk, ada, today, change, field, words):
    sent = boxes(last_on=today) | {"reason": "moved", "destination": "home"} | change
    response = desk.post(url_of(ada, "discharge"), sent)
    found = errors(response)
    assert list(found) == [field]
    assert found[field][0].startswith(words)
    ada.refresh_from_db()
    assert ada.discharged_on is None


def test_discharge_before_admission(desk, ada):
    before = ada.admitted_on - timedelta(days=1)
    sent = boxes(last_on=before) | {"reason": "moved", "destination": "home", "note": "Kept."}
    response = desk.post(url_of(ada, "discharge"), sent)
    assert errors(response)["last_on"][0].startswith("A discharge is not before the admission")
    assert "Kept." in response.content.decode()
    tried = desk.post(url_of(ada, "discharge"), sent | {"act": "work_out"})
    assert "A discharge is not before the admission" in said(tried)
    assert "error-summary" not in tried.content.decode()


def test_transfer_with_groups_there(desk, administrator, program, ada, tomorrow):
    php = build.a_program(name="Day PHP", level_of_care="2.5")
    build.an_assignment(administrator, php, Role.ADMISSIONS)
    group = build.a_group(php, name="Morning skills", capacity=1)
    build.a_pattern(group)
    url = url_of(ada, "step-up")
    assert desk.get(url).context["page"].form.initial["admission"] == "step_up"
    sent = boxes(first_on=tomorrow) | {"admission": "step_up", "to_program": php.public_id}
    tried = desk.post(url, sent | {"act": "work_out"})
    assert "Morning skills" in tried.content.decode()
    assert "Day PHP enrolled from" in said(tried)
    sent["groups"] = group.public_id
    build.a_membership(group)
    full = desk.post(url, sent)
    assert "Something warns." in errors(full)["override"][0]
    assert full.context["page"].form.clashes
    response = desk.post(url, sent | {"override": "The team agreed."})
    new = Enrollment.objects.get(participant=ada.participant, program=php)
    assert response.url == f"/episodes/{php.public_id}/{ada.participant.public_id}/"
    assert (new.admitted_on, new.admission) == (tomorrow, "step_up")
    assert new.memberships.get().group == group


def test_a_referral_where_one_does_not_enroll(desk, ada, tomorrow):
    php = build.a_program(name="Day PHP", level_of_care="2.5")
    url = url_of(ada, "transfer")
    sent = boxes(first_on=tomorrow) | {"admission": "step_up", "to_program": php.public_id}
    tried = desk.post(url, sent | {"act": "work_out"})
    assert "You do not enroll people there, so they are referred: Day PHP" in said(tried)
    assert tried.context["page"].form["to_program"].value() == str(php.public_id)
    response = desk.post(url, sent, follow=True)
    assert Referral.objects.get().program == php
    assert "Discharged here and referred to Day PHP." in response.content.decode()


@pytest.mark.parametrize("chosen", ["", "mars", "here"])
def test_a_program_to_go_on_to(desk, program, ada, tomorrow, chosen):
    build.a_program()
    key = str(program.public_id) if chosen == "here" else chosen
    sent = boxes(first_on=tomorrow) | {"admission": "direct", "to_program": key}
    found = errors(desk.post(url_of(ada, "transfer"), sent))
    assert found["to_program"] == ["Choose the program they go on to"]


def test_leave_from_beginning_to_end(desk, ada, today, tomorrow):
    url = url_of(ada, "leave")
    assert "Reminders none for those days" in said(desk.get(url))
    sent = boxes(first_on=tomorrow, last_on=today) | {"reason": "A wedding"}
    assert errors(desk.post(url, sent))["last_on"] == ["The last day is on or after the first."]
    later = today + timedelta(days=5)
    assert desk.post(url, boxes(first_on=tomorrow, last_on=later)).status_code == 302
    again = desk.post(url, boxes(first_on=later))
    assert errors(again)["first_on"][0].startswith("They are on leave from")
    leave = Leave.objects.get()
    base = f"leave/{leave.public_id}"
    assert "expected again from" in said(desk.get(url_of(ada, f"{base}/longer")))
    desk.post(url_of(ada, f"{base}/longer"), {})
    leave.refresh_from_db()
    assert leave.last_on is None
    assert errors(desk.post(url_of(ada, f"{base}/back"), boxes(last_on=today)))["last_on"]
    desk.post(url_of(ada, f"{base}/back"), boxes(last_on=later))
    desk.post(url_of(ada, f"{base}/longer"), boxes(last_on=tomorrow))
    leave.refresh_from_db()
    assert leave.last_on == tomorrow
    assert "expected on all those days" in said(desk.get(url_of(ada, f"{base}/call-off")))
    desk.post(url_of(ada, f"{base}/call-off"))
    leave.refresh_from_db()
    assert leave.last_on == today


def test_a_leave_of_somebody_else_is_not_found(desk, program, ada):
    other = build.a_leave(build.an_enrollment(program).participant, ada.admitted_on, None)
    assert desk.get(url_of(ada, f"leave/{other.public_id}/back")).status_code == 404


def test_put_off_and_call_off(desk, program, today):
    ahead = build.an_enrollment(program, admitted_on=today + timedelta(days=3))
    build.a_membership(build.a_group(program, name="Skills"), ahead)
    assert "Skills begins" in said(desk.get(url_of(ahead, "put-off")))
    early = desk.post(url_of(ahead, "put-off"), boxes(admitted_on=today))
    assert errors(early)["admitted_on"][0].startswith("They begin")
    later = today + timedelta(days=8)
    assert desk.post(url_of(ahead, "put-off"), boxes(admitted_on=later)).status_code == 302
    assert "Skills they do not begin there" in said(desk.get(url_of(ahead, "call-off")))
    assert desk.post(url_of(ahead, "call-off"), {"reason": "Chose another"}).status_code == 302
    ahead.refresh_from_db()
    assert ahead.discharge_reason == "never_started"
    assert EpisodeStep.objects.get().reason == "Chose another"


def test_a_director_takes_a_discharge_back(client_of, director, desk, ada, today):
    sent = boxes(last_on=today) | {"reason": "moved", "destination": "home"}
    desk.post(url_of(ada, "discharge"), sent)
    boss, url = client_of(director), url_of(ada, "reverse")
    assert "Process B back from" in said(boss.get(url))
    assert errors(boss.post(url, {"reason": " "}))["reason"] == ["Say why it is taken back"]
    response = boss.post(url, {"reason": "Somebody else of that name"}, follow=True)
    assert "The discharge was taken back." in response.content.decode()
    ada.refresh_from_db()
    assert ada.discharged_on is None
    assert ada.memberships.get().last_on is None
    assert "not discharged" in said(boss.get(url))


def test_the_seat_that_was_taken_is_said(client_of, director, desk, program, ada, today):
    group = ada.memberships.get().group
    type(group).objects.update(capacity=1)
    sent = boxes(last_on=today) | {"reason": "moved", "destination": "home"}
    desk.post(url_of(ada, "discharge"), sent)
    build.a_membership(group, build.an_enrollment(program), first_on=today + timedelta(days=1))
    boss, url = client_of(director), url_of(ada, "reverse")
    assert "Process B full by now" in said(boss.get(url))
    response = boss.post(url, {"reason": "A mistake"}, follow=True)
    assert "No seat is free any more in Process B" in response.content.decode()


def test_queries_do_not_grow_with_what_ends(desk, program, ada):
    counts = []
    for _ in range(2):
        url = url_of(ada, "discharge")
        desk.get(url)
        with CaptureQueriesContext(connection) as found:
            desk.get(url)
        counts.append(len(found))
        build.a_membership(build.a_group(program), ada)
        build.a_membership(build.a_group(program), ada)
    assert counts[0] + 2 >= counts[1]  # one for the line of each group
