"""An alert rule in the browser: defaults, typed, refused at the field, one that has not begun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from programs.models import AlertRule, Program
from programs.models.alert_rule import alert_rule_on
from programs.weeks import local_date
from tests import build
from tests.build_hours import an_alert_rule
from tests.hours.ruling import date_boxes, words_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
USUAL = {
    "unrecorded_hours": "24",
    "close_days": "2",
    "units_left": "3",
    "days_left": "7",
    "review_days": "3",
    "recertification_days": "14",
    "citation": "",
}


@pytest.fixture
def tomorrow(program: Program) -> date:
    return local_date(timezone.now(), program.zone) + timedelta(days=1)


@pytest.fixture
def url(program: Program) -> str:
    return f"/rules/{program.public_id}/alerts/"


@pytest.fixture
def office(client_of: ClientOf, director: User) -> Client:
    return client_of(director)


def filled(from_on: date, **change: str) -> dict[str, str]:
    return {**date_boxes(from_on), **USUAL, **change}


def test_the_first_one_proposes_what_holds_without_one(office: Client, url: str) -> None:
    page = words_of(office, f"{url}new/")
    for name, value in USUAL.items():
        assert f'name="{name}"{f" value={chr(34)}{value}{chr(34)}" if value else ""}' in page, name
    assert "Filled in as in the rule before." not in page


def test_a_rule_is_added_and_holds_from_its_date(
    office: Client, director: User, program: Program, url: str, tomorrow: date
) -> None:
    sent = filled(tomorrow, unrecorded_hours="12", close_days="0", units_left="5",
                  days_left="10", review_days="2", recertification_days="21",
                  citation="Payer manual 3")  # fmt: skip
    page = words_of(office, f"{url}new/", sent)
    for words in ("The rule is added.", "after 12 hours", "as soon as it is over",
                  "at 5 units left", "10 days before", "2 days before", "21 days before",
                  "Payer manual 3"):  # fmt: skip
        assert words in page, words
    assert alert_rule_on(program, tomorrow).unrecorded_hours == 12
    assert alert_rule_on(program, tomorrow - timedelta(days=1)).unrecorded_hours == 24
    line = AuditEvent.objects.get(verb="alert_rule.added")
    assert (line.by, line.detail["units_left"]) == (director, 5)
    assert "Payer" not in str(line.detail)
    assert "Filled in as in the rule before." in words_of(office, f"{url}new/")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"effective_from_0": "13"}, "Enter a real date"),
        ({"effective_from_2": "2020"}, "A rule begins today or later."),
        ({"effective_from_2": "2126"}, "Enter a date before 2100"),
        ({"unrecorded_hours": ""}, "Enter the hours, such as 24"),
        ({"unrecorded_hours": "0"}, "Enter 1 or more"),
        ({"unrecorded_hours": "169"}, "Enter 168 or less"),
        ({"close_days": "15"}, "Enter 14 or less"),
        ({"close_days": ""}, "Enter the days, or 0"),
        ({"units_left": "101"}, "Enter 100 or less"),
        ({"units_left": ""}, "Enter the units, or 0"),
        ({"days_left": "61"}, "Enter 60 or less"),
        ({"review_days": "-1"}, "Enter 0 or more"),
        ({"recertification_days": "two"}, "Enter a whole number"),
        ({"citation": "x\x00"}, "Null characters are not allowed."),
    ],
)
def test_a_rule_that_cannot_be(
    office: Client, url: str, tomorrow: date, change: dict[str, str], words: str
) -> None:
    page = words_of(office, f"{url}new/", {**filled(tomorrow), **change})
    assert "There is a problem" in page
    assert page.count(words) == 2, page.count(words)
    assert not AlertRule.objects.exists()


def test_a_second_rule_from_one_date_is_refused(
    office: Client, program: Program, url: str, tomorrow: date
) -> None:
    an_alert_rule(program, effective_from=tomorrow)
    page = words_of(office, f"{url}new/", filled(tomorrow))
    assert page.count("There is an alert rule from that date already.") == 2
    assert AlertRule.objects.count() == 1


def test_a_rule_to_come_is_changed_and_deleted(
    office: Client, program: Program, url: str, tomorrow: date
) -> None:
    rule = an_alert_rule(program, effective_from=tomorrow)
    there = f"{url}{rule.public_id}/"
    assert "Example rule 7.8" in words_of(office, there)
    page = words_of(office, there, filled(tomorrow, days_left="30"))
    assert "The rule is saved." in page
    rule.refresh_from_db()
    assert (rule.days_left, rule.citation) == (30, "")
    assert "The rule is deleted." in words_of(office, f"{there}delete/", {})
    assert office.get(there).status_code == 404


def test_a_rule_that_has_begun_stays(
    office: Client, program: Program, url: str, tomorrow: date
) -> None:
    rule = an_alert_rule(program, effective_from=tomorrow - timedelta(days=1))
    there = f"{url}{rule.public_id}/"
    assert "This rule has begun." in words_of(office, there)
    page = words_of(office, there, filled(tomorrow, days_left="30"))
    assert "A rule that has begun stays as it is." in page
    page = words_of(office, f"{there}delete/", {})
    assert "A rule that has begun stays as it is." in page
    assert AlertRule.objects.get().days_left == 7


def test_another_programs_rule_is_not_found(office: Client, url: str, tomorrow: date) -> None:
    elsewhere = an_alert_rule(build.a_program(), effective_from=tomorrow)
    assert office.get(f"{url}{elsewhere.public_id}/").status_code == 404
    assert office.post(f"{url}{elsewhere.public_id}/delete/").status_code == 404
