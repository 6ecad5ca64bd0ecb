"""Two records of one person on the pages of people: shown once, under the record that is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from hours.summary.weeks import weeks_of_episode
from programs.weeks import local_date
from tests import build
from tests.build import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(program):
    build.a_rule(program, effective_from="2020-01-01")
    return build.a_participant(first_name="Ada", last_name="Keller", chart_number="C-1")


@pytest.fixture
def record(program, kept):
    """A duplicate under another last name, which is the one that is enrolled."""
    record = build.a_participant(
        first_name="Ada",
        last_name="Johnson",
        chart_number="C-1023",
        birth_date="1990-03-09",
        merged_into=kept,
        merged_at=NOW,
    )
    build.an_enrollment(program, record, admitted_on="2020-01-01")
    return record


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_the_record_that_is_kept(client_of, director, program, kept, record):
    page = text(client_of(director).get(f"/people/{program.public_id}/"))
    assert "1 person enrolled" in page
    assert "Ada K." in page
    assert f"/people/{program.public_id}/{kept.public_id}/" in page
    assert str(record.public_id) not in page


@pytest.mark.parametrize("q", ["Jonhson", "c-1023", "3/9/1990"])
def test_found_by_the_duplicate_it_says_so(client_of, director, program, kept, record, q):
    page = text(client_of(director).post(f"/people/{program.public_id}/", {"q": q}))
    assert "1 person found" in page
    assert "Ada K." in page
    assert "C-1 · also C-1023" in page


@pytest.mark.parametrize("q", ["Keller", "Ada"])
def test_found_by_the_record_that_is_kept(client_of, director, program, kept, record, q):
    page = text(client_of(director).post(f"/people/{program.public_id}/", {"q": q}))
    assert "1 person found" in page
    assert "also C-1023" not in page


def test_whoever_may_see_names_only_reads_no_number(client_of, billing, program, kept, record):
    page = text(client_of(billing).post(f"/people/{program.public_id}/", {"q": "Johnson"}))
    assert "Ada K." in page
    assert "C-1" not in page


def test_the_best_match_stands_first(client_of, director, program, kept):
    for last_name in ("Aaronson", "Johnsonville", "Jonhson", "Johnson"):
        person = build.a_participant(last_name=last_name, chart_number=f"N-{last_name}-")
        build.an_enrollment(program, person)
    page = text(client_of(director).post(f"/people/{program.public_id}/", {"q": "Johnson"}))
    assert "3 people found" in page
    places = [page.index(name) for name in ("N-Johnson-", "N-Johnsonv", "N-Jon")]
    assert places == sorted(places)


def test_the_duplicates_page_leads_to_the_one_of_the_record_that_is_kept(
    client_of, director, stranger, program, kept, record
):
    url = f"/people/{program.public_id}/{record.public_id}/"
    answer = client_of(director).get(url)
    assert answer.url == f"/people/{program.public_id}/{kept.public_id}/"
    page = text(client_of(director).get(answer.url))
    assert "Admitted Wed Jan 1" in page
    assert client_of(stranger).get(url).status_code == 404


def test_a_facilitator_sees_them_by_the_sessions_of_the_duplicate(
    client_of, facilitator, program, kept, record
):
    today = local_date(timezone.now(), program.zone)
    group = build.a_group(program)
    build.a_membership(group, record.enrollments.get())
    build.a_session(group, today - timedelta(days=3), facilitators=[facilitator])
    client = client_of(facilitator)
    page = text(client.get(f"/people/{program.public_id}/"))
    assert "Ada K." in page
    assert client.get(f"/people/{program.public_id}/{kept.public_id}/").status_code == 200


@pytest.mark.parametrize("page", ["/enroll/{}/", "/referrals/{}/new/"])
def test_whoever_enrolls_finds_the_record_that_is_kept(
    client_of, administrator, program, kept, record, page
):
    sent = {"act": "find", "q": "Jonhson"}
    words = text(client_of(administrator).post(page.format(program.public_id), sent))
    assert "Ada Keller" in words
    assert "C-1, also C-1023" in words
    assert f'value="{kept.public_id}"' in words
    assert str(record.public_id) not in words


def test_the_summary_of_a_duplicate_s_episode_has_its_weeks(program, record):
    enrollment = program.enrollments.get(participant=record)
    until = enrollment.admitted_on + timedelta(weeks=3)
    weeks, without_rule = weeks_of_episode(enrollment, until=until, as_of=NOW)
    # The rule begins in the middle of the first one.
    assert (len(weeks), without_rule) == (3, 1)
