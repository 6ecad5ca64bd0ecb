"""A rule written in the browser: filled in, refused at the field, tried, saved, checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from hours.ruling.presets import ASKED, Preset
from programs.models import HoursRule, Program
from programs.weeks import DAYS, local_date
from tests import build
from tests.hours.ruling import filled, words_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def next_week(program: Program, today: date) -> date:
    return program.week_of(today).moved(1).first_on


@pytest.fixture
def url(program: Program) -> str:
    return f"/rules/{program.public_id}/"


@pytest.fixture
def office(client_of: ClientOf, director: User) -> Client:
    return client_of(director)


def value_of(page: str, name: str) -> str:
    """Return what stands in a box."""
    found = re.search(rf'name="{name}"(?: value="([^"]*)")?', page)
    assert found, name
    return found[1] or ""


def test_a_rule_is_previewed_and_then_saved(
    office: Client, director: User, program: Program, url: str, next_week: date
) -> None:
    sent = filled(
        next_week, counts=["process", "skills"], max_gap_days="3", min_minutes_per_day="2:30"
    )
    page = words_of(office, f"{url}new/", sent)
    assert "What this rule would change" in page
    assert "There are no weeks to try it on." in page
    assert not HoursRule.objects.exists()
    assert not AuditEvent.objects.filter(verb__startswith="hours_rule").exists()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    again = {name: [value for each, value in hidden if each == name] for name, _ in hidden}
    once = {name: values[: len(values) // 2] for name, values in again.items()}
    page = words_of(office, f"{url}new/", {**once, "step": "save"})
    assert "The rule is added." in page
    rule = HoursRule.objects.get()
    assert (rule.program, rule.effective_from) == (program, next_week)
    assert (rule.min_minutes_per_week, rule.max_minutes_per_week) == (540, 1_140)
    assert (rule.min_days_per_week, rule.min_minutes_per_day) == (3, 150)
    assert (rule.counts, rule.max_gap_days) == (["process", "skills"], 3)
    assert (rule.verified_by, rule.verified_on) == (None, None)
    line = AuditEvent.objects.get(verb="hours_rule.added")
    assert (line.by, line.program_id) == (director, program.public_id)
    assert "Example" not in str(line.detail)


def test_going_back_keeps_what_was_typed(office: Client, url: str, next_week: date) -> None:
    sent = filled(next_week, min_minutes_per_week="9:30", counts=["family"], step="write")
    page = words_of(office, f"{url}new/", sent)
    assert "New rule of weekly hours" in page
    assert "There is a problem" not in page
    assert value_of(page, "min_minutes_per_week") == "9:30"
    assert value_of(page, "effective_from_1") == str(next_week.day)
    assert re.search(r'value="family"[^>]* checked', page)
    assert not HoursRule.objects.exists()


def test_the_first_one_begins_today_and_the_next_one_with_a_week(
    office: Client, program: Program, url: str, today: date, next_week: date
) -> None:
    page = words_of(office, f"{url}new/")
    assert value_of(page, "effective_from_1") == str(today.day)
    assert value_of(page, "min_minutes_per_week") == ""
    build.a_rule(program, min_minutes_per_week=570, max_minutes_per_week=DAYS * 24 * 60)
    page = words_of(office, f"{url}new/")
    assert "Filled in as in the rule before." in page
    assert value_of(page, "effective_from_1") == str(next_week.day)
    assert value_of(page, "min_minutes_per_week") == "9:30"
    assert value_of(page, "max_minutes_per_week") == ""


def test_a_starting_point_fills_the_form(office: Client, program: Program, url: str) -> None:
    build.a_rule(program, count="clinical_hours", min_minutes_per_day=90)
    page = words_of(office, f"{url}new/?start=youth")
    assert value_of(page, "min_minutes_per_week") == "6"
    assert value_of(page, "max_minutes_per_week") == "19"
    assert value_of(page, "min_days_per_week") == "3"
    assert value_of(page, "min_minutes_per_day") == "1:30"
    assert "SAMHSA" in value_of(page, "citation")
    assert '<option value="youth" selected>' in page
    assert re.search(r'value="clinical_hours"[^>]* checked', page)
    page = words_of(office, f"{url}new/?start=day")
    assert value_of(page, "min_minutes_per_week") == "20"
    assert value_of(page, "max_minutes_per_week") == ""
    page = words_of(office, f"{url}try/?start=adult")
    assert value_of(page, "min_minutes_per_week") == "9"
    assert not HoursRule.objects.get().citation.startswith("ASAM")


def test_a_starting_point_that_is_none(office: Client, url: str) -> None:
    page = words_of(office, f"{url}new/?start=owl%00")
    assert "This address could not be read whole:" in page
    assert "Choose a starting point from the list." in page


@pytest.mark.parametrize("preset", list(Preset))
def test_each_starting_point_is_a_rule_one_can_keep(
    office: Client, url: str, next_week: date, preset: Preset
) -> None:
    page = words_of(office, f"{url}new/?start={preset}")
    names = ("min_minutes_per_week", "max_minutes_per_week", "citation")
    sent = filled(next_week, **{name: value_of(page, name) for name in names})
    assert "The rule is added." in words_of(office, f"{url}new/", {**sent, "step": "save"})
    rule = HoursRule.objects.get()
    assert rule.min_minutes_per_week == ASKED[preset].least * 60
    assert rule.citation == ASKED[preset].citation


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"effective_from_0": "13"}, "Enter a real date"),
        ({"effective_from_1": ""}, "Fill in month, day and year"),
        ({"effective_from_2": "2126"}, "Enter a date before 2100"),
        ({"effective_from_2": "2020"}, "A rule begins today or later."),
        ({"min_minutes_per_week": ""}, "Enter the hours, such as 9"),
        ({"min_minutes_per_week": "nine"}, "Enter hours like 9, 9.5 or 9:30"),
        ({"min_minutes_per_week": "9\x00"}, "Null characters are not allowed."),
        ({"max_minutes_per_week": "168"}, "Enter hours like 9, 9.5 or 9:30"),
        ({"max_minutes_per_week": "8:59"}, "The most a week is not under the least."),
        ({"min_days_per_week": "8"}, "Enter 7 or less"),
        ({"min_days_per_week": ""}, "Enter the days, or 0"),
        ({"min_days_per_week": "-1"}, "Enter 0 or more"),
        ({"min_minutes_per_day": ""}, "Enter the hours, such as 3 or 0:30"),
        ({"min_minutes_per_day": "25"}, "A day has more than 0 and at most 24 hours"),
        ({"max_gap_days": "15"}, "Enter 14 or less"),
        ({"max_gap_days": "two"}, "Enter a whole number"),
        ({"count": "owl"}, "Choose one of them"),
        ({"count": ""}, "Choose one of them"),
        ({"leave": "owl\x00"}, "Choose one of them"),
        ({"counts": ["process", "owl"]}, "Choose kinds from the list"),
        ({"citation": "x" * 301}, "at most 300 characters"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("step", ["preview", "save"])
def test_a_rule_that_cannot_be(
    office: Client, url: str, next_week: date, change: dict[str, Any], words: str, step: str
) -> None:
    page = words_of(office, f"{url}new/", {**filled(next_week, step=step), **change})
    assert "There is a problem" in page
    assert page.count(words) == 2, page.count(words)
    assert not HoursRule.objects.exists()


@pytest.mark.parametrize("step", ["preview", "save"])
def test_a_second_rule_from_one_date_is_refused(
    office: Client, program: Program, url: str, next_week: date, step: str
) -> None:
    build.a_rule(program, effective_from=next_week)
    page = words_of(office, f"{url}new/", filled(next_week, step=step))
    assert page.count("This program has a rule from that date already.") == 2
    assert HoursRule.objects.count() == 1


def test_a_rule_to_come_is_changed_and_deleted(
    office: Client, director: User, program: Program, url: str, next_week: date
) -> None:
    rule = build.a_rule(
        program, effective_from=next_week, verified_by=director, verified_on=build.MONDAY
    )
    there = f"{url}{rule.public_id}/"
    assert value_of(words_of(office, there), "min_minutes_per_week") == "9"
    sent = filled(next_week, min_minutes_per_week="6")
    assert "What this rule would change" in words_of(office, there, sent)
    page = words_of(office, there, {**sent, "step": "save"})
    assert "The rule is saved." in page
    rule.refresh_from_db()
    assert (rule.min_minutes_per_week, rule.verified_by) == (360, None)
    assert "The rule is deleted." in words_of(office, f"{there}delete/", {})
    assert office.get(there).status_code == 404


def test_a_rule_that_has_begun_stays(
    office: Client, program: Program, url: str, today: date
) -> None:
    rule = build.a_rule(program, effective_from=today)
    there = f"{url}{rule.public_id}/"
    assert "This rule has begun." in words_of(office, there)
    page = words_of(office, there, filled(today, min_minutes_per_week="6", step="save"))
    assert "A rule that has begun stays as it is." in page
    page = words_of(office, f"{there}delete/", {})
    assert "A rule that has begun stays as it is." in page
    assert HoursRule.objects.get().min_minutes_per_week == 540


def test_another_programs_rule_is_not_found(office: Client, url: str, next_week: date) -> None:
    elsewhere = build.a_rule(build.a_program(), effective_from=next_week)
    there = f"{url}{elsewhere.public_id}/"
    assert office.get(there).status_code == 404
    assert office.post(f"{there}delete/").status_code == 404
    assert office.post(f"{there}verify/").status_code == 404


def test_it_is_kept_who_checked_a_rule(
    office: Client, program: Program, director: User, url: str, today: date
) -> None:
    rule = build.a_rule(program)
    seen = value_of(words_of(office, url), "seen")
    page = words_of(office, f"{url}{rule.public_id}/verify/", {"seen": seen})
    assert "It is kept that you checked this rule." in page
    rule.refresh_from_db()
    assert (rule.verified_by, rule.verified_on) == (director, today)
    assert AuditEvent.objects.get(verb="hours_rule.verified").by == director


@pytest.mark.parametrize("seen", ["", "owl\x00"])
def test_what_was_not_read_is_not_checked(
    office: Client, program: Program, url: str, seen: str
) -> None:
    rule = build.a_rule(program)
    page = words_of(office, f"{url}{rule.public_id}/verify/", {"seen": seen})
    assert "Somebody has changed this rule in the meantime." in page
    rule.refresh_from_db()
    assert rule.verified_by is None


@pytest.mark.parametrize("step", ["save", "preview", "people", "owl"])
def test_a_rule_that_is_tried_is_never_saved(
    office: Client, program: Program, url: str, next_week: date, step: str
) -> None:
    page = words_of(office, f"{url}try/", filled(next_week, step=step))
    assert "The rule is added." not in page
    assert not program.rules.exists()
    if step == "preview":
        assert 'value="save"' not in page
        assert "Make it a new rule" in page


def test_a_tried_rule_becomes_a_new_one(
    office: Client, program: Program, url: str, today: date
) -> None:
    sent = {name: value for name, value in filled(today).items() if "effective" not in name}
    assert "What this rule would change" in words_of(office, f"{url}try/", sent)
    page = words_of(office, f"{url}new/", {**sent, "step": "write"})
    assert "There is a problem" not in page
    assert value_of(page, "effective_from_2") == str(today.year)
    assert value_of(page, "min_minutes_per_week") == "9"


def test_the_preview_warns_of_a_beginning_within_a_week(
    office: Client, url: str, next_week: date
) -> None:
    page = words_of(office, f"{url}new/", filled(next_week + timedelta(days=2)))
    assert "It begins within a week." in page
    page = words_of(office, f"{url}new/", filled(next_week))
    assert "It begins within a week." not in page
