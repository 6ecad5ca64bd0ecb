"""The proposal for a whole program: shown, booked all or none, and proposed anew."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from groups.models import MakeUpSeat
from tests import build
from tests.build import MONDAY, NOW
from tests.hours.rescuing import SATURDAY, a_short_week, get, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wednesday_noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def week(program):
    return a_short_week(program)


@pytest.fixture
def url(program):
    return f"/rescue/{program.public_id}/"


def pairs(page: str) -> list[str]:
    return re.findall(r'name="pair" value="([^"]+)"', page)


def book(client, url, sent):
    return client.post(f"{url}book/", {"pair": sent, "week": str(MONDAY)})


def test_the_most_people_and_who_is_left(client_of, director, week, url):
    week.seats(free=1)
    week.seats(SATURDAY, free=1, name="Saturday")
    people = [week.somebody(name) for name in ("Amara", "Ben", "Carla")]
    build.an_order(week.somebody("Dev"), 1_500)
    page = get(client_of(director), url)
    assert "Free seats bring 2 of 4 people to their hours" in page
    assert "No choice of seats brings more people, and none brings as many with fewer" in page
    assert "6 h of 9 h" in page
    assert "9 h of 9 h" in page
    assert "1 of 1 free seat" in page
    assert "Every free seat that fits leaves them 13 h short." in page
    assert "The seats that fit go to others, so that more people" in page
    assert len(pairs(page)) == 2
    assert len({pair.partition(":")[0] for pair in pairs(page)}) == 2
    assert "Okoye" not in page
    assert len(people) == 3


def test_booked_all_at_once(client_of, director, week, url):
    week.seats(free=2)
    for name in ("Amara", "Ben"):
        week.somebody(name)
    client = client_of(director)
    answer = book(client, url, pairs(get(client, url)))
    assert answer.url == f"/hours/{week.program.public_id}/?week={MONDAY}"
    assert MakeUpSeat.objects.held().count() == 2
    assert AuditEvent.objects.get(verb="weekly_hours.seats_booked").detail["people"] == 2
    assert "2 seats are booked." in words_of(client.get(answer.url))
    assert "Nobody is short." in get(client, url)


def test_one_has_gone_and_none_is_booked(client_of, director, week, url, program):
    gone, _other = week.seats(free=1), week.seats(SATURDAY, free=1, name="Saturday")
    for name in ("Amara", "Ben"):
        week.somebody(name)
    client = client_of(director)
    sent = pairs(get(client, url))
    build.a_make_up_seat(gone, build.an_enrollment(program, admitted_on="2026-11-23"))
    answer = book(client, url, sent)
    assert answer.status_code == 409
    page = words_of(answer)
    assert "No seat is booked." in page
    assert "Fri Skills 1:00 PM: The last seat has been taken" in page
    assert "Free seats bring 1 of" in page
    assert len(pairs(page)) == 1
    assert MakeUpSeat.objects.count() == 1


def test_nothing_is_held_by_looking(client_of, director, week, url):
    week.seats()
    week.somebody()
    get(client_of(director), url)
    assert not MakeUpSeat.objects.exists()
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {"participant.read"}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?week=2026-11-16", "This week is over."),
        ("?week=2025-11-17", "No rule covers this week."),
        ("?week=soon", "This is not a date"),
        ("", "Nobody is short."),
    ],
)
def test_empty_states(client_of, director, week, url, query, words):
    assert words in get(client_of(director), url + query)


def test_no_seat_helps(client_of, director, week, url):
    week.somebody()
    page = get(client_of(director), url)
    assert "No free seat helps." in page
    assert "No free seat fits; 3 h short." in page
    assert "Book these seats" not in page


@pytest.mark.parametrize("sent", [[], ["x"], ["x:y"], ["1:2", ":"]])
def test_what_cannot_be_read_books_nothing(client_of, director, week, url, sent):
    week.somebody()
    week.seats()
    answer = book(client_of(director), url, sent)
    assert answer.status_code == 422
    assert "This could not be read whole" in words_of(answer)
    assert not MakeUpSeat.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("administrator", 200),
        ("clinician", 200),
        ("facilitator", 403),
        ("billing", 403),
        ("stranger", 404),
    ],
)
def test_who_may(client_of, request, week, url, who, status):
    client = client_of(request.getfixturevalue(who))
    assert client.get(url).status_code == status
    person, session = week.somebody(), week.seats()
    sent = [f"{person.public_id}:{session.public_id}"]
    assert book(client, url, sent).status_code == (302 if status == 200 else status)
    assert MakeUpSeat.objects.exists() is (status == 200)


def test_queries_do_not_grow(client_of, director, week, url):
    client = client_of(director)
    counts = []
    for number in range(3):
        week.seats(
            SATURDAY, f"{9 + 3 * number:02}:00", f"{12 + 3 * number}:00", name=f"Open {number}"
        )
        week.somebody(f"Ben{number}")
        with CaptureQueriesContext(connection) as queries:
            get(client, url)
        counts.append(len(queries))
    assert counts[0] == counts[2]
