"""The page of somebody's consents, agreements and documents: who may read it, what it says."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from programs.models import Channel, ConsentPurpose, Participant, Program
from tests.build import a_participant, a_program, an_enrollment, moment
from tests.build_episodes import a_consent, a_document, a_release, an_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(program: Program) -> Participant:
    person = a_participant(email="ada@mail.example", phone="+14025550123")
    an_enrollment(program, person)
    return person


def address(program: Program, person: Participant, name: str = "agreements", *more) -> str:
    return reverse(f"agreements:{name}", args=[program.public_id, person.public_id, *more])


def page(client_of, user, program, person) -> str:
    return client_of(user).get(address(program, person)).content.decode()


@pytest.mark.parametrize("role", ["administrator", "clinician", "director"])
def test_who_reads_it_leaves_a_trace(role, request, program, person, client_of):
    user = request.getfixturevalue(role)
    response = client_of(user).get(address(program, person))
    assert response.status_code == 200
    assert b"How they may be reached" in response.content
    line = AuditEvent.objects.get(verb="participant.read")
    assert (line.by, line.participant_id, line.detail) == (
        user,
        person.public_id,
        {"page": "agreements"},
    )


EVERY_PAGE = (
    *("agreements", "give", "withdraw", "new_program", "new_telehealth", "new_release"),
    *("new_document", "revoke", "document", "withdraw_document"),
)


def every_address(program: Program, person: Participant) -> list[str]:
    ids = {
        "revoke": an_agreement(person).public_id,
        "document": a_document(person).public_id,
        "withdraw_document": a_document(person).public_id,
    }
    return [
        address(program, person, name, *([ids[name]] if name in ids else [])) + "?channel=sms"
        for name in EVERY_PAGE
    ]


@pytest.mark.parametrize("role", ["facilitator", "billing"])
def test_the_role_is_asked_for_everywhere(role, request, program, person, client_of):
    client = client_of(request.getfixturevalue(role))
    assert {client.get(each).status_code for each in every_address(program, person)} == {403}


def test_a_stranger_finds_nothing(program, person, stranger, client_of):
    client = client_of(stranger)
    assert {client.get(each).status_code for each in every_address(program, person)} == {404}


def test_a_clinician_reads_and_changes_nothing(program, person, clinician, client_of):
    client = client_of(clinician)
    statuses = [client.get(each).status_code for each in every_address(program, person)]
    # The document's bytes are nowhere, so its page says that it cannot be opened.
    assert statuses == [200, *[403] * 7, 404, 403]
    words = page(client_of, clinician, program, person)
    assert "consents/" not in words
    assert "/new/" not in words
    assert "Revoke" not in words
    assert "Take off" not in words


def test_what_belongs_to_another_person_or_program_is_not_found(
    program, person, director, client_of
):
    other = an_enrollment(program).participant
    elsewhere = an_enrollment(a_program()).participant
    client = client_of(director)
    for document in (a_document(other), a_document(elsewhere)):
        for name in ("document", "withdraw_document"):
            url = address(program, person, name, document.public_id)
            assert client.get(url).status_code == 404
    release = a_release(other)
    assert client.get(address(program, person, "revoke", release.public_id)).status_code == 404
    assert client.get(address(program, elsewhere)).status_code == 404
    unknown = address(program, person, "document", uuid.uuid4())
    assert client.get(unknown).status_code == 404


def test_an_empty_page_says_what_to_do(program, person, director, client_of):
    words = page(client_of, director, program, person)
    assert words.count("Never asked") == len(Channel) * len(ConsentPurpose)
    assert "Still missing:" in words
    assert "Program agreement · Reminder consent not asked" in words
    assert "No agreement is in force." in words
    assert "No document yet." in words
    assert "Nolan" not in words.partition("</title>")[0]


def test_it_tells_how_each_consent_stands(program, person, director, client_of):
    a_consent(
        person,
        taken_by=director,
        taken_how="phone",
        given_at=moment("2026-11-02", "23:30"),
        withdrawn_at=moment("2026-11-03", "10:00"),
        withdrawn_how="reply",
    )
    a_consent(person, taken_by=director, taken_how="signed", given_at=moment("2026-11-04", "09:00"))
    words = page(client_of, director, program, person)
    assert "Signed on paper · Nov 4, 2026 · Dina Osei" in words
    assert "By phone · Nov 2, 2026 · Dina Osei" in words
    assert "By reply to a message · Nov 3, 2026" in words
    assert words.count("In force") == 1


def test_without_an_address_nothing_can_be_given(program, person, director, client_of):
    Participant.objects.filter(pk=person.pk).update(phone="", email="")
    words = page(client_of, director, program, person)
    assert "There is no email on record." in words
    assert "There is no phone on record." in words
    assert reverse("profile:profile", args=[program.public_id, person.public_id]) in words
    assert "consents/give" not in words


def test_agreements_in_force_come_first_with_word_and_icon(program, person, director, client_of):
    a_release(person, recipient="Old County", given_on="2025-01-01", expires_on="2025-12-31")
    a_release(person, recipient="Took Back", revoked_at=timezone.now(), revoked_how="phone")
    a_release(person, recipient="Now Probation", expires_on="2099-01-01")
    words = page(client_of, director, program, person)
    order = [words.index(each) for each in ("Now Probation", "Not in force", "Took Back", "Old C")]
    assert order == sorted(order)
    assert words.index("Revoked") < words.index("Expired")
    assert words.count(">Revoke<") == 1


def test_a_paper_taken_off_is_told_and_not_linked(program, person, director, client_of):
    gone = a_document(person, name="Wrong scan", withdrawn_at=timezone.now())
    an_agreement(person, document=gone)
    words = page(client_of, director, program, person)
    assert "Its document was taken off the record." in words
    assert "1 taken off the record" in words
    assert address(program, person, "document", gone.public_id) not in words


def test_a_duplicates_papers_stand_on_the_kept_page(program, person, director, client_of):
    duplicate = a_participant(merged_into=person, merged_at=timezone.now())
    a_release(duplicate, recipient="Known There")
    a_document(duplicate, name="Card of the duplicate")
    words = page(client_of, director, program, person)
    assert "Known There" in words
    assert "Card of the duplicate" in words


def things(person: Participant, count: int) -> None:
    for number in range(count):
        a_consent(person, withdrawn_at=timezone.now(), withdrawn_how="phone")
        day = f"2026-{count + 7:02}-0{number + 1}"
        an_agreement(person, given_on=day, document=a_document(person))


def test_as_many_statements_for_one_as_for_three(program, person, director, client_of):
    client, asked = client_of(director), []
    for count in (1, 3):
        things(person, count)
        client.get(address(program, person))
        with CaptureQueriesContext(connection) as statements:
            client.get(address(program, person))
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 16


def test_in_spanish_the_page_stands(program, person, director, client_of):
    client = client_of(director)
    client.cookies["django_language"] = "es"
    assert client.get(address(program, person)).status_code == 200
