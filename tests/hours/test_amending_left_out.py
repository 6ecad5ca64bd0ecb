"""Somebody who was there and does not stand on the signed sheet: looked for, then added."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import AuditEvent
from attendance.models import Amendment
from attendance.sheet.states import absent
from programs.models import Role
from tests import build
from tests.attendance.amending import amend
from tests.attendance.sheet import said
from tests.build import NOW
from tests.hours.amending import a_signed_monday, sent, shown_in, url_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(program, facilitator):
    return a_signed_monday(program, facilitator)[0]


@pytest.fixture
def url(session) -> str:
    return reverse("amending:left_out", args=[session.group.program.public_id, session.public_id])


def test_who_may(client_of, url, program, facilitator, clinician, director, stranger):
    for user in (facilitator, director):
        assert client_of(user).get(url).status_code == 200
    other = build.a_colleague(program, Role.FACILITATOR)
    for user in (other, clinician, build.a_colleague(program, Role.ADMISSIONS, Role.BILLING)):
        assert client_of(user).get(url).status_code == 403
    assert client_of(stranger).get(url).status_code == 404


def test_they_are_found_and_added(client_of, url, session, program, facilitator):
    fields = {"first_name": "Ruth", "last_name": "Abara"}
    left_out = build.an_enrollment(program, build.a_participant(**fields)).participant
    client = client_of(facilitator)
    found = client.post(url, {"words": "rut"})
    assert "Ruth A." in words_of(found)
    link = url_of(session, left_out)
    assert link in found.content.decode()
    page = client.get(link)
    assert "Nothing: they do not stand on the signed sheet" in words_of(page)
    first = client.post(link, sent())
    assert "Credited here of 180 min 0 min becomes 180 min" in words_of(first)
    client.post(link, sent() | {"shown": shown_in(first)})
    connection.check_constraints()
    assert said(session, left_out) == "09:00-12:00"
    assert Amendment.objects.get().before == "-"


def test_nobody_is_found(client_of, url, facilitator):
    elsewhere = build.an_enrollment(participant=build.a_participant(first_name="Ruth")).participant
    client = client_of(facilitator)
    assert "Nobody found." in words_of(client.post(url, {"words": elsewhere.first_name}))
    assert "Type at least two letters." in words_of(client.post(url, {"words": "r"}))
    assert client.post(url, {"words": "a\x00b"}).status_code == 200


def test_a_session_that_is_not_signed_leads_to_its_sheet(client_of, program, director):
    unsigned = build.a_session(build.a_group(program))
    ids = [program.public_id, unsigned.public_id]
    answer = client_of(director).get(reverse("amending:left_out", args=ids))
    assert answer["Location"] == reverse("sheet:sheet", args=ids)


def merged(person, kept, by) -> None:
    person.merged_into, person.merged_at, person.merged_by = kept, NOW, by
    person.save()


def test_a_duplicate_and_who_is_kept_have_one_record(client_of, session, director):
    person = session.records.get().participant
    kept = build.a_participant(first_name="Grace", last_name="Lindquist")
    merged(person, kept, director)
    client = client_of(director)
    for asked in (person, kept):
        page = client.get(url_of(session, asked))
        assert "Present 9:00 AM – 12:00 PM" in words_of(page)
    first = client.post(url_of(session, kept), sent(mark="excused"))
    client.post(url_of(session, kept), sent(mark="excused") | {"shown": shown_in(first)})
    connection.check_constraints()
    assert said(session, person) == "excused"
    assert Amendment.objects.get().participant == person
    read = AuditEvent.objects.filter(verb="participant.read")
    assert set(read.values_list("participant_id", flat=True)) == {person.public_id}


def test_of_two_records_of_one_person_the_one_that_was_named(client_of, session, director):
    person = session.records.get().participant
    kept = build.an_enrollment(session.group.program).participant
    amend(session, kept, absent("no_call"), by=director)
    merged(person, kept, director)
    client = client_of(director)
    assert "No call" in words_of(client.get(url_of(session, kept)))
    assert "Present 9:00 AM" in words_of(client.get(url_of(session, person)))
