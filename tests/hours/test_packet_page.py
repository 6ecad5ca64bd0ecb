"""Asking for a review packet: who may, the usual dates, what is refused, the trail."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from hours.fuel.packet.span import approved_of, last_review, usual_authorization, usual_span
from programs.models import Enrollment, Program
from tests import build
from tests.build_episodes import an_authorization
from tests.build_trust import taken_out
from tests.hours.fuel import at_work

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is Wednesday, November 25."""
    monkeypatch.setattr(timezone, "now", lambda: build.NOW)


@pytest.fixture
def enrollment(program: Program) -> Enrollment:
    _program, enrollment, _group = at_work(program)
    return enrollment


@pytest.fixture
def url(enrollment: Enrollment) -> str:
    return f"/fuel/{enrollment.program.public_id}/packet/{enrollment.public_id}/"


def usual(enrollment: Enrollment) -> tuple[date, date]:
    authorization = usual_authorization(approved_of(enrollment), today=TODAY)
    return usual_span(enrollment, authorization, today=TODAY)


def test_who_may(
    client_of: ClientOf,
    clinician: User,
    director: User,
    billing: User,
    administrator: User,
    facilitator: User,
    stranger: User,
    url: str,
) -> None:
    for page in (url, f"{url}packet.pdf?first_on=2026-11-02&last_on=2026-11-25"):
        codes = [
            client_of(user).get(page).status_code
            for user in (clinician, director, billing, administrator, facilitator, stranger)
        ]
        assert codes == [200, 200, 200, 403, 403, 404]
        assert Client().get(page).status_code == 302


def test_the_file_and_the_trail(
    client_of: ClientOf, billing: User, enrollment: Enrollment, url: str
) -> None:
    authorization = an_authorization(enrollment)
    query = f"?first_on=2026-11-02&last_on=2026-11-25&authorization={authorization.public_id}"
    answer = taken_out(client_of(billing), f"{url}packet.pdf{query}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="review-packet.pdf"'
    assert answer["Cache-Control"] == "no-store"
    event = AuditEvent.objects.get(verb="authorization.packet_made")
    assert (event.by, event.subject_id) == (billing, enrollment.public_id)
    assert event.participant_id == enrollment.participant.public_id
    assert event.detail == {"first_on": "2026-11-02", "last_on": "2026-11-25"}


def test_nothing_is_handed_out_that_is_not_on_the_trail(
    client_of: ClientOf, director: User, url: str, audit_fails: None
) -> None:
    client = client_of(director)
    client.raise_request_exception = False
    answer = taken_out(client, f"{url}packet.pdf?first_on=2026-11-02&last_on=2026-11-25")
    assert answer.status_code == 500
    assert not answer.content.startswith(b"%PDF")


def test_the_page_names_nobody_in_its_address_or_title(
    client_of: ClientOf, director: User, enrollment: Enrollment, url: str
) -> None:
    page = client_of(director).get(url).content.decode()
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Review packet" in title
    assert "Okoye" not in title
    event = AuditEvent.objects.get(verb="participant.read")
    assert event.detail == {"page": "packet"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?first_on=&last_on=2026-11-25", "Enter the first day"),
        ("?first_on=2026-11-02&last_on=soon", "Enter a real date, like 11/23/2026"),
        ("?first_on=2026-11-20&last_on=2026-11-19", "The first day is on or before the last one"),
        ("?first_on=2026-11-02&last_on=2026-11-26", "choose Nov 25, 2026 or an earlier one"),
        ("?first_on=2026-09-01&last_on=2026-10-01", "choose Nov 2, 2026 or a later one"),
        ("?first_on=2026-09-06&last_on=2026-11-25", "choose Sep 7, 2026 or a later day"),
        (
            "?first_on=2026-11-02&last_on=2026-11-25&authorization=other",
            "Choose one of the authorizations of this episode",
        ),
    ],
)
def test_what_cannot_be_made_says_what_would_be_right(
    client_of: ClientOf, director: User, enrollment: Enrollment, url: str, query: str, said: str
) -> None:
    an_authorization(enrollment)
    client = client_of(director)
    answer = client.get(f"{url}packet.pdf{query}", follow=True)
    page = answer.content.decode()
    assert said in page
    assert "There is a problem" in page
    assert not AuditEvent.objects.filter(verb="authorization.packet_made").exists()


def test_a_bare_address_of_the_file_leads_to_the_form(
    client_of: ClientOf, director: User, url: str
) -> None:
    answer = client_of(director).get(f"{url}packet.pdf", follow=True)
    assert "Enter the first day" in answer.content.decode()


def test_the_usual_dates_begin_with_the_authorization(enrollment: Enrollment) -> None:
    assert usual(enrollment) == (build.FIRST_DAY, TODAY)
    an_authorization(enrollment, first_on="2026-11-10")
    assert usual(enrollment) == (date(2026, 11, 10), TODAY)


def test_the_usual_dates_begin_with_the_last_review(enrollment: Enrollment) -> None:
    authorization = an_authorization(enrollment, last_on="2026-12-18", next_review_on="2026-11-16")
    # It is overdue, and has not taken place.
    assert last_review(enrollment, today=TODAY) is None
    authorization.next_review_on = date(2026, 11, 30)
    authorization.save()
    assert last_review(enrollment, today=TODAY) == date(2026, 11, 16)
    assert usual(enrollment) == (date(2026, 11, 16), TODAY)


def test_the_usual_dates_are_no_more_than_twelve_weeks(enrollment: Enrollment) -> None:
    enrollment.admitted_on = date(2026, 6, 1)
    enrollment.save()
    an_authorization(enrollment, first_on="2026-06-01", last_on="2026-12-18")
    assert usual(enrollment) == (date(2026, 9, 7), TODAY)


def test_the_usual_authorization_is_in_force_and_ends_first(enrollment: Enrollment) -> None:
    over = an_authorization(enrollment, last_on="2026-11-10")
    assert usual_authorization(approved_of(enrollment), today=TODAY) == over
    an_authorization(enrollment, first_on="2026-12-01", last_on="2026-12-31")
    assert usual_authorization(approved_of(enrollment), today=TODAY) == over
    an_authorization(enrollment, unit="hour", last_on="2026-12-31")
    first = an_authorization(enrollment, first_on="2026-11-11", last_on="2026-11-30")
    assert usual_authorization(approved_of(enrollment), today=TODAY) == first


def test_after_the_last_day_the_packet_ends_there(enrollment: Enrollment) -> None:
    enrollment.discharged_on, enrollment.discharge_reason = date(2026, 11, 20), "completed"
    enrollment.memberships.update(last_on=date(2026, 11, 20))
    enrollment.save()
    assert usual(enrollment) == (build.FIRST_DAY, date(2026, 11, 20))


def test_what_has_not_begun_has_no_packet(
    client_of: ClientOf, director: User, program: Program
) -> None:
    coming = build.an_enrollment(program, admitted_on="2026-11-26")
    client = client_of(director)
    for enrollment_id in (coming.public_id, uuid.uuid4()):
        url = f"/fuel/{program.public_id}/packet/{enrollment_id}/"
        assert client.get(url).status_code == 404
