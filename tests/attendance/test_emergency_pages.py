"""The pages of an emergency: who may, what they say, and what they never say."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from attendance.emergency.limits import give_back, take_try
from programs.models import EmergencyAccess, Participant, Program, Role
from tests import build
from tests.at_once import at_once
from tests.attendance.relapse import stored
from tests.build import on
from tests.build_records import a_check_in, a_participant_note, a_safety_alert, signed_notes
from tests.build_trust import an_emergency_access

pytestmark = pytest.mark.django_db
WHY = "Fainted in the hall, no pulse."
BORN = {"birth_date_0": "5", "birth_date_1": "1", "birth_date_2": "1990"}


@pytest.fixture
def elsewhere(clinic) -> Participant:
    """Somebody of a program that the standing people do not work in."""
    person = build.a_participant(
        first_name="Marta", last_name="Quill", birth_date=on("1990-05-01"), phone="+14025550111"
    )
    build.an_enrollment(build.a_program(code="day", name="Day Care PHP"), person)
    return person


def url(view: str, program: Program, *ids: Any) -> str:
    return reverse(f"emergency:{view}", args=[program.public_id, *ids])


def search(client: Client, program: Program, **changes: str):
    asked = {"last_name": "Quill", "first_name": "", "reason": WHY, **BORN}
    return client.post(url("find", program), asked | changes)


def open_now(user: User, program: Program, person: Participant, **fields: Any) -> EmergencyAccess:
    fields = {"started_at": timezone.now() - timedelta(minutes=10), **fields}
    return an_emergency_access(program, person, user=user, **fields)


def test_a_name_and_a_date_open_the_record_of_another_program(
    client_of: Callable[[User], Client], program, facilitator, elsewhere
):
    answer = search(client_of(facilitator), program)
    access = EmergencyAccess.objects.get()
    assert answer.url == url("record", program, access.public_id)
    assert (access.user, access.participant) == (facilitator, elsewhere)
    assert access.program.code == "day"
    searched = AuditEvent.objects.get(verb="emergency.searched")
    assert (searched.detail, searched.participant_id) == ({"found": 1}, elsewhere.public_id)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_name": "Quil"}, "Nobody has this last name and birth date."),
        ({"birth_date_0": "6"}, "Nobody has this last name and birth date."),
        ({"reason": "          \n     "}, "Say why you need it"),
        ({"reason": "Because.."}, "Say why in at least 10 letters"),
        ({"birth_date_0": "2", "birth_date_1": "30"}, "Enter a real date"),
        ({"last_name": ""}, "Enter the whole last name"),
    ],
    ids=["name", "date", "spaces", "short", "no_date", "no_name"],
)
def test_a_miss_says_nothing_of_anybody(
    client_of, program, facilitator, elsewhere, changes: dict[str, str], words: str
):
    page = search(client_of(facilitator), program, **changes)
    assert words in page.content.decode()
    assert "Day Care PHP" not in page.content.decode()
    assert not EmergencyAccess.objects.exists()


def test_after_five_misses_nobody_is_found_for_an_hour(
    client_of, program, facilitator, clinician, elsewhere
):
    client = client_of(facilitator)
    for _ in range(5):
        assert "Nobody has this" in search(client, program, last_name="Other").content.decode()
    assert "Five tries found nobody." in search(client, program).content.decode()
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs.count("emergency.searched") == 5
    assert verbs[-1] == "emergency.search_refused"
    assert search(client_of(clinician), program).status_code == 302


def test_whoever_is_found_does_not_count(client_of, program, facilitator, elsewhere):
    client = client_of(facilitator)
    for _ in range(6):
        assert search(client, program).status_code == 302
    for _ in range(5):
        assert "Nobody has this" in search(client, program, last_name="Other").content.decode()
    assert "Five tries found nobody." in search(client, program).content.decode()


def test_of_many_tries_at_once_five_are_made(facilitator):
    """Each has counted before any of them looks."""
    tries = at_once(*[lambda: take_try(facilitator)] * 12, words=())
    assert tries.count(True) == 5
    assert not take_try(facilitator)
    give_back(facilitator)
    assert take_try(facilitator)


def test_two_of_one_name_and_date_are_told_apart(client_of, program, facilitator, elsewhere):
    twin = build.a_participant(
        first_name="Mona", last_name="Quill", birth_date=elsewhere.birth_date
    )
    build.an_enrollment(program, twin)
    client = client_of(facilitator)
    assert "Add the first name." in search(client, program).content.decode()
    search(client, program, first_name="mona")
    assert EmergencyAccess.objects.get().participant == twin


def test_that_there_are_two_of_them_cannot_be_tried_out(client_of, program, facilitator, elsewhere):
    build.an_enrollment(
        program, build.a_participant(last_name="Quill", birth_date=elsewhere.birth_date)
    )
    client = client_of(facilitator)
    for _ in range(5):
        assert "Add the first name." in search(client, program).content.decode()
    assert "Five tries found nobody." in search(client, program).content.decode()


@pytest.mark.parametrize("role", [None, Role.BILLING])
def test_who_may_not(client_of, program, elsewhere, role):
    user = build.a_colleague(program, role) if role else build.a_user()
    assert client_of(user).get(url("find", program)).status_code == (403 if role else 404)


def test_asking_for_somebody_of_ones_own_program(client_of, program, facilitator, elsewhere):
    person = build.an_enrollment(program).participant
    client = client_of(facilitator)
    assert client.get(url("ask", program, elsewhere.public_id)).status_code == 404
    page = client.get(url("ask", program, person.public_id)).content.decode()
    assert "The program director is told at once" in page
    refused = client.post(url("ask", program, person.public_id), {"reason": "   short   "})
    assert "at least 10 letters" in refused.content.decode()
    answer = client.post(url("ask", program, person.public_id), {"reason": WHY})
    assert EmergencyAccess.objects.get().public_id.hex in answer.url.replace("-", "")


@pytest.fixture
def whole(program: Program) -> Participant:
    """Somebody of whom there is everything that the page can show."""
    person = build.a_participant(
        first_name="Marta",
        last_name="Quill",
        birth_date=on("1990-05-01"),
        pronouns="they/them",
        phone="+14025550111",
        emergency_name="Jo Quill",
        emergency_phone="+14025550112",
        safe_contact="Say nothing to the brother.",
    )
    session = build.a_session(build.a_group(program), "2026-11-23", "09:00", "12:00")
    build.a_membership(session.group, build.an_enrollment(program, person))
    leader = build.a_user(name="Lee Leader")
    build.a_facilitation(session, leader)
    record = build.a_record(session, person)
    build.a_presence(record, "09:02-11:45")
    a_participant_note(session, person, response="Spoke of the bridge.")
    signed_notes(session)
    later = build.a_session(session.group, "2026-11-24", "09:00", "12:00")
    a_safety_alert(a_check_in(later, person, mood=2, craving=9, safety="yes"))
    stored(person)
    return person


SAID = (
    *("Marta Quill", "they/them", "May 1, 1990", "(402) 555-0111", "Jo Quill", "(402) 555-0112"),
    *("Say nothing to the brother.", "ASAM 2.1 intensive outpatient", "Evening IOP"),
    *("9 of 10", "2 of 10", "Spoke of the bridge.", "Leave. Call Jo.", "I skip breakfast"),
    *("Jo · My aunt · (402) 555-0100", "Call or text 988", "9:02", "Nobody has written yet"),
    *("minutes left", "not kept in this system", "Last safety answers"),
)


def test_the_record_says_all_one_needs_and_each_look_is_on_the_trail(
    client_of, program, facilitator, whole
):
    access = open_now(facilitator, program, whole)
    page = client_of(facilitator).get(url("record", program, access.public_id))
    text = page.content.decode().replace("&#x27;", "'")
    assert [each for each in SAID if each not in text] == []
    title = re.search(r"<title>(.*?)</title>", text, re.S)
    assert title
    assert "Marta" not in title[1]
    line = AuditEvent.objects.get(verb="emergency.read")
    assert (line.by, line.participant_id) == (facilitator, whole.public_id)
    assert page["Cache-Control"]


@pytest.mark.parametrize("how", ["ran out", "closed"])
def test_afterwards_it_is_gone_in_words(client_of, program, facilitator, whole, how: str):
    long_ago = timezone.now() - timedelta(minutes=61)
    fields = {"started_at": long_ago} if how == "ran out" else {"ended_at": timezone.now()}
    access = open_now(facilitator, program, whole, **fields)
    page = client_of(facilitator).get(url("record", program, access.public_id))
    assert page.status_code == 410
    assert "This record is closed" in page.content.decode()
    assert "Quill" not in page.content.decode()
    assert not AuditEvent.objects.filter(verb="emergency.read").exists()


def test_it_is_open_to_who_opened_it_alone(client_of, program, facilitator, director, whole):
    access = open_now(facilitator, program, whole)
    for view in ("record", "close"):
        ask = client_of(director).get if view == "record" else client_of(director).post
        assert ask(url(view, program, access.public_id)).status_code == 404
    assert EmergencyAccess.objects.open_at(timezone.now()).exists()


def test_every_page_tells_that_one_is_open_and_offers_to_close_it(
    client_of, program, facilitator, whole, django_assert_num_queries
):
    client, today = client_of(facilitator), reverse("people:people", args=[program.public_id])
    assert "A record is open" not in client.get(today).content.decode()
    access = open_now(facilitator, program, whole)
    page = client.get(today).content.decode()
    assert "A record is open in an emergency." in page
    assert "50 minutes left" in page
    client.post(url("close", program, access.public_id))
    assert "A record is open" not in client.get(today).content.decode()


def test_the_record_takes_as_many_statements_for_much_as_for_little(
    client_of, program, facilitator, whole, django_assert_max_num_queries
):
    access = open_now(facilitator, program, whole)
    client = client_of(facilitator)
    with django_assert_max_num_queries(28):
        client.get(url("record", program, access.public_id))


def test_the_director_reviews_what_was_opened(client_of, program, director, facilitator, whole):
    over = {"started_at": timezone.now() - timedelta(hours=2)}
    access = open_now(facilitator, program, whole, **over)
    open_now(director, program, whole, **over)
    build.an_enrollment(program)
    client, here = client_of(director), url("review", program)
    AuditEvent.objects.create(
        verb="emergency.read",
        by=facilitator,
        subject_id=access.public_id,
        participant_id=whole.public_id,
    )
    page = client.get(here).content.decode()
    assert "Fay Marlow, LPC opened the record of Marta Quill" in page
    assert "Found unconscious in the hall." in page
    assert "read 1 time" in page
    assert "You opened it: another director reviews it." in page
    assert page.count("Mark as reviewed") == 2  # label and words of one button
    client.post(here, {"access": access.public_id, "note": "Right to do so."})
    access.refresh_from_db()
    assert (access.reviewed_by, access.review_note) == (director, "Right to do so.")
    assert "Right to do so." in client.get(here).content.decode()


@pytest.mark.parametrize("sent", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_review_of_nothing_is_not_there(client_of, program, director, sent: str):
    assert client_of(director).post(url("review", program), {"access": sent}).status_code == 404


def test_another_programs_openings_are_not_reviewed_here(
    client_of, program, director, stranger, elsewhere
):
    access = an_emergency_access(build.a_program(code="third"), elsewhere)
    assert "Marta" not in client_of(director).get(url("review", program)).content.decode()
    sent = {"access": access.public_id}
    assert client_of(director).post(url("review", program), sent).status_code == 404
    assert client_of(stranger).get(url("review", program)).status_code == 404


def test_the_list_takes_as_many_statements_for_three_as_for_one(
    client_of, program, director, django_assert_num_queries
):
    client = client_of(director)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            an_emergency_access(program)

        with CaptureQueriesContext(connection) as made:
            client.get(url("review", program))
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_a_facilitator_finds_the_way_from_the_person(client_of, program, facilitator, clinician):
    session = build.a_session(build.a_group(program), timezone.localdate(), "09:00", "12:00")
    enrollment = build.an_enrollment(program)
    build.a_membership(session.group, enrollment)
    build.a_facilitation(session, facilitator)
    person = enrollment.participant.public_id
    here = reverse("people:participant", args=[program.public_id, person])
    way = url("ask", program, person)
    assert way in client_of(facilitator).get(here).content.decode()
    assert way not in client_of(clinician).get(here).content.decode()
