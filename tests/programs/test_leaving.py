"""A file with people in it is stated first, then taken: once, by whoever stated it, in time."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from programs.disclosing.reading import label_of
from programs.models import Disclosure, Enrollment, Participant, Program, Role
from programs.table_file import NOTICE
from tests import build
from tests.build_episodes import a_release
from tests.build_trust import stated, taken_out

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
WORDS = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
PAYER = {"way": "payer:consent", "purpose": "Claim of November"}
URGENT = {
    "way": "provider:emergency",
    "recipient_name": "Dr. Hale",
    "affiliation": "St. Anne Hospital",
    "emergency": "Unconscious after a fall",
    "purpose": "Emergency care",
}


@pytest.fixture
def amara(program: Program) -> Participant:
    return someone(program, "Amara", "Okoye").participant


@pytest.fixture
def bruno(program: Program) -> Participant:
    return someone(program, "Bruno", "Quist").participant


@pytest.fixture
def url(program: Program) -> str:
    return f"/census/{program.public_id}/census.csv"


@pytest.fixture
def client(client_of: ClientOf, director: User) -> Client:
    return client_of(director)


def someone(program: Program, first: str, last: str) -> Enrollment:
    person = build.a_participant(first_name=first, last_name=last)
    return build.an_enrollment(program, person, admitted_on="2020-01-01")


def words_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def released(person: Participant, recipient: str = "Plains Health", **fields):
    later = timezone.now().date() + timedelta(days=90)
    named = {"recipient": recipient, "purpose": "Payment", "scope": "Attendance"}
    return a_release(person, given_on="2026-01-02", **{"expires_on": later, **named, **fields})


def test_it_asks_before_anything_is_made(client, url, amara, bruno) -> None:
    page = client.get(url)
    said = words_of(page)
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert "Census, as CSV · 2 people · Evening IOP" in said
    assert "Stays in the clinic, for our own work" in said
    assert "Treatment team" in said
    assert "Okoye" not in said
    assert not Disclosure.objects.exists()
    assert not AuditEvent.objects.filter(verb="census.exported").exists()


def test_stated_then_taken_once(client, url, director, program, amara, bruno) -> None:
    answer = client.post(f"{url}?order=name", {"way": "own:internal", "purpose": "Treatment team"})
    disclosure = Disclosure.objects.get()
    taken_at = f"{url}?order=name&d={disclosure.public_id}"
    assert (answer.status_code, answer["Location"]) == (303, taken_at)
    assert (disclosure.by, disclosure.program, disclosure.taken_at) == (director, program, None)
    assert (disclosure.what, disclosure.people) == ("census:csv", 2)
    file = client.get(taken_at)
    assert file["Content-Disposition"].startswith("attachment")
    assert (file["X-Part-2-Notice"], file["Cache-Control"]) == (WORDS, "no-store")
    disclosure.refresh_from_db()
    assert disclosure.sha256 == sha256(file.content).hexdigest()
    held = set(disclosure.disclosed.values_list("participant", "agreement"))
    assert held == {(amara.pk, None), (bruno.pk, None)}
    again = client.get(taken_at)
    assert again["Content-Type"].startswith("text/html")
    assert "This statement was used, or is too old. State it again." in words_of(again)
    assert AuditEvent.objects.filter(verb="census.exported").count() == 1


def test_head_takes_nothing(client, url, amara) -> None:
    taken_at = stated(client, url)
    assert client.head(taken_at)["Content-Type"].startswith("text/html")
    assert client.get(taken_at)["Content-Type"].startswith("text/csv")


def test_nobody_else_takes_it_nor_elsewhere_nor_late(
    client, client_of, url, program, director, amara
) -> None:
    taken_at = stated(client, url)
    asked = taken_at.partition("?")[2]
    other = client_of(build.a_colleague(program, Role.DIRECTOR))
    for who, where in (
        (other, taken_at),
        (client, f"/census/{program.public_id}/census.xlsx?{asked}"),
        (client, f"{url}?d=nonsense"),
        (client, f"{url}?d={director.public_id}"),
    ):
        assert who.get(where)["Content-Type"].startswith("text/html")
    eleven = timezone.now() - timedelta(minutes=11)
    Disclosure.objects.update(stated_at=eleven)
    assert "too old" in words_of(client.get(taken_at))
    Disclosure.objects.update(stated_at=eleven + timedelta(minutes=2))
    assert client.get(taken_at)["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize(
    ("stated_for", "taken_for", "is_taken"),
    [
        ("?q=a&order=name", "?order=name&q=a", True),
        ("?q=a&q=b", "?q=b&q=a", False),
        ("?order=name", "?order=left", False),
        ("?order=name", "", False),
        ("", "?order=name", False),
        ("?q=", "", False),
    ],
)
def test_it_lets_out_what_was_asked_for_and_nothing_else(
    client, url, amara, stated_for, taken_for, is_taken
) -> None:
    stated(client, url + stated_for)
    key = Disclosure.objects.get().public_id
    joined = "&" if taken_for else "?"
    kind = client.get(f"{url}{taken_for}{joined}d={key}")["Content-Type"].partition(";")[0]
    assert kind == ("text/csv" if is_taken else "text/html")
    assert (Disclosure.objects.get().taken_at is not None) is is_taken


def test_the_question_is_kept_as_a_fingerprint_alone(client, url, amara) -> None:
    stated(client, f"{url}?q=Okoye")
    disclosure = Disclosure.objects.get()
    assert re.fullmatch(re.escape(url) + r"\?[0-9a-f]{64}", disclosure.path)
    assert sha256(b"q=Okoye").hexdigest() not in disclosure.path
    assert label_of(disclosure) == "Census, as CSV"
    stated(client, url)
    assert Disclosure.objects.latest("pk").path == url


def test_who_lost_the_right_takes_nothing(client, url, director, amara) -> None:
    taken_at = stated(client, url)
    director.assignments.update(ended_at=timezone.now())
    assert client.get(taken_at).status_code == 404


def test_others_in_the_file_by_now_void_it(client, url, program, amara) -> None:
    taken_at = stated(client, url)
    someone(program, "Cyra", "Noor")
    page = client.get(taken_at)
    assert "Who is in it has changed since. State it again." in words_of(page)
    assert "2 people" in words_of(page)
    assert Disclosure.objects.get().taken_at is None


def test_without_a_release_it_is_refused_in_words(client, url, program, amara, bruno) -> None:
    released(amara)
    page = client.post(url, {**PAYER, "release": "Plains Health"})
    said = words_of(page)
    assert page.status_code == 422
    assert "No release covers this. Nothing has left." in said
    assert "No release to Plains Health covers 1 person" in said
    assert "Bruno Quist" in said
    assert "Amara Okoye" not in said
    assert f"/agreements/{program.public_id}/{bruno.public_id}/" in said
    assert "In a medical emergency" not in said
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    "named", [{"release": "plains  HEALTH"}, {"recipient_name": "Plains Health"}]
)
def test_with_everybodys_release_it_goes(client, url, amara, bruno, named) -> None:
    releases = {each.pk: released(each).pk for each in (amara, bruno)}
    file = taken_out(client, url, **PAYER, **named)
    assert file["Content-Type"].startswith("text/csv")
    disclosure = Disclosure.objects.get()
    assert dict(disclosure.disclosed.values_list("participant", "agreement")) == releases
    assert (disclosure.recipient, disclosure.basis) == ("payer", "consent")


@pytest.mark.parametrize(
    "ended",
    [
        {"revoked_at": timezone.now(), "revoked_how": "phone"},
        {"expires_on": "2026-10-01"},
    ],
)
def test_a_release_that_ends_before_the_taking_voids_it(client, url, amara, ended) -> None:
    release = released(amara)
    taken_at = stated(client, url, **PAYER, release="Plains Health")
    type(release).objects.filter(pk=release.pk).update(**ended)
    assert "not in force any more" in words_of(client.get(taken_at))
    assert Disclosure.objects.get().taken_at is None


def test_a_release_on_a_duplicate_covers_the_person(client, url, program, amara) -> None:
    double = build.a_participant(
        merged_into=amara, merged_at=timezone.now(), first_name="Amy", last_name="Okoye"
    )
    release = released(double)
    taken_out(client, url, **PAYER, release="Plains Health")
    held = Disclosure.objects.get().disclosed.get()
    assert (held.participant, held.agreement) == (amara, release)


def test_an_emergency_asks_what_it_is_and_goes(client, url, amara) -> None:
    page = client.post(url, {"way": "provider:consent", "purpose": "x", "recipient_name": "Hale"})
    assert "In a medical emergency" in words_of(page)
    for missing in ("recipient_name", "affiliation", "emergency"):
        answer = client.post(url, {**URGENT, missing: " "})
        assert answer.status_code == 422
    file = taken_out(client, url, **URGENT)
    assert file["Content-Type"].startswith("text/csv")
    kept = Disclosure.objects.get()
    assert (kept.emergency, kept.affiliation) == ("Unconscious after a fall", "St. Anne Hospital")
    assert AuditEvent.objects.get(verb="disclosure.stated").detail["is_emergency"] is True


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose to whom it goes"),
        ({"way": "payer:internal", "purpose": "x"}, "Choose to whom it goes"),
        ({"way": "own:internal"}, "Say what it is for"),
        ({"way": "own:internal", "purpose": "x" * 121}, "at most 120"),
        ({"way": "court:order", "purpose": "x"}, "Say who receives it"),
        ({"way": "payer:consent", "purpose": "x"}, "Say who receives it"),
        ({"way": "participant:participant", "purpose": "x"}, "Choose to whom it goes"),
        (URGENT, "Choose to whom it goes"),
        ({"way": "own:internal", "purpose": "\x00"}, "Null characters"),
    ],
)
def test_what_is_missing_is_said(client, url, amara, bruno, sent, said) -> None:
    page = client.post(url, sent)
    assert page.status_code == 422
    assert said in words_of(page)
    assert not Disclosure.objects.exists()


def test_where_nobody_is_in_it_nothing_is_asked(client, url) -> None:
    assert client.get(url)["Content-Type"].startswith("text/csv")
    assert not Disclosure.objects.exists()


def test_a_workbook_carries_the_notice_and_its_scope(client, program, amara) -> None:
    released(amara)
    url = f"/census/{program.public_id}/census.xlsx"
    content = taken_out(client, url, **PAYER, release="Plains Health").content
    strings = shared_strings(content)
    assert WORDS in strings
    rests = "Rests on the release of Jan 2, 2026 to Plains Health for Payment: Attendance"
    assert rests in strings.replace("Jan. 2", "Jan 2")
    assert NOTICE in sheet_names(content)


def shared_strings(content: bytes) -> str:
    return part_of(content, "xl/sharedStrings.xml")


def sheet_names(content: bytes) -> str:
    return part_of(content, "xl/workbook.xml")


def part_of(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(name).decode()


def test_a_print_is_stated_too(client, program, amara) -> None:
    page = f"/census/{program.public_id}/"
    free = words_of(client.get(page))
    assert f'href="{page}?print=1"' in free
    assert "Okoye" in free
    assert "data-print-now" not in free
    asked = words_of(client.get(f"{page}?print=1"))
    assert "Census, printed · 1 person" in asked
    printed = taken_out(client, f"{page}?print=1")
    assert "data-print-now" in words_of(printed)
    assert WORDS in words_of(printed)
    assert Disclosure.objects.get().what == "census:census"
    assert client.post(page, {}).status_code == 405


def test_the_trail_names_nobody(client, url, amara, caplog) -> None:
    taken_out(client, url, **URGENT)
    lines = AuditEvent.objects.filter(verb__startswith="disclosure.").order_by("pk")
    assert [each.verb for each in lines] == ["disclosure.stated", "disclosure.taken"]
    assert {each.participant_id for each in lines} == {amara.public_id}
    told = json.dumps([each.detail for each in lines]) + caplog.text
    for word in ("Hale", "Anne", "Unconscious", "Emergency care", "Amara", "Okoye"):
        assert word not in told


def test_what_was_typed_is_not_readable_in_the_table(client, url, amara) -> None:
    taken_out(client, url, **URGENT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(d)::text FROM programs_disclosure d")
        (row,) = cursor.fetchone()
    assert "Hale" not in row
    assert "Unconscious" not in row


def test_the_statements_do_not_grow_with_the_people(client, url, program, amara) -> None:
    counts = []
    for more in (0, 7):
        for number in range(more):
            released(someone(program, f"Name{number}", "Vega").participant)
        with CaptureQueriesContext(connection) as asking:
            assert client.get(url).status_code == 200
        asked = len(asking)
        taken_at = stated(client, url)
        with CaptureQueriesContext(connection) as taking:
            assert client.get(taken_at).status_code == 200
        counts.append((asked, len(taking)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 15
    assert counts[0][1] <= 24


def test_the_way_back_is_one_of_ours(client, url, amara, program) -> None:
    census = f"/census/{program.public_id}/?order=name"
    page = client.get(url, headers={"referer": f"http://testserver{census}"})
    assert f'href="{census}"' in page.content.decode()
    page = client.post(url, {"back": census})
    assert f'href="{census}"' in page.content.decode()
    for other in ("http://elsewhere.example/x", "//elsewhere.example/x", "javascript:alert(1)"):
        said = client.post(url, {"back": other}).content.decode()
        assert "elsewhere" not in said
        assert "alert(1)" not in said
