"""The list of what left and one person's page: who may, what they say, what they cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from programs.models import Disclosure, Participant, Program
from tests import build
from tests.build_trust import a_disclosure
from tests.programs.record_pages import read

pytestmark = pytest.mark.django_db
PAYER: dict[str, Any] = {
    "recipient": "payer",
    "recipient_name": "Plains Health",
    "basis": "consent",
}
URGENT: dict[str, Any] = {
    "recipient": "provider",
    "recipient_name": "Dr. Hale",
    "basis": "emergency",
    "emergency": "Unconscious after a fall",
    "affiliation": "St. Anne Hospital",
}


@pytest.fixture
def person(program):
    person = build.a_participant(first_name="Amara", last_name="Okoye")
    build.an_enrollment(program, person, admitted_on="2020-01-01")
    return person


def left(program: Program, *people: Participant, days: int = 1, **fields: Any) -> Disclosure:
    at = timezone.now() - timedelta(days=days)
    taken = {"stated_at": at, "taken_at": at, "sha256": "0" * 64}
    return a_disclosure(program, *people, **taken, **fields)


def url(program) -> str:
    return f"/disclosures/{program.public_id}/"


def url_of(program, person) -> str:
    return f"{url(program)}person/{person.public_id}/"


def test_the_list_says_what_left_emergencies_first(client_of, director, program, person) -> None:
    left(program, person, purpose="Claim of October", **PAYER)
    left(program, person, build.a_participant(), days=40, **URGENT)
    a_disclosure(program, person, purpose="Only stated")
    left(build.a_program(), person, purpose="Elsewhere")
    page = read(client_of(director), url(program))
    order = [page.index(said) for said in ("Dr. Hale", "Plains Health")]
    assert order == sorted(order)
    for said in ("1 disclosure", "Census, as CSV", "Amara Okoye", "2 people", "Claim of October"):
        assert said in page
    assert "Unconscious after a fall" in page
    assert "Only stated" not in page
    assert "Elsewhere" not in page
    assert AuditEvent.objects.filter(verb="disclosures.read").count() == 1


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", {"Payer", "Own", "Urgent"}),
        ("recipient=payer", {"Payer"}),
        ("basis=internal", {"Own"}),
        ("basis=emergency", {"Urgent"}),
        ("recipient=payer&basis=internal", set()),
        ("recipient=nonsense", {"Payer", "Own", "Urgent"}),
        ("first_on=2026-13-01", {"Payer", "Own", "Urgent"}),
        ("page=99", {"Payer", "Own", "Urgent"}),
    ],
)
def test_what_it_is_narrowed_to(client_of, director, program, person, asked, shown) -> None:
    left(program, person, purpose="Payer purpose", **PAYER)
    left(program, person, purpose="Own purpose")
    left(program, person, purpose="Urgent purpose", **URGENT)
    page = read(client_of(director), f"{url(program)}?{asked}")
    assert {each for each in ("Payer", "Own", "Urgent") if f"{each} purpose" in page} == shown


def test_days_are_the_programs(client_of, director, program, person) -> None:
    at = build.moment("2026-11-20", "23:30")
    a_disclosure(program, person, purpose="Late", stated_at=at, taken_at=at, sha256="0" * 64)
    client = client_of(director)
    for asked, is_there in (
        ("first_on=2026-11-20&last_on=2026-11-20", True),
        ("first_on=2026-11-21", False),
        ("last_on=2026-11-19", False),
    ):
        assert ("Late" in read(client, f"{url(program)}?{asked}")) is is_there


def test_a_page_holds_fifty(client_of, director, program, person) -> None:
    for number in range(51):
        left(program, person, purpose=f"Purpose {number:02}", days=number + 1)
    client = client_of(director)
    first = read(client, f"{url(program)}?basis=internal")
    assert "Purpose 49" in first
    assert "Purpose 50" not in first
    assert 'href="/disclosures/' in first
    assert "?basis=internal&amp;page=2" in first
    assert "Purpose 50" in read(client, f"{url(program)}?basis=internal&page=2")


def test_one_persons_page_folds_own_work_away(client_of, administrator, program, person) -> None:
    double = build.a_participant(merged_into=person, merged_at=timezone.now())
    left(program, person, purpose="Claim of October", **PAYER)
    left(program, double, purpose="Of the duplicate", **PAYER)
    left(program, person, purpose="For the team")
    left(program, build.a_participant(), purpose="Of another", **PAYER)
    page = read(client_of(administrator), url_of(program, person))
    assert "2 times it left" in page
    assert "Of the duplicate" in page
    assert "Of another" not in page
    folded = page.index("Stayed in the clinic: 1 file or print")
    assert page.index("Claim of October") < folded < page.index("For the team")
    event = AuditEvent.objects.get(verb="participant.read")
    assert event.detail == {"page": "disclosures"}


def test_nothing_left(client_of, director, program, person) -> None:
    client = client_of(director)
    assert "Nothing has left yet." in read(client, url(program))
    assert "Nothing about them has left the clinic." in read(client, url_of(program, person))


def test_who_may(
    client_of, director, administrator, clinician, facilitator, billing, stranger, program, person
) -> None:
    for address in (url(program), url_of(program, person)):
        for user, code in (
            (director, 200),
            (administrator, 200),
            (clinician, 403),
            (facilitator, 403),
            (billing, 403),
            (stranger, 404),
        ):
            assert client_of(user).get(address).status_code == code
    elsewhere = build.an_enrollment(build.a_program()).participant
    assert client_of(director).get(url_of(program, elsewhere)).status_code == 404


@pytest.mark.parametrize("of_person", [False, True])
def test_the_statements_do_not_grow(client_of, director, program, person, of_person) -> None:
    client, counts = client_of(director), []
    address = url_of(program, person) if of_person else url(program)
    for more in (1, 7):
        for _number in range(more):
            left(program, person, **PAYER)
            left(program, person, by=build.a_user(), **URGENT)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
