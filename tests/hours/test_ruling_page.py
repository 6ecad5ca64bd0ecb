"""The page of rules: who reads it, which rule is on top, what each says, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from hours.ruling.applies import applies
from hours.ruling.words import lines_of
from programs.models import Program
from programs.weeks import local_date
from tests import build
from tests.build_hours import a_week_close, an_alert_rule
from tests.build_records import a_record_rule
from tests.hours.ruling import a_draft, words_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def url(program: Program) -> str:
    return f"/rules/{program.public_id}/"


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("director", 200, 200),
        ("clinician", 200, 403),
        ("administrator", 200, 403),
        ("billing", 200, 403),
        ("facilitator", 403, 403),
        ("stranger", 404, 404),
    ],
)
def test_who_may(
    request: pytest.FixtureRequest,
    client_of: ClientOf,
    program: Program,
    url: str,
    today: date,
    who: str,
    reads: int,
    writes: int,
) -> None:
    later = today + timedelta(days=30)
    rule = build.a_rule(program, effective_from=later)
    alert_rule = an_alert_rule(program, effective_from=later)
    client = client_of(request.getfixturevalue(who))
    assert client.get(url).status_code == reads
    for path in ("new/", "try/", f"{rule.public_id}/", "alerts/new/",
                 f"alerts/{alert_rule.public_id}/"):  # fmt: skip
        assert client.get(url + path).status_code == writes, path
        assert client.post(url + path).status_code == writes, path
    for path in (f"{rule.public_id}/verify/", f"{rule.public_id}/delete/",
                 f"alerts/{alert_rule.public_id}/delete/"):  # fmt: skip
        assert client.get(url + path).status_code == 405 if writes == 200 else writes
        assert client.post(url + path).status_code == (302 if writes == 200 else writes), path


def test_who_only_reads_finds_no_button(
    client_of: ClientOf, clinician: User, program: Program, url: str, today: date
) -> None:
    build.a_rule(program, effective_from=today + timedelta(days=30))
    an_alert_rule(program, effective_from=today + timedelta(days=30))
    page = words_of(client_of(clinician), url)
    assert "Example rule 1.2" in page
    for words in ("New rule", "Try a rule", "I have checked", "Delete", "New alert rule",
                  "Change it in the settings"):  # fmt: skip
        assert words not in page, words


def test_a_rule_in_words(
    client_of: ClientOf, director: User, clinician: User, program: Program, url: str
) -> None:
    rule = build.a_rule(
        program,
        effective_from="2026-01-05",
        counts=["process", "skills"],
        max_gap_days=4,
        closures="count",
        count="clinical_hours",
        verified_by=clinician,
        verified_on=date(2026, 2, 3),
    )
    for number in range(3):
        week_on = date(2026, 2, 2) + timedelta(weeks=number)
        a_week_close(program, rule, week_on=week_on)
    page = words_of(client_of(director), url)
    for words in (
        "In force",
        "<dt>Hours a week, at least</dt><dd>9 h</dd>",
        "<dt>Hours a week, at most</dt><dd>19 h</dd>",
        "<dt>Days a week, at least</dt><dd>3 days of at least 1 h</dd>",
        "Clinical hours of 50 minutes",
        "<dt>First and last weeks</dt><dd>not held to the least hours</dd>",
        "<dt>Weeks with a closure</dt><dd>held to them</dd>",
        "Process and Skills",
        "at most 4 days",
        "Example rule 1.2",
        "from the week of Jan 5, 2026 on",
        "<dd>3 weeks</dd>",
        "by Cleo Ortiz, LCSW on Feb 3, 2026",
        "A week is judged by the rule in effect on its first day.",
    ):
        assert words in page, words


def test_the_one_in_effect_is_on_top(
    client_of: ClientOf, director: User, program: Program, url: str, today: date
) -> None:
    build.a_rule(program, effective_from="2020-01-06", citation="The first")
    build.a_rule(program, effective_from="2026-01-05", citation="The second")
    build.a_rule(program, effective_from=today + timedelta(days=30), citation="The third")
    build.a_rule(program, effective_from=today + timedelta(days=60), citation="The fourth")
    page = words_of(client_of(director), url)
    places = [page.index(f"The {which}<") for which in ("second", "third", "fourth", "first")]
    assert places == sorted(places)
    assert page.index("1 rule before") < places[-1]
    assert page.count("Still to come") == 2


def test_a_rule_that_begins_within_a_week_says_what_it_judges(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    build.a_rule(program, effective_from="2098-01-08")
    page = words_of(client_of(director), url)
    assert "It judges from the week of Jan 13, 2098" in page


def test_a_rule_without_a_citation_cannot_be_checked(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    build.a_rule(program, citation="")
    page = words_of(client_of(director), url)
    assert "none named" in page
    assert "I have checked this" not in page


def test_nothing_yet(client_of: ClientOf, director: User, program: Program, url: str) -> None:
    page = words_of(client_of(director), url)
    assert "No rule of weekly hours yet." in page
    assert "Add the first rule" in page
    assert "No alert rule yet." in page
    for words in ("after 24 hours", "2 days after it is over", "at 3 units left",
                  "7 days before", "3 days before", "14 days before",
                  "Who comes 5 minutes after the start is not late yet"):  # fmt: skip
        assert words in page, words


def test_alert_rules_and_grace(
    client_of: ClientOf, director: User, program: Program, url: str, today: date
) -> None:
    an_alert_rule(program, unrecorded_hours=1, close_days=0, units_left=1, review_days=0)
    an_alert_rule(program, effective_from=today + timedelta(days=9), citation="To come")
    a_record_rule(program, effective_from=today, grace_minutes=0)
    page = words_of(client_of(director), url)
    for words in ("after 1 hour<", "as soon as it is over", "at 1 unit left", "on the day itself",
                  "Example rule 7.8", "To come", "Nobody has any",
                  "Change it in the settings"):  # fmt: skip
        assert words in page, words
    assert "No alert rule yet." not in page


def test_markup_stays_text(client_of: ClientOf, director: User, program: Program, url: str) -> None:
    build.a_rule(program, citation="<b>x</b>")
    assert "&lt;b&gt;x&lt;/b&gt;" in words_of(client_of(director), url)


@pytest.mark.parametrize(
    ("begins", "next_begins", "first", "last"),
    [
        ("2026-11-23", None, "2026-11-23", None),
        ("2026-11-24", None, "2026-11-30", None),
        ("2026-11-29", None, "2026-11-30", None),
        ("2026-11-23", "2026-11-30", "2026-11-23", "2026-11-23"),
        ("2026-11-23", "2026-12-01", "2026-11-23", "2026-11-30"),
        ("2026-11-22", "2026-11-23", "2026-11-23", "2026-11-16"),
        ("2026-11-24", "2026-11-30", "2026-11-30", "2026-11-23"),
    ],
)
def test_which_weeks_a_rule_judges(
    program: Program, begins: str, next_begins: str | None, first: str, last: str | None
) -> None:
    following = date.fromisoformat(next_begins) if next_begins else None
    found = applies(program, date.fromisoformat(begins), following)
    assert found.first.first_on.isoformat() == first
    assert (found.last.first_on.isoformat() if found.last else None) == last
    assert found.judges_none is bool(last and last < first)


def test_what_a_rule_without_limits_says(program: Program) -> None:
    rule = a_draft(program, build.MONDAY, max_minutes_per_week=7 * 24 * 60, min_days_per_week=0)
    said = {line.label: line.words for line in lines_of(rule)}
    assert said["Hours a week, at most"] == "no limit"
    assert said["Days a week, at least"].startswith("not asked for")
    assert said["Kinds of group that count"] == "all of them"
    assert said["Days in a row without attendance"] == "not asked for"


def test_its_queries_do_not_grow(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    client, costs = client_of(director), []
    for number in range(1, 4):
        user = build.a_user()
        rule = build.a_rule(program, effective_from=date(2026, number, 1), verified_by=user,
                            verified_on=build.MONDAY)  # fmt: skip
        a_week_close(program, rule, week_on=date(2026, number, 2))
        an_alert_rule(program, effective_from=date(2026, number, 1))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        costs.append(len(queries))
    assert len(set(costs)) == 1, costs
