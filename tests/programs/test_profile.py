"""The profile: what it shows to whom, and what changing it writes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.keeping import NotKept
from accounts.models import AuditEvent
from programs.models import Participant
from programs.profile.actions import change_profile
from programs.profile.page import age_on
from programs.weeks import local_date
from tests import build
from tests.build import CHICAGO

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def person(program) -> Participant:
    person = build.a_participant(
        first_name="José",
        last_name="Muñoz",
        preferred_name="Pepe",
        pronouns="he/him",
        birth_date="1990-03-09",
        chart_number="C-77",
        phone="+14025550100",
        email="pepe@example.org",
        timezone="America/Denver",
        emergency_name="Ana Muñoz",
        emergency_relationship="sister",
        emergency_phone="+14025550199",
        safe_contact="Leave no message.\nHis sister may know.",
    )
    build.an_enrollment(program, person)
    return person


@pytest.fixture
def url(program, person) -> str:
    return f"/person/{program.public_id}/{person.public_id}/"


def posted(client, url: str, **changes: str):
    """Send the form as it was shown, changed so."""
    fields = client.get(f"{url}edit/").context["form"]
    sent = {}
    for field in fields:
        value = field.value()
        sent[field.name] = sent[field.html_initial_name] = "" if value is None else str(value)
    return client.post(f"{url}edit/", {**sent, **changes})


def test_everything_on_record_is_shown(client_of, clinician, person, url):
    answer = client_of(clinician).get(url)
    years = age_on(date(1990, 3, 9), local_date(timezone.now(), CHICAGO))
    page = answer.content.decode()
    assert "<title>Person · Prairie Clinic</title>" in page
    for words in (
        *("José Muñoz", "Pepe Muñoz", "he/him", f"Mar 9, 1990, {years} years old", "C-77"),
        *("(402) 555-0100", "pepe@example.org", "English", "America/Denver", "Ana Muñoz", "sister"),
        *("(402) 555-0199", "Leave no message.<br>His sister may know.", "not on record"),
    ):
        assert words in page
    assert "/edit/" not in page
    assert "Other records of this person" not in page
    read = AuditEvent.objects.get()
    assert (read.verb, read.participant_id) == ("participant.read", person.public_id)
    assert read.detail == {"page": "profile"}


def test_little_on_record(client_of, director, program):
    person = build.an_enrollment(program).participant
    page = client_of(director).get(f"/person/{program.public_id}/{person.public_id}/")
    words = page.content.decode()
    assert "Nothing on record. Until there is" in words
    assert "Time zone" not in words
    assert "This is also on record as…" in words


def test_who_may(client_of, program, url, facilitator, billing, stranger, clinician, administrator):
    for user, read, edit in (
        *((facilitator, 403, 403), (billing, 403, 403), (stranger, 404, 404)),
        *((clinician, 200, 403), (administrator, 200, 200)),
    ):
        client = client_of(user)
        assert client.get(url).status_code == read
        assert client.get(f"{url}edit/").status_code == edit
    elsewhere = build.an_enrollment().participant
    other = f"/person/{program.public_id}/{elsewhere.public_id}/"
    assert client_of(administrator).get(other).status_code == 404


def test_a_duplicates_page_is_the_page_of_the_record_that_is_kept(client_of, director, program):
    kept = build.an_enrollment(program, build.a_participant(last_name="Kept")).participant
    record = build.a_participant(
        last_name="Twice", chart_number="C-1023", merged_into=kept, merged_at=build.NOW
    )
    build.an_enrollment(program, record)
    page = client_of(director).get(f"/person/{program.public_id}/{record.public_id}/")
    words = page.content.decode()
    assert "Ada Kept" in words
    assert "C-1023" in words
    assert f"/duplicates/{program.public_id}/{kept.public_id}/unmerge/{record.public_id}/" in words


def test_only_what_changed_is_written(client_of, administrator, person, url):
    client = client_of(administrator)
    form = {"last_name": "Muñoz Ruiz", "safe_contact": "Nobody.", "phone": "402 555 0111"}
    answer = posted(client, url, **form)
    assert answer.url == url
    person.refresh_from_db()
    assert (person.last_name, person.safe_contact) == ("Muñoz Ruiz", "Nobody.")
    assert str(person.phone) == "+14025550111"
    assert person.folded_names == "pepe jose munoz ruiz"
    event = AuditEvent.objects.get(verb="participant.changed")
    assert event.detail == {"fields": ["last_name", "phone", "safe_contact"]}
    assert "Ruiz" not in str(event.__dict__)


def test_nothing_changed_leaves_no_trace(client_of, administrator, person, url):
    assert posted(client_of(administrator), url).status_code == 302
    assert not AuditEvent.objects.filter(verb="participant.changed").exists()


def test_what_another_changed_meanwhile_stays(client_of, administrator, person, url):
    client = client_of(administrator)
    sent = {field.name: field.value() or "" for field in client.get(f"{url}edit/").context["form"]}
    shown = {f"initial-{name}": value for name, value in sent.items()}
    Participant.objects.filter(pk=person.pk).update(email="new@example.org")
    client.post(f"{url}edit/", {**sent, **shown, "pronouns": "they/them"})
    person.refresh_from_db()
    assert (person.email, person.pronouns) == ("new@example.org", "they/them")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"birth_date": "2090-01-01"}, "A birth date lies in the past."),
        ({"birth_date": "9999-12-31"}, "A birth date lies in the past."),
        ({"birth_date": "0001-01-01"}, "Enter a birth date after 1900"),
        ({"birth_date": "soon"}, "Enter a birth date like 1990-03-09"),
        ({"chart_number": "C-1"}, "The chart number C-1 is taken by another record."),
        ({"chart_number": " "}, "Enter a chart number"),
        ({"first_name": ""}, "Enter a first name"),
        ({"last_name": "x" * 81}, "at most 80 characters"),
        ({"last_name": "a\x00b"}, "Null characters are not allowed"),
        ({"phone": "12"}, "Enter a phone number like"),
        ({"emergency_phone": "call her"}, "Enter a phone number like"),
        ({"email": "at home"}, "Enter an email like"),
        ({"language": "xx"}, "Choose one of the languages listed"),
        ({"timezone": "Mars/Base"}, "There is no time zone of this name."),
        ({"timezone": "localtime"}, "There is no time zone"),
        ({"safe_contact": "x" * 2_001}, "at most 2000 characters"),
    ],
)
def test_what_is_refused_in_words(client_of, administrator, person, url, change, words):
    build.a_participant(chart_number="C-1")
    answer = posted(client_of(administrator), url, **{"pronouns": "they/them", **change})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "<title>Error: Edit person" in page
    assert "they/them" in page
    person.refresh_from_db()
    assert (person.pronouns, person.chart_number) == ("he/him", "C-77")
    assert not AuditEvent.objects.filter(verb="participant.changed").exists()


def change(person, program, **facts):
    return change_profile(person=person, facts=facts, today=TODAY, program=program, by=None)


def test_the_action_refuses_by_itself(person, program):
    build.a_participant(chart_number="C-1")
    for facts, field in (
        ({"birth_date": date(2026, 11, 26)}, "birth_date"),
        ({"chart_number": "C-1"}, "chart_number"),
        ({"email": "no"}, "email"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"first_name": ""}, "first_name"),
    ):
        with pytest.raises(NotKept) as refused:
            change(person, program, **facts)
        assert field in refused.value.words
    assert change(person, program, birth_date=TODAY) == ["birth_date"]
    assert change(person, program, birth_date=TODAY) == []


def test_nothing_changes_without_its_line_on_the_trail(person, program, audit_fails):
    with pytest.raises(IntegrityError):
        change(person, program, pronouns="she/her")
    person.refresh_from_db()
    assert person.pronouns == "he/him"


def test_years():
    assert age_on(date(2000, 2, 29), date(2026, 2, 28)) == 25
    assert age_on(date(2000, 2, 29), date(2026, 3, 1)) == 26
    assert age_on(date(2026, 11, 25), TODAY) == 0


@pytest.mark.parametrize("records", [1, 3])
def test_the_queries_do_not_grow(client_of, director, program, person, url, records):
    for _ in range(records):
        build.a_participant(merged_into=person, merged_at=build.NOW)
    client = client_of(director)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    assert len(queries) <= 11
