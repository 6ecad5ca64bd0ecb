"""The list of people: who sees whom, how a name is found, what stays out of the address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from groups.models import GroupSession
from programs.models import Enrollment, Participant, Program, Role
from programs.weeks import local_date
from tests import build

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def url(program: Program) -> str:
    build.a_rule(program, effective_from="2020-01-01")
    return f"/people/{program.public_id}/"


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


def someone(program: Program, **fields: str) -> Enrollment:
    return build.an_enrollment(program, build.a_participant(**fields), admitted_on="2020-01-01")


def text(client: Client, url: str, q: str | None = None) -> str:
    answer = client.get(url) if q is None else client.post(url, {"q": q})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_census_with_this_weeks_standing(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    someone(program, first_name="Amara", last_name="Okoye", chart_number="C-77")
    gone = someone(program, first_name="Bruno", last_name="Vega")
    gone.discharged_on, gone.discharge_reason = date(2020, 5, 1), "completed"
    gone.save()
    page = text(client_of(director), url)
    assert "<title>People · Prairie Clinic</title>" in page
    assert "1 person enrolled" in page
    assert "Amara O." in page
    assert "Okoye" not in page
    assert "C-77" in page
    assert "Unreachable" in page
    assert "Attended 0\N{NO-BREAK SPACE}h" in page
    assert "Bruno" not in page


def test_worst_first_or_by_name(
    client_of: ClientOf, director: User, program: Program, url: str, today: date
) -> None:
    someone(program, first_name="Zoe", last_name="Bad")
    build.an_enrollment(
        program, build.a_participant(first_name="Ann", last_name="New"), admitted_on=today
    )
    week = program.week_of(today)
    client = client_of(director)
    worst = text(client, url)
    assert (worst.index("Zoe B.") < worst.index("Ann N.")) or week.first_on == today
    by_name = text(client, f"{url}?order=name")
    assert by_name.index("Ann N.") < by_name.index("Zoe B.")


@pytest.mark.parametrize(
    "q",
    [
        "jose",
        "JOSÉ",
        "munoz",
        "uño",
        "muñoz jo",
        "pepe",
        "obrien",
        "O’Brien",
        "c-77",
        "7",
        "1990-03-09",
        "03/09/1990",
    ],
)
def test_a_part_of_a_name_a_number_or_a_birth_date_finds(
    client_of: ClientOf, director: User, program: Program, url: str, q: str
) -> None:
    someone(
        program,
        first_name="José",
        last_name="Muñoz O'Brien",
        preferred_name="Pepe",
        chart_number="C-77",
        birth_date="1990-03-09",
    )
    someone(program, first_name="Xu", last_name="Li", chart_number="X")
    page = text(client_of(director), url, q)
    assert "1 person found" in page
    assert "Pepe M." in page
    assert "Xu L." not in page


@pytest.mark.parametrize("q", ["nobody", "%", "_", "'", "1990-13-45", "x" * 100])
def test_what_finds_nobody_says_so(
    client_of: ClientOf, director: User, program: Program, url: str, q: str
) -> None:
    someone(program)
    assert "Nobody found." in text(client_of(director), url, q)


def test_what_cannot_be_searched_for_shows_everybody(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    someone(program, first_name="Amara", last_name="Okoye")
    for q in ("", "  ", "\x00", "x" * 101):
        assert "1 person enrolled" in text(client_of(director), url, q)


def test_a_search_leaves_its_count_and_nothing_else(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    someone(program, first_name="Amara")
    client = client_of(director)
    text(client, url)
    searches = AuditEvent.objects.filter(verb="participants.searched")
    assert not searches.exists()
    text(client, url, "amara")
    event = searches.get()
    assert event.by == director
    assert (event.program_id, event.participant_id) == (program.public_id, None)
    assert event.detail == {"found": 1}


def test_a_name_is_only_searched_for_by_post(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    someone(program, first_name="Amara", last_name="Okoye")
    someone(program, first_name="Bruno", last_name="Vega")
    assert "2 people enrolled" in text(client_of(director), f"{url}?q=amara")


def test_somebody_discharged_is_found_with_the_date(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    gone = someone(program, first_name="Bruno", last_name="Vega")
    gone.discharged_on, gone.discharge_reason = date(2020, 5, 1), "completed"
    gone.save()
    assert "Discharged May 1, 2020" in text(client_of(director), url, "bruno")


@pytest.mark.parametrize("role", [Role.BILLING])
def test_names_only_finds_by_names_only(
    client_of: ClientOf, program: Program, url: str, role: Role
) -> None:
    someone(program, first_name="Amara", last_name="Okoye", chart_number="C-77")
    client = client_of(build.a_colleague(program, role))
    assert "C-77" not in text(client, url)
    assert "Amara O." in text(client, url, "amara")
    assert "Nobody found." in text(client, url, "C-77")
    assert "Enroll someone" not in text(client, url)


def own_session(program: Program, facilitator: User, day: date) -> GroupSession:
    return build.a_session(build.a_group(program), day, facilitators=[facilitator])


def test_a_facilitator_sees_the_people_of_their_own_sessions(
    client_of: ClientOf, facilitator: User, program: Program, url: str, today: date
) -> None:
    led = own_session(program, facilitator, today - timedelta(days=14))
    long_ago = own_session(program, facilitator, today - timedelta(days=60))
    by_another = build.a_session(build.a_group(program), today - timedelta(days=7))
    for session, name in ((led, "Mine"), (long_ago, "Once"), (by_another, "Other")):
        build.a_membership(session.group, someone(program, first_name=name))
    guest, walked_in = someone(program, first_name="Guest"), someone(program, first_name="Walkin")
    build.a_make_up_seat(led, guest)
    build.a_record(led, walked_in.participant, "09:00-10:00")
    client = client_of(facilitator)
    for page in (text(client, url), text(client, url, "n")):
        assert "Other" not in page
        assert "Once" not in page
    page = text(client, url)
    assert all(name in page for name in ("Mine", "Guest", "Walkin", "Your people."))


def test_who_left_the_group_before_the_session_is_not_theirs(
    client_of: ClientOf, facilitator: User, program: Program, url: str, today: date
) -> None:
    led = own_session(program, facilitator, today - timedelta(days=7))
    build.a_membership(
        led.group, someone(program, first_name="Left"), last_on=today - timedelta(days=8)
    )
    assert "Left" not in text(client_of(facilitator), url)


def test_who_may_not(client_of: ClientOf, stranger: User, program: Program, url: str) -> None:
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(stranger).post(url, {"q": "a"}).status_code == 404
    assert Client().get(url).status_code == 302
    assert client_of(build.a_colleague(program, Role.DIRECTOR)).put(url).status_code == 405


def test_people_of_another_program_are_not_found(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    build.an_enrollment(participant=build.a_participant(first_name="Amara"))
    assert "Nobody found." in text(client_of(director), url, "amara")


def test_without_a_rule_there_are_names(
    client_of: ClientOf, director: User, program: Program
) -> None:
    someone(program, first_name="Amara", last_name="Okoye")
    page = text(client_of(director), f"/people/{program.public_id}/")
    assert "No rule covers this week." in page
    assert "Amara O." in page


@pytest.mark.parametrize("people", [1, 30])
def test_the_queries_do_not_grow(
    client_of: ClientOf, director: User, program: Program, url: str, people: int
) -> None:
    for _ in range(people):
        someone(program)
    client = client_of(director)
    with CaptureQueriesContext(connection) as queries:
        text(client, url)
    assert len(queries) <= 12
    with CaptureQueriesContext(connection) as queries:
        text(client, url, "ada")
    assert len(queries) <= 14


def test_a_search_that_cannot_be_noted_shows_nobody(
    client_of: ClientOf, director: User, program: Program, url: str, audit_fails: None
) -> None:
    someone(program, first_name="Amara")
    client = client_of(director)
    client.raise_request_exception = False
    assert client.post(url, {"q": "amara"}).status_code == 500


def test_named_like_is_one_home_for_both_sides() -> None:
    build.a_participant(first_name="Łukasz", last_name="D'Angelo")
    assert Participant.objects.named_like("łuk d’angelo").count() == 1
    assert Participant.objects.named_like("luka").count() == 0
