"""A director's pages: reports with both records, another record found, merged, taken apart."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from programs.models import DuplicateReport, Participant, Role
from tests import build
from tests.build import NOW
from tests.build_episodes import a_duplicate_report
from tests.programs.merging import known_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(program) -> str:
    return f"/duplicates/{program.public_id}/"


@pytest.fixture
def elsewhere():
    return build.a_program(name="Secret PHP")


@pytest.fixture
def pair(program, elsewhere) -> tuple[Participant, Participant]:
    """Somebody entered here, and who they may be, elsewhere."""
    known = known_in(elsewhere, "2026-09-01", last_name="Jonhson", chart_number="S-1")
    return known_in(program, chart_number="C-77"), known


@pytest.fixture
def report(program, pair) -> DuplicateReport:
    return a_duplicate_report(entered=pair[0], known=pair[1], program=program)


@pytest.fixture
def both(director, elsewhere):
    """The director of both programs."""
    build.an_assignment(director, elsewhere, Role.DIRECTOR)
    return director


def text(answer, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def test_nothing_reported(client_of, director, url):
    page = text(client_of(director).get(url))
    assert "<title>Duplicates · Prairie Clinic</title>" in page
    assert "Nothing to look at." in page
    assert not AuditEvent.objects.exists()


def test_both_records_side_by_side(client_of, both, report, url):
    page = text(client_of(both).get(url))
    for words in (
        *("José Johnson", "José Jonhson", "C-77", "S-1", "Evening IOP", "Secret PHP"),
        *("Mar 9, 1990", "José Jonhson, S-1", "Same person: merge", "Two people", "reported Nov"),
    ):
        assert words in page
    assert "I have asked" not in page
    assert AuditEvent.objects.get().detail == {"reports": 1}


@pytest.mark.parametrize("side", [0, 1])
def test_of_a_record_that_is_not_theirs_there_is_no_fact(
    client_of, director, program, pair, url, side
):
    a_duplicate_report(entered=pair[side], known=pair[1 - side])
    page = text(client_of(director).get(url))
    assert "A person in a program that is not yours" in page
    assert "José Johnson" in page
    for words in ("Jonhson", "S-1", "Secret PHP"):
        assert words not in page


def test_the_reports_of_others_are_theirs(client_of, director, elsewhere, program, url):
    a_duplicate_report(entered=known_in(elsewhere), known=known_in(build.a_program()))
    assert "Nothing to look at." in text(client_of(director).get(url))
    clinician_there = build.a_program()
    build.an_assignment(director, clinician_there, Role.CLINICIAN)
    report = a_duplicate_report(entered=known_in(clinician_there), known=known_in(elsewhere))
    client = client_of(director)
    assert "Nothing to look at." in text(client.get(url))
    answer = client.post(f"{url}report/{report.public_id}/", {"outcome": "different"})
    assert answer.url == url
    assert DuplicateReport.objects.open().count() == 2


@pytest.mark.parametrize("keep", ["entered", "known"])
def test_one_person(client_of, both, report, pair, url, keep):
    sent = {"outcome": "merged", "kept": keep}
    answer = client_of(both).post(f"{url}report/{report.public_id}/", sent, follow=True)
    page = text(answer)
    assert "Merged. On the person’s page" in page
    assert "Nothing to look at." in page
    kept = pair[keep == "known"]
    assert {Participant.objects.get(pk=each.pk).kept for each in pair} == {kept}


def test_two_people(client_of, both, report, url):
    answer = client_of(both).post(f"{url}report/{report.public_id}/", {"outcome": "different"})
    assert answer.url == url
    assert DuplicateReport.objects.get().outcome == "different"
    again = client_of(both).post(
        f"{url}report/{report.public_id}/", {"outcome": "merged"}, follow=True
    )
    assert "This is answered already." in text(again)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"outcome": "merged"}, "Say which record is kept"),
        ({"outcome": "merged", "kept": "both"}, "Say which record is kept"),
        ({"kept": "known"}, "Say whether it is one person or two"),
        ({"outcome": "maybe"}, "Say whether it is one person or two"),
    ],
)
def test_an_answer_that_is_none(client_of, both, report, url, sent, words):
    page = text(client_of(both).post(f"{url}report/{report.public_id}/", sent))
    assert words in page
    assert DuplicateReport.objects.open().exists()


def test_the_other_director_is_asked_first(client_of, director, report, pair, url):
    client, path = client_of(director), f"{url}report/{report.public_id}/"
    for outcome in ("merged", "different"):
        page = text(client.post(path, {"outcome": outcome, "kept": "known"}))
        assert "Ask the director of the other program first" in page
    assert DuplicateReport.objects.open().exists()
    answer = client.post(path, {"outcome": "merged", "kept": "entered", "has_asked": "on"})
    assert answer.url == url
    assert Participant.objects.get(pk=pair[1].pk).merged_into == pair[0]


def test_why_the_two_cannot_be_one_is_said(client_of, both, program, elsewhere, url):
    report = a_duplicate_report(entered=known_in(program), known=known_in(elsewhere))
    sent = {"outcome": "merged", "kept": "known"}
    page = text(client_of(both).post(f"{url}report/{report.public_id}/", sent))
    assert "Both records are enrolled from Nov 2, 2026 to Nov 28, 2026." in page
    assert DuplicateReport.objects.open().exists()


def test_why_not_says_nothing_of_a_record_that_is_not_theirs(
    client_of, director, program, elsewhere, url
):
    report = a_duplicate_report(entered=known_in(program), known=known_in(elsewhere))
    sent = {"outcome": "merged", "kept": "entered", "has_asked": "on"}
    page = text(client_of(director).post(f"{url}report/{report.public_id}/", sent))
    assert "These two cannot be one record now." in page
    assert "Nov 28" not in page
    assert DuplicateReport.objects.open().exists()


def test_another_record_is_found_compared_and_merged(client_of, both, pair, url):
    person, other = pair
    client, home = client_of(both), f"{url}{person.public_id}/"
    assert "This is also on record as…" in text(client.get(f"{home}also/"))
    assert "Type a name" in text(client.post(f"{home}also/", {"q": " "}))
    page = text(client.post(f"{home}also/", {"q": "Johnson"}))
    assert f"{home}merge/{other.public_id}/" in page
    assert f"{home}merge/{person.public_id}/" not in page
    assert "No other record found" in text(client.post(f"{home}also/", {"q": "Nobody"}))
    page = text(client.get(f"{home}merge/{other.public_id}/"))
    assert "Is this one person?" in page
    assert "S-1" in page
    read = AuditEvent.objects.filter(verb="participant.read")
    assert {each.participant_id for each in read} == {person.public_id, other.public_id}
    assert "Say which record is kept" in text(
        client.post(f"{home}merge/{other.public_id}/", {"kept": "x"})
    )
    answer = client.post(f"{home}merge/{other.public_id}/", {"kept": "other"})
    assert answer.url == f"/person/{url.split('/')[2]}/{other.public_id}/"
    assert Participant.objects.get(pk=person.pk).merged_into == other


def test_what_cannot_be_merged_is_said_before(client_of, director, program, url):
    person, other = known_in(program), known_in(program)
    for chosen, words in ((other, "Both records are enrolled from"), (person, "the same record")):
        page = text(client_of(director).get(f"{url}{person.public_id}/merge/{chosen.public_id}/"))
        assert "They cannot be merged as they are." in page
        assert words in page
        assert "Same person: merge" not in page
    path = f"{url}{person.public_id}/merge/{other.public_id}/"
    page = text(client_of(director).post(path, {"kept": "this"}))
    assert "<title>Error: Merge two records" in page
    assert not Participant.objects.exclude(merged_into=None).exists()


def test_a_record_one_may_not_see_is_not_there(client_of, director, pair, url):
    client, home = client_of(director), f"{url}{pair[0].public_id}/"
    assert "No other record found" in text(client.post(f"{home}also/", {"q": "Jonhson"}))
    for other in (pair[1].public_id, uuid.uuid4()):
        assert client.get(f"{home}merge/{other}/").status_code == 404
        assert client.get(f"{home}unmerge/{other}/").status_code == 404
    assert client.get(f"{url}{pair[1].public_id}/also/").status_code == 404


def test_a_record_one_may_read_but_not_merge_is_not_there(
    client_of, director, pair, elsewhere, url
):
    build.an_assignment(director, elsewhere, Role.ADMISSIONS)
    client, home = client_of(director), f"{url}{pair[0].public_id}/"
    assert "No other record found" in text(client.post(f"{home}also/", {"q": "Jonhson"}))
    assert client.get(f"{home}merge/{pair[1].public_id}/").status_code == 404


def test_taken_apart(client_of, director, program, url):
    kept = known_in(program)
    record = known_in(program, "2026-09-01", merged_into=kept, merged_at=NOW, chart_number="C-9")
    client, path = client_of(director), f"{url}{kept.public_id}/unmerge/{record.public_id}/"
    assert "C-9" in text(client.get(path))
    page = text(client.post(path, follow=True))
    assert "Both records stand on their own again." in page
    assert not Participant.objects.exclude(merged_into=None).exists()
    assert client.post(path).status_code == 404


def test_who_may(client_of, pair, report, url, administrator, clinician, billing, stranger):
    home = f"{url}{pair[0].public_id}/"
    pages = (url, f"{home}also/", f"{home}merge/{pair[1].public_id}/")
    for user, status in ((administrator, 403), (clinician, 403), (billing, 403), (stranger, 404)):
        client = client_of(user)
        for path in pages:
            assert client.get(path).status_code == status
        assert client.post(f"{url}report/{report.public_id}/").status_code == status
        assert client.get(f"{home}unmerge/{pair[1].public_id}/").status_code == status


@pytest.mark.parametrize("reports", [1, 3])
def test_the_queries_do_not_grow(client_of, both, program, elsewhere, url, reports):
    for _ in range(reports):
        a_duplicate_report(entered=known_in(program), known=known_in(elsewhere))
    client = client_of(both)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    assert len(queries) <= 12
