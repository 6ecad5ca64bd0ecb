"""The preview of a rule: its sentence, its counts, its picture, whose weeks, and its statements."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from hours.ruling.picture import HEIGHT, bars_of
from hours.ruling.preview import sentence
from hours.ruling.simulation import Compared, Judged, Simulation
from hours.verdicts import Verdict
from programs.models import Program
from programs.weeks import Week, local_date
from tests import build
from tests.build import CHICAGO
from tests.hours.ruling import filled, words_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def url(program: Program) -> str:
    return f"/rules/{program.public_id}/new/"


@pytest.fixture
def office(client_of: ClientOf, director: User) -> Client:
    return client_of(director)


@pytest.fixture
def last_week(program: Program) -> Week:
    return program.week_of(local_date(timezone.now(), program.zone)).moved(-1)


@pytest.fixture
def next_week(last_week: Week) -> date:
    return last_week.moved(2).first_on


@pytest.fixture
def lasting(program: Program, last_week: Week) -> Program:
    """Six hours on two days last week, under a rule that asks for just that."""
    build.a_rule(program, effective_from="2020-01-06", min_minutes_per_week=360,
                 min_days_per_week=2)  # fmt: skip
    group = build.a_group(program)
    sessions = [build.a_session(group, day) for day in last_week.dates[:2]]
    for first, last in (("Amara", "Okoye"), ("Bruno", "Vega")):
        enrollment = build.an_enrollment(
            program,
            build.a_participant(first_name=first, last_name=last),
            admitted_on=last_week.first_on,
        )
        build.a_membership(group, enrollment)
        for session in sessions:
            build.a_record(session, enrollment.participant, "09:00-12:00")
    return program


def test_it_says_what_would_have_been_different(
    office: Client, lasting: Program, url: str, next_week: date, last_week: Week
) -> None:
    page = words_of(office, url, filled(next_week))
    assert "Under this rule, the last quarter would have had 2 more weeks not met." in page
    assert "2 instead of 0 of 2 weeks" in page
    assert "2 weeks judged differently" in page
    assert re.search(
        r'<th scope="row">Not met</th><td [^>]+>0</td><td [^>]+>2</td><td [^>]+>\+2<', page
    )
    assert re.search(r'<th scope="row">Too few days</th><td [^>]+>0</td><td [^>]+>2</td>', page)
    assert f"?week={last_week.first_on}" in page
    assert page.count("<rect ") >= 26
    assert "Weeks not met, week by week: 0 as judged, 2 under this rule." in page
    assert "Amara" not in page


def test_whose_weeks_are_shown_on_request(
    office: Client, director: User, lasting: Program, url: str, next_week: date
) -> None:
    page = words_of(office, url, filled(next_week, step="people"))
    assert page.index("Amara O.") < page.index("Bruno V.")
    assert "Okoye" not in page
    assert "6 h of 6 h" in page
    assert "6 h of 9 h" in page
    assert "too few days" in page
    line = AuditEvent.objects.get(verb="hours_rule.people_shown")
    assert (line.by, line.program_id, line.detail["people"]) == (director, lasting.public_id, 2)
    assert not lasting.rules.filter(effective_from=next_week).exists()


def test_the_same_rule_changes_nothing(
    office: Client, lasting: Program, url: str, next_week: date
) -> None:
    sent = filled(next_week, min_minutes_per_week="6", min_days_per_week="2", step="people")
    page = words_of(office, url, sent)
    assert "would have had as many weeks not met." in page
    assert "Nobody’s weeks would be judged differently." in page
    assert "Show whose weeks" not in page


def test_its_statements_do_not_grow(
    office: Client, lasting: Program, url: str, next_week: date, last_week: Week
) -> None:
    costs = []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            words_of(office, url, filled(next_week, step="people"))
        costs.append(len(queries))
        for back in range(number * 4, number * 4 + 4):
            enrollment = build.an_enrollment(
                lasting, admitted_on=last_week.moved(-back - 1).first_on
            )
            build.a_membership(lasting.groups.get(), enrollment)
    assert len(set(costs)) == 1, costs


def judged(verdict: Verdict) -> Judged:
    return Judged(verdict, False, False, 0, 540)


def simulation(weeks: int, *pairs: tuple[Verdict, Verdict]) -> Simulation:
    first = Week(date(2026, 1, 5), CHICAGO)
    enrollment = build.an_enrollment()
    return Simulation(
        tuple(first.moved(number) for number in range(weeks)),
        tuple(
            Compared(first, enrollment.public_id, judged(before), judged(after))
            for before, after in pairs
        ),
    )


MET, NOT = Verdict.MET, Verdict.NOT_MET


@pytest.mark.parametrize(
    ("weeks", "pairs", "words"),
    [
        (13, [(MET, NOT)] * 14, "the last quarter would have had 14 more weeks not met."),
        (13, [(MET, NOT)], "the last quarter would have had 1 more week not met."),
        (13, [(NOT, MET)], "the last quarter would have had 1 week fewer not met."),
        (13, [(NOT, MET)] * 3, "the last quarter would have had 3 weeks fewer not met."),
        (13, [(NOT, MET), (MET, NOT)], "the last quarter would have had as many weeks not met."),
        (1, [(MET, NOT)], "the last week would have had 1 more week not met."),
        (5, [(MET, NOT)], "the last 5 weeks would have had 1 more week not met."),
        (5, [], ""),
    ],
)
def test_the_sentence(weeks: int, pairs: list[tuple[Verdict, Verdict]], words: str) -> None:
    said = sentence(simulation(weeks, *pairs))
    assert said == (f"Under this rule, {words}" if words else "")


def test_the_bars_share_one_scale_and_one_floor() -> None:
    bars = bars_of([(0, 4), (2, 1)])
    assert [bar.height for bar in bars] == [0, HEIGHT, HEIGHT // 2, HEIGHT // 4]
    assert {bar.y + bar.height for bar in bars} == {HEIGHT}
    assert [bar.x for bar in bars] == ["7.00%", "26.00%", "57.00%", "76.00%"]
    assert bars_of([]) == ()
    assert {bar.height for bar in bars_of([(0, 0)])} == {0}


def test_a_week_before_the_rule_is_not_in_the_span(
    office: Client, program: Program, url: str, next_week: date, last_week: Week
) -> None:
    build.a_rule(program, effective_from=last_week.first_on - timedelta(days=1))
    build.an_enrollment(program, admitted_on=last_week.first_on - timedelta(days=60))
    page = words_of(office, url, filled(next_week))
    assert "Under this rule, the last week would have had" in page
