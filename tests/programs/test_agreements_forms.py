"""The forms of consents and agreements: what is kept, what is refused in which words."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from programs.models import (
    Agreement,
    ConsentPurpose,
    ContactConsent,
    Document,
    Participant,
    Program,
)
from programs.weeks import local_date
from tests.build import NOW, a_participant, an_enrollment
from tests.build_episodes import a_consent, a_document, a_release, an_agreement
from tests.programs.papers import PDF, a_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    return settings.DOCUMENTS_ROOT


@pytest.fixture
def person(program: Program) -> Participant:
    person = a_participant(email="ada@mail.example", phone="+14025550123")
    an_enrollment(program, person)
    return person


@pytest.fixture
def desk(administrator, client_of) -> Client:
    return client_of(administrator)


def url(program: Program, person: Participant, name: str, *more: uuid.UUID, ask: str = "") -> str:
    return reverse(f"agreements:{name}", args=[program.public_id, person.public_id, *more]) + ask


def told(client: Client, address: str, fields: dict[str, Any]) -> str:
    """Post the form, which is refused, and return the page."""
    response = client.post(address, fields)
    assert response.status_code == 200
    words = response.content.decode()
    assert "Error:" in words.partition("</title>")[0]
    assert "There is a problem" in words
    return words


# --- consents ---------------------------------------------------------------------------------


def test_the_desk_gives_two_purposes_at_once(program, person, desk, administrator):
    address = url(program, person, "give", ask="?channel=sms&purpose=reminders")
    page = desk.get(address).content.decode()
    assert "They agree to be reached: Text message" in page
    assert page.count("checked") == 1
    response = desk.post(address, {"purposes": ["reminders", "follow_up"], "how": "in_person"})
    assert response.url == url(program, person, "agreements")
    given = ContactConsent.objects.order_by("purpose")
    assert [each.purpose for each in given] == ["follow_up", "reminders"]
    assert {(each.taken_by, each.taken_how) for each in given} == {(administrator, "in_person")}
    assert AuditEvent.objects.filter(verb="consent.given").count() == 2


def test_giving_asks_what_for_and_how(program, person, desk):
    address = url(program, person, "give", ask="?channel=email")
    words = told(desk, address, {"purposes": ["everything"]})
    assert "Choose among the purposes listed" in words
    assert "Choose how" in words
    words = told(desk, address, {"how": "imported"})
    assert "Choose at least one purpose" in words
    assert "Choose one of the ways listed" in words
    assert not ContactConsent.objects.exists()


def test_what_somebody_else_gave_meanwhile_is_no_mistake(program, person, desk):
    a_consent(person)
    address = url(program, person, "give", ask="?channel=email")
    assert desk.post(address, {"purposes": ["reminders"], "how": "phone"}).status_code == 302
    assert ContactConsent.objects.count() == 1


def test_without_an_address_the_way_to_the_profile_is_shown(program, desk):
    person = an_enrollment(program, a_participant()).participant
    address = url(program, person, "give", ask="?channel=sms&purpose=reminders")
    for response in (desk.get(address), desk.post(address, {"purposes": ["reminders"]})):
        words = response.content.decode()
        assert "nothing on record to reach them" in words
        assert reverse("profile:profile", args=[program.public_id, person.public_id]) in words
    assert not ContactConsent.objects.exists()


def test_the_desk_withdraws(program, person, desk, administrator):
    a_consent(person)
    a_consent(person, purpose="outreach")
    address = url(program, person, "withdraw", ask="?channel=email&purpose=outreach")
    assert "It takes effect at once" in desk.get(address).content.decode()
    told(desk, address, {"purposes": ["outreach"]})
    desk.post(address, {"purposes": ["outreach"], "how": "reply"})
    withdrawn = ContactConsent.objects.get(withdrawn_at__isnull=False)
    assert (withdrawn.purpose, withdrawn.withdrawn_how) == ("outreach", "reply")
    assert withdrawn.withdrawn_by == administrator


def test_where_nothing_is_open_any_more_it_says_so(program, person, desk):
    address = url(program, person, "withdraw", ask="?channel=email")
    every = {"purposes": ConsentPurpose.values, "how": "phone"}
    said_no = desk.post(address, every, follow=True).content.decode()
    assert said_no.count("Said no") >= len(ConsentPurpose)
    words = desk.get(address, follow=True).content.decode()
    assert "None of this is in force any more." in words
    for purpose in ConsentPurpose:
        a_consent(person, purpose=purpose)
    words = desk.get(url(program, person, "give", ask="?channel=email"), follow=True)
    assert "All of this is in force already." in words.content.decode()


@pytest.mark.parametrize("ask", ["", "?channel=", "?channel=pigeon", "?channel=%00"])
def test_an_unknown_channel_is_not_found(ask, program, person, desk):
    assert desk.get(url(program, person, "give", ask=ask)).status_code == 404
    assert desk.post(url(program, person, "withdraw", ask=ask)).status_code == 404


# --- agreements -------------------------------------------------------------------------------

RELEASE = {
    "recipient": "Douglas County Probation",
    "purpose": "Court report",
    "scope": "Attendance",
    "given_on": "2026-11-02",
    "expires_on": "",
    "expires_when": "the case is closed",
    "taken_how": "signed",
    "document": "",
}


def filled(**fields: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), **RELEASE, **fields}


@pytest.mark.parametrize("kind", ["program", "telehealth", "release"])
def test_each_kind_is_added_on_a_page_of_its_own(kind, program, person, desk, administrator):
    address = url(program, person, f"new_{kind}")
    asks_whom = "To whom" in desk.get(address).content.decode()
    assert asks_whom == (kind == "release")
    fields = filled()
    assert desk.post(address, fields).url == url(program, person, "agreements")
    made = Agreement.objects.get()
    assert (made.kind, made.taken_by, made.taken_how) == (kind, administrator, "signed")
    assert bool(made.recipient) == (kind == "release")
    desk.post(address, fields)
    assert Agreement.objects.count() == 1
    # Back, changed and sent again: it is not passed over in silence.
    words = told(desk, address, {**fields, "given_on": "2026-11-03"})
    assert "This form has been saved already." in words


def test_a_release_is_asked_for_all_that_the_rule_asks(program, person, desk):
    fields = dict.fromkeys(RELEASE, "") | {"key": str(uuid.uuid4())}
    words = told(desk, url(program, person, "new_release"), fields)
    for asked in (
        "Enter to whom something may be told",
        "Enter what it is told for",
        "Enter what may be told",
        "Enter the day it was given",
        "Enter a day or an event: a release has to expire",
        "Choose how",
    ):
        assert asked in words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"given_on": "0001-01-01"}, "Enter a day after 1989"),
        ({"given_on": "9999-12-31"}, "Enter today or a day before"),
        ({"given_on": "soon"}, "Enter a date, such as 11/25/2026"),
        ({"expires_on": "9999-12-31"}, "Enter a day before 2100"),
        ({"expires_on": "2026-11-01"}, "Enter the day it was given, or one after it"),
        ({"expires_on": "2026-02-30"}, "Enter a date, such as 11/25/2026"),
        ({"taken_how": "phone"}, "Choose one of the ways listed"),
        ({"recipient": "a\x00b"}, "Null characters are not allowed"),
        ({"scope": "x" * 1_001}, "at most 1000 characters"),
        ({"document": str(uuid.uuid4())}, "Choose one of the documents listed"),
        ({"document": "x"}, "Choose one of the documents listed"),
        ({"key": "x"}, "Open this page again"),
    ],
)
def test_bad_input_gets_words_and_nothing_typed_is_lost(fields, words, program, person, desk):
    page = told(desk, url(program, person, "new_release"), filled(**fields))
    assert words in page
    assert "Court report" in page
    assert not Agreement.objects.exists()


def test_the_second_of_a_day_is_refused_at_its_date(program, person, desk):
    an_agreement(person, given_on="2026-11-02")
    words = told(desk, url(program, person, "new_program"), filled())
    assert "This agreement is on record from that day already." in words


def test_a_document_on_record_is_linked_and_another_persons_is_not(program, person, desk):
    mine, gone = a_document(person), a_document(person, name="Gone", withdrawn_at=NOW)
    theirs = a_document(an_enrollment(program).participant, name="Theirs")
    address = url(program, person, "new_release")
    page = desk.get(address).content.decode()
    assert "Referral letter (Referral)" in page
    assert "Gone" not in page
    assert "Theirs" not in page
    for refused in (gone, theirs):
        told(desk, address, filled(document=str(refused.public_id)))
    desk.post(address, filled(document=str(mine.public_id)))
    assert Agreement.objects.get().document == mine


def test_a_scan_comes_with_the_agreement(program, person, desk, folder):
    address = url(program, person, "new_release")
    desk.post(address, filled(paper=a_file()))
    document = Document.objects.get()
    assert (document.kind, document.name) == ("agreement", "letter.pdf")
    assert Agreement.objects.get().document == document
    assert [each.name for each in folder.iterdir()] == [document.stored_name]


def test_a_scan_and_a_document_are_one_too_many(program, person, desk, folder):
    mine = a_document(person)
    fields = filled(document=str(mine.public_id), paper=a_file())
    words = told(desk, url(program, person, "new_release"), fields)
    assert "not both" in words
    assert "choose it again: a browser does not keep it" in words
    assert not folder.exists()


def test_a_scan_that_is_none_refuses_the_agreement(program, person, desk, folder):
    words = told(desk, url(program, person, "new_release"), filled(paper=a_file(PDF[:-9])))
    assert "not whole, or is damaged" in words
    assert not Agreement.objects.exists()
    assert not folder.exists()


def test_the_desk_revokes_at_once(program, person, desk, administrator):
    release = a_release(person)
    address = url(program, person, "revoke", release.public_id)
    assert "Douglas County Probation" in desk.get(address).content.decode()
    told(desk, address, {})
    words = desk.post(address, {"how": "phone"}, follow=True).content.decode()
    assert "The agreement is revoked. It takes effect at once." in words
    release.refresh_from_db()
    assert (release.revoked_by, release.revoked_how) == (administrator, "phone")
    again = desk.post(address, {"how": "signed"}, follow=True).content.decode()
    assert "not in force any more" in again


def test_an_agreement_of_today_is_in_force_on_its_last_day(program, person, desk):
    today = local_date(timezone.now(), program.zone)
    an_agreement(person, given_on=today, expires_on=today)
    page = desk.get(url(program, person, "agreements")).content.decode()
    assert "Not in force" not in page
    assert "Program agreement ·" not in page
