"""A schedule rule in the browser: filled in from the one before, typed, refused at the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from groups.clinic_settings.hours_box import as_typed, minutes_in
from groups.clinic_settings.page import suggested_start
from groups.clinic_settings.rule_words import between, lines_of, rule_cards
from programs.models import Program, ScheduleRule
from programs.weeks import local_date
from tests import build
from tests.build import MONDAY

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def tomorrow(today: date) -> date:
    return today + timedelta(days=1)


@pytest.fixture
def new_rule(program: Program) -> str:
    return f"/clinic/{program.public_id}/rules/new/"


def filled(from_on: date, **change: Any) -> dict[str, Any]:
    parts = (from_on.month, from_on.day, from_on.year)
    return {**{f"effective_from_{place}": part for place, part in enumerate(parts)}, **change}


def test_a_rule_is_added(
    client_of: ClientOf, director: User, program: Program, new_rule: str, today: date
) -> None:
    sent = filled(
        today,
        min_days_per_week="3",
        max_days_per_week="5",
        min_minutes_per_day="2",
        max_minutes_per_day="2:30",
        max_gap_days="3",
        max_per_facilitator="12",
        citation="Example 3.4",
        credentials_process=" LCSW,  LPC , lpc,, Licensed  counselor ",
    )
    page = client_of(director).post(new_rule, sent, follow=True).content.decode()
    assert "The rule is added." in page
    assert "In force" in page
    rule = ScheduleRule.objects.get()
    assert (rule.program, rule.effective_from, rule.citation) == (program, today, "Example 3.4")
    assert (rule.min_minutes_per_day, rule.max_minutes_per_day) == (120, 150)
    asked = list(rule.credentials.order_by("credential").values_list("kind", "credential"))
    assert asked == [("process", name) for name in ("LCSW", "LPC", "Licensed counselor")]
    assert AuditEvent.objects.get(verb="schedule_rule.added").by == director


def test_a_rule_may_limit_nothing(
    client_of: ClientOf, director: User, new_rule: str, tomorrow: date
) -> None:
    assert client_of(director).post(new_rule, filled(tomorrow)).status_code == 302
    rule = ScheduleRule.objects.get()
    assert (rule.min_days_per_week, rule.max_minutes_per_day, rule.max_gap_days) == (None,) * 3
    assert not rule.credentials.exists()


def test_the_first_one_begins_today_with_hints_only(
    client_of: ClientOf, director: User, new_rule: str, today: date
) -> None:
    page = client_of(director).get(new_rule).content.decode()
    assert f'name="effective_from_2" value="{today.year}"' in page
    assert 'placeholder="5"' in page
    assert 'name="max_days_per_week" value=' not in page
    assert "Filled in as in the rule before." not in page


def test_the_next_one_is_filled_in_from_the_one_before(
    client_of: ClientOf, director: User, program: Program, new_rule: str, today: date
) -> None:
    before = build.a_schedule_rule(program, effective_from=today, min_minutes_per_day=150)
    for credential in ("LPC", "LCSW"):
        before.credentials.create(kind="process", credential=credential)
    page = client_of(director).get(new_rule).content.decode()
    assert "Filled in as in the rule before." in page
    for words in ('value="2:30"', 'value="LPC, LCSW"', 'value="Example rule 3.4"'):
        assert words in page, words
    start = suggested_start(program, before, today)
    assert f'name="effective_from_1" value="{start.day}"' in page


@pytest.mark.parametrize(
    ("before", "today", "start"),
    [
        (None, "2026-11-25", "2026-11-25"),
        ("2026-01-01", "2026-11-25", "2026-11-30"),
        ("2026-11-30", "2026-11-25", "2026-12-07"),
        ("2026-01-01", "2026-11-30", "2026-12-07"),
    ],
)
def test_a_new_rule_begins_with_a_week(
    program: Program, before: str | None, today: str, start: str
) -> None:
    rule = build.a_schedule_rule(program, effective_from=before) if before else None
    found = suggested_start(program, rule, date.fromisoformat(today))
    assert found == date.fromisoformat(start)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"effective_from_0": "13"}, "Enter a real date"),
        ({"effective_from_1": ""}, "Fill in month, day and year"),
        ({"effective_from_2": "2126"}, "Enter a date before 2100"),
        ({"effective_from_2": "2020"}, "A rule begins today or later."),
        ({"min_days_per_week": "0"}, "Enter 1 or more"),
        ({"max_days_per_week": "8"}, "Enter 7 or less"),
        ({"min_days_per_week": "6", "max_days_per_week": "5"}, "At most is not under at least"),
        ({"min_minutes_per_day": "3:01"}, "At most is not under at least"),
        ({"min_minutes_per_day": "2:75"}, "Enter hours like 2, 2.5 or 2:30"),
        ({"min_minutes_per_day": "two"}, "Enter hours like 2, 2.5 or 2:30"),
        ({"min_minutes_per_day": "0"}, "A day has more than 0 and at most 24 hours"),
        ({"min_minutes_per_day": "", "max_minutes_per_day": "25"}, "A day has more than 0"),
        ({"max_gap_days": "0"}, "Enter 1 or more"),
        ({"max_per_facilitator": "99999"}, "Enter 999 or less"),
        ({"max_per_facilitator": "1.5"}, "Enter a whole number"),
        ({"citation": "x" * 301}, "at most 300 characters"),
        ({"citation": "x\x00"}, "Null characters are not allowed."),
        ({"credentials_process": "L\x00"}, "Null characters are not allowed."),
        ({"credentials_family": "x" * 41}, "A credential has at most 40 letters"),
    ],
)
def test_a_rule_that_cannot_be(
    client_of: ClientOf,
    director: User,
    new_rule: str,
    tomorrow: date,
    change: dict[str, str],
    words: str,
) -> None:
    sent = filled(tomorrow, min_minutes_per_day="2", max_minutes_per_day="3")
    answer = client_of(director).post(new_rule, {**sent, **change})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert page.count(words) == 2, page.count(words)
    assert not ScheduleRule.objects.exists()


def test_a_second_rule_from_one_date_is_refused(
    client_of: ClientOf, director: User, program: Program, new_rule: str, tomorrow: date
) -> None:
    build.a_schedule_rule(program, effective_from=tomorrow)
    page = client_of(director).post(new_rule, filled(tomorrow)).content.decode()
    assert page.count("There is a schedule rule from that date already.") == 2
    assert ScheduleRule.objects.count() == 1


def test_a_rule_to_come_is_changed_and_deleted(
    client_of: ClientOf, director: User, program: Program, tomorrow: date
) -> None:
    rule = build.a_schedule_rule(program, effective_from=tomorrow)
    rule.credentials.create(kind="process", credential="LPC")
    client, there = client_of(director), f"/clinic/{program.public_id}/rules/{rule.public_id}/"
    assert 'value="LPC"' in client.get(there).content.decode()
    sent = filled(tomorrow, max_days_per_week="4", credentials_skills="LCSW")
    assert "The rule is saved." in client.post(there, sent, follow=True).content.decode()
    rule.refresh_from_db()
    assert (rule.min_days_per_week, rule.max_days_per_week) == (None, 4)
    assert list(rule.credentials.values_list("kind", "credential")) == [("skills", "LCSW")]
    page = client.post(f"{there}delete/", follow=True).content.decode()
    assert "The rule is deleted." in page
    assert client.get(there).status_code == 404


def test_a_rule_that_has_begun_stays(
    client_of: ClientOf, director: User, program: Program, today: date
) -> None:
    rule = build.a_schedule_rule(program, effective_from=today)
    client, there = client_of(director), f"/clinic/{program.public_id}/rules/{rule.public_id}/"
    assert "This rule has begun." in client.get(there).content.decode()
    page = client.post(there, filled(today, max_days_per_week="4")).content.decode()
    assert "A rule that has begun stays as it is." in page
    page = client.post(f"{there}delete/", follow=True).content.decode()
    assert "A rule that has begun stays as it is." in page
    assert ScheduleRule.objects.get().max_days_per_week == 5


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2", 120),
        ("2.5", 150),
        ("2,5", 150),
        (".5", 30),
        ("2.75", 165),
        ("2.3333", 140),
        ("2:30", 150),
        ("02:05", 125),
        ("0:45", 45),
        ("2:5", None),
        ("2:60", None),
        ("-2", None),
        ("2h", None),
        ("1e3", None),
        ("٢", None),
        ("", None),
        ("nan", None),
    ],
)
def test_hours_as_people_type_them(text: str, minutes: int | None) -> None:
    assert minutes_in(text) == minutes


@pytest.mark.parametrize("minutes", [1, 59, 60, 61, 120, 125, 150, 1440])
def test_what_was_kept_can_be_typed_again(minutes: int) -> None:
    assert minutes_in(as_typed(minutes)) == minutes


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (None, None, "no limit"),
        (3, None, "at least 3"),
        (None, 5, "at most 5"),
        (3, 3, "exactly 3"),
        (3, 5, "3 to 5"),
    ],
)
def test_limits_in_words(least: int | None, most: int | None, words: str) -> None:
    assert between(least, most, str) == words


def test_the_latest_that_has_begun_is_in_force(program: Program) -> None:
    rules = [
        build.a_schedule_rule(program, effective_from=day)
        for day in ("2026-01-01", "2026-11-23", "2026-11-24", "2027-01-01")
    ]
    cards = rule_cards(rules, lines_of, today=MONDAY)
    assert [card.is_in_force for card in cards] == [False, False, True, False]
    assert [card.is_ahead for card in cards] == [True, True, False, False]
    assert [card.title for card in cards] == [
        "From Jan 1, 2027 on",
        "Nov 24, 2026 to Dec 31, 2026",
        "Nov 23, 2026 to Nov 23, 2026",
        "Jan 1, 2026 to Nov 22, 2026",
    ]
