"""One click stops messages like the one it was in: RFC 8058, and a page with one button."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from programs.models import ContactConsent
from reminders.links import answer_url, stop_url
from tests import build
from tests.reminders.coming_back import a_reader, in_force, was_told

pytestmark = pytest.mark.django_db

ONE_CLICK = "List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"
ALL = {("sms", "reminders"), ("email", "reminders"), ("sms", "weekly"), ("email", "weekly")}


@pytest.fixture
def person(program):
    found = a_reader(program, email="someone@mail.example", first_name="Maximiliana")
    for channel, purpose in ALL - {("sms", "reminders")}:
        build.a_consent(found, channel=channel, purpose=purpose, given_at=long_ago())
    return found


def long_ago():
    return timezone.now() - timedelta(days=30)


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=True)


def link(person, program, **fields) -> str:
    return path(stop_url(was_told(person, program, **fields)))


def path(url: str) -> str:
    return urlsplit(url).path


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


@pytest.mark.parametrize("channel", ["email", "sms"])
@pytest.mark.parametrize(
    ("kind", "purpose"),
    {**dict.fromkeys(["evening", "soon", "change"], "reminders"), "weekly": "weekly"}.items(),
)
def test_one_click_ends_the_consent_behind_the_message(
    phone, person, program, channel, kind, purpose
):
    url = link(person, program, channel=channel, kind=kind, round=int(kind == "change"))
    response = phone.post(url, ONE_CLICK, content_type=FORM)
    assert response.status_code == 200
    assert "These messages have stopped" in words(response)
    assert in_force(person) == ALL - {(channel, purpose)}
    ended = ContactConsent.objects.exclude(withdrawn_at=None).get()
    assert (ended.withdrawn_how, ended.withdrawn_by) == ("online", None)
    line = AuditEvent.objects.get()
    assert (line.verb, line.by, line.participant_id) == (
        "consent.withdrawn",
        None,
        person.public_id,
    )


def test_a_mail_program_may_send_it_in_parts(phone, person, program):
    url = link(person, program, channel="email")
    response = phone.post(url, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert ("email", "reminders") not in in_force(person)


def test_looking_stops_nothing(phone, person, program):
    url = link(person, program, channel="email")
    for look in (phone.get, phone.head):
        assert look(url).status_code == 200
    page = words(phone.get(url))
    assert "Stop these messages?" in page
    assert "Emails that remind you of appointments or tell you of changes" in page
    assert in_force(person) == ALL
    assert not AuditEvent.objects.exists()
    assert phone.delete(url).status_code == 405


def test_said_again_it_is_the_same_page_and_nothing_is_written(phone, person, program):
    url = link(person, program, channel="email")
    first = phone.post(url)
    assert words(first) == words(phone.post(url)) == words(phone.get(url))
    assert AuditEvent.objects.count() == 1


def test_it_says_nothing_of_anybody_and_is_kept_by_nobody(phone, clinic, person, program):
    url = link(person, program, channel="email")
    for response in (phone.get(url), phone.post(url)):
        for secret in ("Maximiliana", clinic.name, program.name, "someone@mail", "5550123"):
            assert secret not in response.content.decode()
        assert "<title>Your messages</title>" in response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies


def test_it_works_also_long_after_the_day(phone, person, program):
    url = link(person, program, channel="email", for_on="2026-01-05")
    assert phone.post(url).status_code == 200
    assert ("email", "reminders") not in in_force(person)


def test_a_link_for_another_use_or_message_stops_nothing_here(phone, person, program):
    reminder = was_told(person, program, channel="email")
    answer = path(answer_url(reminder))
    other = a_reader(program, "+13125550177")
    for address in (answer.replace("/a/", "/u/"), "/u/owl/", "/u/" + "A" * 38 + "/"):
        response = phone.post(address, ONE_CLICK, content_type=FORM)
        assert response.status_code == 404
        assert "This link does not work" in words(response)
    phone.post(link(other, program, channel="sms"), ONE_CLICK, content_type=FORM)
    assert in_force(person) == ALL
    assert in_force(other) == set()


def test_of_a_merged_record_it_stops_the_persons(phone, person, program):
    duplicate = build.a_participant(merged_into=person, merged_at=long_ago())
    phone.post(link(duplicate, program, channel="email"))
    assert in_force(person) == ALL - {("email", "reminders")}


def test_it_speaks_the_language_of_its_reader(phone, person, program):
    person.language = "es"
    person.save()
    response = phone.get(link(person, program, channel="email"))
    assert '<html lang="es"' in response.content.decode()


def test_the_statements_it_takes(phone, person, program, django_assert_num_queries):
    url = link(person, program, channel="email")
    with django_assert_num_queries(2):
        phone.get(url)
