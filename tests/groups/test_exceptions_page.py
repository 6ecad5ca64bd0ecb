"""The director's list of overridden warnings: who may, what it says, filters, pages, review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, User
from groups.exceptions_page.actions import ReviewedAlready, review_exception
from groups.exceptions_page.page import A_PAGE
from groups.models import GroupSession, ScheduleException
from programs.models import Program, Role
from tests import build
from tests.build import MONDAY, NOW

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def url(program: Program) -> str:
    return f"/exceptions/{program.public_id}/"


@pytest.fixture
def overridden(program: Program, clinician: User) -> ScheduleException:
    """A session that is held with two people instead of four."""
    session = build.a_session(build.a_group(program, name="Skills A"))
    return build.a_schedule_exception(
        program,
        session=session,
        detail={"expected": 2, "least": 4},
        made_by=clinician,
        reason="Two are ill, we hold it all the same.",
    )


def review_url(row: ScheduleException) -> str:
    return f"/exceptions/{row.program.public_id}/{row.public_id}/review/"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DIRECTOR, 200),
        (Role.CLINICIAN, 403),
        (Role.ADMISSIONS, 403),
        (Role.FACILITATOR, 403),
        (Role.BILLING, 403),
    ],
)
def test_who_may(
    client_of: ClientOf,
    program: Program,
    url: str,
    overridden: ScheduleException,
    role: Role,
    status: int,
) -> None:
    client = client_of(build.a_colleague(program, role))
    assert client.get(url).status_code == status
    done = client.post(review_url(overridden), {"note": ""})
    assert done.status_code == (302 if status == 200 else status)
    assert ScheduleException.objects.open().exists() is (status == 403)


def test_other_programs_are_not_found(
    client_of: ClientOf, stranger: User, director: User, url: str, overridden: ScheduleException
) -> None:
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(stranger).post(review_url(overridden)).status_code == 404
    assert Client().get(url).status_code == 302
    assert Client().post(review_url(overridden)).status_code == 302
    theirs = build.a_schedule_exception(build.a_program())
    client = client_of(director)
    assert client.post(f"{url}{theirs.public_id}/review/").status_code == 404
    assert client.post(f"{url}{uuid4()}/review/").status_code == 404
    assert client.get(review_url(overridden)).status_code == 405
    assert ScheduleException.objects.open().count() == 2


def test_of_two_programs_a_director_sees_each_in_its_place(
    client_of: ClientOf, director: User, url: str, overridden: ScheduleException
) -> None:
    other = build.a_program()
    build.an_assignment(director, other, Role.DIRECTOR)
    theirs = build.a_schedule_exception(other, reason="Only over there.")
    page = client_of(director).get(url).content.decode()
    assert "Only over there." not in page
    assert client_of(director).post(f"{url}{theirs.public_id}/review/").status_code == 404


def test_it_says_what_was_overridden(
    client_of: ClientOf, director: User, url: str, overridden: ScheduleException
) -> None:
    session = GroupSession.objects.get()
    page = text_of(client_of(director).get(url))
    assert "<title>Exceptions · Prairie Clinic</title>" in page
    for words in (
        "1 to review",
        "Fewer people than it takes to hold it",
        "Skills A expects 2 people Mon Nov 23; to hold it takes 4.",
        "Two are ill, we hold it all the same.",
        "Nov 25, 2026, 12:00 PM, by Cleo Ortiz, LCSW · for Nov 23, 2026",
        f"/sessions/{overridden.program.public_id}/{session.public_id}/",
        "Mark as reviewed",
    ):
        assert words in page, words


def test_before_anything_was_overridden(client_of: ClientOf, director: User, url: str) -> None:
    page = client_of(director).get(url).content.decode()
    assert "Nothing was overridden." in page
    assert "0 to review" in page


def test_a_review_with_a_note(
    client_of: ClientOf, director: User, url: str, overridden: ScheduleException
) -> None:
    sent = {"note": " Fine,\nonce. "}
    page = text_of(client_of(director).post(review_url(overridden), sent, follow=True))
    for words in ("It is marked as reviewed.", ", by Dina Osei", "Fine, once.", "0 to review"):
        assert words in page, words
    assert "Mark as reviewed" not in page
    overridden.refresh_from_db()
    assert (overridden.reviewed_by, overridden.review_note) == (director, "Fine,\nonce.")
    event = AuditEvent.objects.get(verb="schedule_exception.reviewed")
    assert (event.by, event.subject_id) == (director, overridden.public_id)
    assert event.detail == {"kind": "too_few", "has_note": True}


def test_the_trail_names_the_participant_by_id_only(
    client_of: ClientOf, director: User, program: Program
) -> None:
    person = build.an_enrollment(program).participant
    row = build.a_schedule_exception(program, kind="short_week", participant=person)
    client_of(director).post(review_url(row))
    assert AuditEvent.objects.get().participant_id == person.public_id


def test_the_second_director_is_told_who_was_first(
    client_of: ClientOf, director: User, program: Program, overridden: ScheduleException
) -> None:
    second = build.a_colleague(program, Role.DIRECTOR)
    review_exception(exception=overridden, note="", now=NOW, by=director)
    page = client_of(second).post(review_url(overridden), {"note": "Mine"}, follow=True)
    assert "Dina Osei reviewed it already, Nov 25, 2026." in text_of(page)
    overridden.refresh_from_db()
    assert (overridden.reviewed_by, overridden.review_note) == (director, "")
    assert AuditEvent.objects.filter(verb="schedule_exception.reviewed").count() == 1
    with pytest.raises(ReviewedAlready, match="Dina Osei"):
        review_exception(exception=overridden, note="", now=NOW, by=second)


def test_nothing_is_reviewed_when_the_trail_cannot_be_written(
    director: User, overridden: ScheduleException, request
) -> None:
    request.getfixturevalue("audit_fails")
    with pytest.raises(IntegrityError):
        review_exception(exception=overridden, note="", now=NOW, by=director)
    assert ScheduleException.objects.open().exists()


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("x" * 501, "A note has at most 500 letters"),
        ("x\x00", "Null characters are not allowed."),
    ],
)
def test_a_note_that_cannot_be_kept(
    client_of: ClientOf, director: User, overridden: ScheduleException, note: str, words: str
) -> None:
    answer = client_of(director).post(review_url(overridden), {"note": note})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error:" in page
    assert "There is a problem" in page
    assert page.count(words) == 2
    assert f'href="#{overridden.public_id}-note"' in page
    assert f'id="{overridden.public_id}-note"' in page
    assert ScheduleException.objects.open().exists()


@pytest.fixture
def five(program: Program, director: User) -> None:
    """Three open ones, made one after the other, and two reviewed."""
    seen = {"reviewed_by": director}
    for number, (kind, more) in enumerate(
        [
            ("gap", {}),
            ("ratio", {}),
            ("ratio", {}),
            ("gap", {**seen, "reviewed_at": NOW}),
            ("ratio", {**seen, "reviewed_at": NOW + timedelta(hours=1)}),
        ]
    ):
        made_at = NOW + timedelta(minutes=number)
        build.a_schedule_exception(
            program, kind=kind, reason=f"Why {number}", made_at=made_at, **more
        )


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", "21043"),
        ("?state=open", "210"),
        ("?state=reviewed", "43"),
        ("?kind=ratio", "214"),
        ("?kind=gap&state=open", "0"),
        ("?kind=credential", ""),
        ("?state=&kind=", "21043"),
        ("?page=9", "21043"),
        ("?page=x", "21043"),
    ],
)
def test_open_first_and_the_filters_in_the_address(
    client_of: ClientOf, director: User, url: str, five: None, query: str, shown: str
) -> None:
    page = client_of(director).get(url + query).content.decode()
    parts = page.split("exception-reason")[1:]
    assert [part.partition("Why ")[2][0] for part in parts] == list(shown)
    assert "3 to review" in page
    assert ("None of these." in page) is (not shown)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?state=closed", "A review is open or reviewed."),
        ("?kind=room", "There is no warning of that name."),
    ],
)
def test_an_address_that_cannot_be_read(
    client_of: ClientOf, director: User, url: str, five: None, query: str, words: str
) -> None:
    page = client_of(director).get(url + query).content.decode()
    assert words in page
    assert page.count("exception-reason") == 5


def test_twenty_five_a_page_and_back_to_the_same_one(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    for number in range(A_PAGE + 2):
        made_at = NOW + timedelta(minutes=number)
        build.a_schedule_exception(program, reason=f"Why {number:02}", made_at=made_at)
    client = client_of(director)
    first, second = client.get(url), client.get(f"{url}?state=open&page=2")
    assert text_of(first).count("exception-reason") == A_PAGE
    assert "Page 1 of 2" in text_of(first)
    assert "?page=2" in text_of(first)
    assert text_of(second).count("exception-reason") == 2
    assert "?state=open&amp;page=2" in text_of(second)  # where a review goes
    last = ScheduleException.objects.get(made_at=NOW)
    answer = client.post(f"{review_url(last)}?state=open&page=2", {"note": ""})
    assert answer["Location"] == f"{url}?state=open&page=2"


def test_its_queries_do_not_grow(client_of: ClientOf, director: User, program: Program, url: str):
    client, counts = client_of(director), []
    for _number in range(3):
        session = build.a_session(build.a_group(program))
        change = build.a_schedule_change(program, after={"groupsession": {str(session.pk): {}}})
        enrollment = build.an_enrollment(program)
        membership = build.a_membership(build.a_group(program), enrollment)
        same = {"made_by": director, "first_on": MONDAY}
        build.a_schedule_exception(program, change=change, **same)
        build.a_schedule_exception(program, session=session, user=director, **same)
        build.a_schedule_exception(
            program, membership=membership, participant=enrollment.participant, **same
        )
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 10
