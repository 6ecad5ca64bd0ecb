"""The first call and the list of calls: who may, what they say, what they refuse in words."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from programs.models import Participant, Program, Referral, Role
from tests import build
from tests.build_episodes import a_referral

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def url(program: Program) -> str:
    return f"/referrals/{program.public_id}/"


def filled(**change: Any) -> dict[str, str]:
    return {
        "act": "keep",
        "proposed_id": str(uuid.uuid4()),
        "first_name": "Leila",
        "last_name": "Farah",
        "birth_date": "1990-03-09",
        "language": "es",
        "phone": "(402) 555-0142",
        "email": "",
        "chart_number": "C-9001",
        "source": "hospital",
        "source_name": "Ms. Dole, (402) 555-0100",
        "admission": "step_down",
        "came_from": "php",
        "wanted_on": "",
        "note": "Evenings only",
        **change,
    }


@pytest.mark.parametrize(
    ("role", "reads", "edits"),
    [
        (Role.ADMISSIONS, 200, 200),
        (Role.DIRECTOR, 200, 200),
        (Role.CLINICIAN, 200, 403),
        (Role.FACILITATOR, 403, 403),
        (Role.BILLING, 403, 403),
    ],
)
def test_who_may(
    client_of: ClientOf, program: Program, url: str, role: Role, reads: int, edits: int
) -> None:
    client, call = client_of(build.a_colleague(program, role)), a_referral(program)
    assert client.get(url).status_code == reads
    assert client.get(f"{url}new/").status_code == edits
    assert client.get(f"{url}{call.public_id}/decline/").status_code == edits
    moved = client.post(f"{url}{call.public_id}/move/", {"to": "waitlisted"})
    assert moved.status_code == (302 if edits == 200 else edits)
    assert ("New call" in client.get(url).content.decode()) is (edits == 200)


def test_other_programs_and_other_calls_are_not_found(
    client_of: ClientOf, stranger: User, administrator: User, url: str
) -> None:
    elsewhere = a_referral()
    for address in ("", "new/", f"{elsewhere.public_id}/decline/"):
        assert client_of(stranger).get(url + address).status_code == 404
        assert Client().get(url + address).status_code == 302
    client = client_of(administrator)
    assert client.get(f"{url}{elsewhere.public_id}/decline/").status_code == 404
    assert client.post(f"{url}{elsewhere.public_id}/move/", {"to": "waitlisted"}).status_code == 404
    assert Referral.objects.get().status == "referred"


def test_an_empty_list_says_what_to_do(client_of: ClientOf, administrator: User, url: str) -> None:
    page = client_of(administrator).get(url).content.decode()
    assert "<title>Calls and waiting list · Prairie Clinic</title>" in page
    assert "When somebody calls, keep it here." in page


@pytest.mark.parametrize(("act", "status"), [("keep", "referred"), ("wait", "waitlisted")])
def test_a_call_is_kept_and_shown(
    client_of: ClientOf, administrator: User, url: str, act: str, status: str
) -> None:
    client = client_of(administrator)
    page = client.post(f"{url}new/", filled(act=act), follow=True).content.decode()
    made = Referral.objects.get()
    assert (made.status, made.source_name) == (status, "Ms. Dole, (402) 555-0100")
    assert (made.participant.language, made.participant.phone.as_e164) == ("es", "+14025550142")
    for words in ("Leila Farah", "Hospital or emergency room: Ms. Dole", "Stepped down, from"):
        assert words in page
    assert ("waits since today" in page) is (status == "waitlisted")
    assert AuditEvent.objects.filter(verb="referrals.read", detail={"shown": 1}).exists()


def test_sent_twice_it_is_one_call(client_of: ClientOf, administrator: User, url: str) -> None:
    client, data = client_of(administrator), filled()
    for _ in range(2):
        assert client.post(f"{url}new/", data).status_code == 302
    assert Referral.objects.count() == Participant.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"first_name": ""}, "Enter a first name"),
        ({"first_name": "\x00"}, "Null characters are not allowed"),
        ({"birth_date": "2190-01-01"}, "Enter a birth date in the past"),
        ({"birth_date": "0001-01-01"}, "Enter a birth date in the past"),
        ({"birth_date": "soon"}, "Enter a real date"),
        ({"wanted_on": "9999-12-31"}, "Enter a date within a year of today"),
        ({"phone": "12"}, "Enter a phone number like"),
        ({"email": "x"}, "Enter an email like"),
        ({"chart_number": "C-7"}, "already exists"),
        ({"source": ""}, "Say who referred them"),
        ({"source": "\x00"}, "Select a valid choice"),
        ({"admission": "step_up"}, "Choose one of: Outpatient care"),
        ({"admission": "direct"}, "comes from no other care"),
        ({"note": "x" * 2001}, "at most 2000"),
        ({"proposed_id": "x"}, "Enter a valid UUID"),
    ],
)
def test_every_refusal_is_in_words_and_keeps_what_was_typed(
    client_of: ClientOf, administrator: User, url: str, change: dict[str, str], words: str
) -> None:
    build.a_participant(chart_number="C-7")
    page = client_of(administrator).post(f"{url}new/", filled(**change)).content.decode()
    assert words in page
    assert "<title>Error: New call" in page
    assert 'value="Farah"' in page
    assert not Referral.objects.exists()


def test_somebody_on_record_is_found_and_referred(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    person = build.a_participant(first_name="Zoë", last_name="Muñoz")
    build.an_enrollment(program, person, discharged_on="2026-11-03", discharge_reason="completed")
    client = client_of(administrator)
    assert "Zoë Muñoz" in client.post(f"{url}new/", {"act": "find", "q": "munoz"}).content.decode()
    chosen = client.post(f"{url}new/", {"participant": str(person.public_id)}).content.decode()
    assert "First name" not in chosen
    client.post(f"{url}new/", filled(participant=str(person.public_id)))
    assert Referral.objects.get().participant == person
    for forged in (build.a_participant().public_id, uuid.uuid4(), "x", "\x00"):
        answer = client.post(f"{url}new/", filled(participant=str(forged)))
        assert answer.status_code == 404


def test_the_line_is_in_order_and_says_how_long(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    for name, days in (("Second", 3), ("First", 12)):
        person = build.a_participant(first_name=name, last_name="Waits")
        since = timezone.now() - timedelta(days=days)
        a_referral(program, person, status="waitlisted", waitlisted_at=since)
    page = client_of(administrator).get(url).content.decode()
    assert page.index("First Waits") < page.index("Second Waits")
    assert "waits 12 days, since" in page


def test_steps_are_taken_from_the_list(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    call, client = a_referral(program), client_of(administrator)
    here = f"{url}{call.public_id}/"
    page = client.post(f"{here}move/", {"to": "waitlisted"}, follow=True).content.decode()
    assert "Done: On the waiting list." in page
    assert "Take off the waiting list" in page
    asked = client.post(f"{here}decline/", {"reason": ""}).content.decode()
    assert "Choose a reason" in asked
    page = client.post(f"{here}decline/", {"reason": "coverage"}, follow=True).content.decode()
    assert "No coverage" in page
    assert "Reopen" in page
    page = client.post(f"{here}move/", {"to": "scheduled"}, follow=True).content.decode()
    assert "“Declined” cannot become “Scheduled”." in page
    client.post(f"{here}move/", {"to": "referred"})
    assert [each.to for each in call.steps.all()] == ["waitlisted", "declined", "referred"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(
    client_of: ClientOf, administrator: User, program: Program, url: str, count: int
) -> None:
    for _ in range(count):
        a_referral(program)
        a_referral(program, status="waitlisted")
        enrollment = build.an_enrollment(program)
        a_referral(program, enrollment.participant, status="enrolled", enrollment=enrollment)
    client = client_of(administrator)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    assert len(queries) <= 14
