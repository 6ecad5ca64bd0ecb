"""The forms of a plan of care: what is kept, what is refused and where, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from programs.models import (
    Certification,
    Enrollment,
    Goal,
    LevelOfCareDetermination,
    Order,
    Program,
)
from programs.weeks import local_date
from tests import build
from tests.build_episodes import a_certification, a_determination, a_goal
from tests.programs.record_pages import read, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def enrollment(program: Program, today: date) -> Enrollment:
    return build.an_enrollment(program, admitted_on=today - timedelta(days=20))


@pytest.fixture
def client(client_of: Callable[[User], Client], clinician: User) -> Client:
    return client_of(clinician)


@pytest.fixture
def url(enrollment: Enrollment) -> str:
    person, program = enrollment.participant, enrollment.program
    return f"/plan/{program.public_id}/{person.public_id}/{enrollment.public_id}/"


def test_the_admission_is_changed_with_a_soft_word(client, url, enrollment):
    assert 'type="date"' in read(client, f"{url}admission/")
    planned_on = enrollment.admitted_on + timedelta(weeks=15, days=-1)
    sent = {"admission": "step_down", "came_from": "inpatient", "planned_discharge_on": planned_on}
    page = send(client, f"{url}admission/", sent)
    assert "Saved. That is 15 weeks; 8 to 12 are usual." in page
    assert f"?episode={enrollment.public_id}" in client.get(f"{url}admission/").content.decode()
    enrollment.refresh_from_db()
    assert (enrollment.came_from, enrollment.planned_discharge_on) == ("inpatient", planned_on)
    usual = enrollment.admitted_on + timedelta(weeks=10, days=-3)
    page = send(client, f"{url}admission/", {**sent, "planned_discharge_on": usual})
    assert "are usual." not in page


def test_an_order_is_added_in_hours_and_replaced_in_words(client, url, today):
    assert f'value="{today.isoformat()}"' in read(client, f"{url}orders/new/")
    sent = {"effective_from": today, "minutes_per_week": "10.5", "days_per_week": "3"}
    assert "The order is added." in send(client, f"{url}orders/new/", sent)
    assert Order.objects.get().minutes_per_week == 630
    page = send(client, f"{url}orders/new/", {**sent, "minutes_per_week": "9"})
    words = "The order of that date is replaced: 9 h a week instead of 10 h 30 min."
    assert words in page
    assert Order.objects.get().minutes_per_week == 540
    assert "In force today" in page


def test_a_goal_is_added_closed_and_opened_again(client, url, today):
    sent = {"text": "Sleep five nights a week", "set_on": today, "target_on": ""}
    assert "Sleep five nights a week" in send(client, f"{url}goals/new/", sent)
    there = f"{url}goals/{Goal.objects.get().public_id}/"
    assert "Sleep five nights a week" in read(client, f"{there}close/")
    page = send(client, f"{there}close/", {"outcome": "met", "ended_on": today})
    assert "The goal is closed." in page
    assert "1 closed goal" in page
    assert "The goal is open again." in send(client, f"{there}reopen/", {})
    assert Goal.objects.get().outcome == ""


def test_a_certification_is_renewed_and_a_mistake_withdrawn(client, url, today, clinician):
    sent = {"signed_on": today, "signed_by_name": "Dr. Imani Okafor", "due_on": ""}
    page = send(client, f"{url}certifications/new/", sent)
    assert "Standing until" in page
    row = Certification.objects.get()
    assert row.due_on == today + timedelta(days=60)
    withdraw = f"{url}certifications/{row.public_id}/withdraw/"
    page = read(client, withdraw)
    assert "Dr. Imani Okafor" in page
    assert Certification.objects.get().withdrawn_at is None
    page = send(client, withdraw, {})
    assert "The certification is withdrawn." in page
    assert "by Cleo Ortiz" in page
    assert "None on record" in page
    row.refresh_from_db()
    assert row.withdrawn_by == clinician


def test_a_determination_is_put_on_record_and_a_mistake_withdrawn(client, url, today):
    page = read(client, f"{url}determinations/new/")
    assert '<option value="2.1" selected>' in page
    sent = {"determined_on": today, "edition": "4", "level_of_care": "2.5", "dimension_4": "0"}
    page = send(client, f"{url}determinations/new/", sent)
    assert "2.5 partial hospitalization" in page
    row = LevelOfCareDetermination.objects.get()
    assert row.ratings == (None, None, None, 0, None, None)
    withdraw = f"{url}determinations/{row.public_id}/withdraw/"
    assert "Yes, withdraw it" in read(client, withdraw)
    assert "The determination is withdrawn." in send(client, withdraw, {})


ADMISSION = {"admission": "direct", "came_from": "", "planned_discharge_on": ""}
ORDER = {"effective_from": "2099-01-05", "minutes_per_week": "9", "days_per_week": ""}
GOAL = {"text": "Sleep", "set_on": "2020-01-06", "target_on": ""}
SIGNED = {"signed_on": "2020-01-06", "signed_by_name": "Dr. Okafor", "due_on": ""}
LEVEL = {"determined_on": "2020-01-06", "edition": "4", "level_of_care": "2.1"}


@pytest.mark.parametrize(
    ("form", "good", "change", "words"),
    [
        ("admission", ADMISSION, {"came_from": "php"}, "Who steps down comes from more intensive"),
        (
            "admission",
            ADMISSION,
            {"planned_discharge_on": "2020-01-06"},
            "on or after the admission",
        ),
        ("admission", ADMISSION, {"planned_discharge_on": "0001-01-01"}, "between 2000 and 2099"),
        ("admission", ADMISSION, {"planned_discharge_on": "9999-12-31"}, "between 2000 and 2099"),
        ("admission", ADMISSION, {"admission": "moon"}, "Select a valid choice"),
        ("orders/new", ORDER, {"effective_from": "2020-01-06"}, "An order begins on or after"),
        ("orders/new", ORDER, {"effective_from": "2026-02-30"}, "Enter a real date"),
        ("orders/new", ORDER, {"effective_from": "2099\x00"}, "Enter a real date"),
        ("orders/new", ORDER, {"effective_from": ""}, "Enter the day from which it holds"),
        ("orders/new", ORDER, {"minutes_per_week": ""}, "Enter the hours a week, like 9 or 10.5"),
        ("orders/new", ORDER, {"minutes_per_week": "nine"}, "Enter hours like 9 or 10.5"),
        ("orders/new", ORDER, {"minutes_per_week": "NaN"}, "Enter hours like 9 or 10.5"),
        ("orders/new", ORDER, {"minutes_per_week": "0"}, "Ordered hours are at least 1"),
        ("orders/new", ORDER, {"minutes_per_week": "60.5"}, "Ordered hours are at most 60"),
        ("orders/new", ORDER, {"minutes_per_week": "1e999999"}, "Ordered hours are at most 60"),
        ("orders/new", ORDER, {"minutes_per_week": "9.125"}, "Enter hours like 9 or 10.5"),
        ("orders/new", ORDER, {"days_per_week": "8"}, "Enter 7 or less"),
        ("orders/new", ORDER, {"days_per_week": "9" * 5_000}, "Enter a whole number"),
        ("goals/new", GOAL, {"text": " "}, "Enter the goal in words"),
        ("goals/new", GOAL, {"text": "a\x00"}, "Null characters are not allowed."),
        ("goals/new", GOAL, {"text": "a" * 2_001}, "at most 2000 characters"),
        ("goals/new", GOAL, {"set_on": "2099-01-05"}, "Enter today or an earlier day"),
        ("goals/new", GOAL, {"target_on": "2020-01-05"}, "A goal is for a day on or after"),
        ("certifications/new", SIGNED, {"signed_by_name": ""}, "Enter who signed it"),
        ("certifications/new", SIGNED, {"signed_on": "2099-01-05"}, "Enter today or an earlier"),
        ("certifications/new", SIGNED, {"due_on": "2020-01-06"}, "due after this one is signed"),
        ("certifications/new", SIGNED, {"due_on": "2021-01-07"}, "within a year after this one"),
        ("certifications/new", SIGNED, {"signed_on": "2026-11-02"}, "A certification signed that"),
        ("determinations/new", LEVEL, {"dimension_1": "5"}, "Enter 4 or less"),
        ("determinations/new", LEVEL, {"dimension_6": "-1"}, "Enter 0 or more"),
        ("determinations/new", LEVEL, {"dimension_6": "high"}, "Enter a whole number"),
        ("determinations/new", LEVEL, {"edition": "5"}, "Select a valid choice"),
        ("determinations/new", LEVEL, {"determined_on": "2026-11-02"}, "A determination of that"),
    ],
)
def test_what_cannot_be_is_said_on_top_and_at_the_field(
    client, url, enrollment, form, good, change, words
):
    a_certification(enrollment)
    a_determination(enrollment)
    answer = client.post(f"{url}{form}/", {**good, **change})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error:" in page
    assert page.count(words) == 2
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs == {"participant.read"}


def test_nothing_typed_is_lost(client, url):
    sent = {**GOAL, "text": "Sleep through", "target_on": "2020-01-05"}
    page = client.post(f"{url}goals/new/", sent).content.decode()
    assert "Sleep through" in page
    assert 'value="2020-01-05"' in page


def test_a_goal_that_somebody_closed_in_the_meantime(client, url, enrollment, today):
    goal = a_goal(enrollment, set_on=today, ended_on=today, outcome="met")
    sent = {"outcome": "not_met", "ended_on": today}
    page = client.post(f"{url}goals/{goal.public_id}/close/", sent).content.decode()
    assert "Somebody has closed this goal in the meantime." in page
    assert Goal.objects.get().outcome == "met"
