"""The seats of one person's week: what the page says, who may, what booking changes."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from groups.models import GroupMembership, GroupSession, MakeUpSeat
from hours.actions import check_weekly_hours
from hours.models import Alert
from tests import build
from tests.build import MONDAY, NOW
from tests.hours.rescuing import FRIDAY, SATURDAY, THURSDAY, a_short_week, get, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wednesday_noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def week(program):
    return a_short_week(program)


@pytest.fixture
def amara(week):
    return week.somebody()


@pytest.fixture
def url(program, amara):
    return f"/rescue/{program.public_id}/{amara.public_id}/"


def book(client, url, *sessions, **fields):
    keys = ",".join(str(each.public_id) for each in sessions)
    return client.post(f"{url}book/", {"session": keys, "week": str(MONDAY), **fields})


def test_the_fewest_seats_first_then_the_others(client_of, director, week, url):
    week.seats(free=2)
    week.seats(SATURDAY, "09:00", "10:30", name="Early")
    page = get(client_of(director), url)
    assert "Make-up seats for Amara O." in page
    assert "<title>Make-up seats · Prairie Clinic</title>" in page
    assert "3 h short. 1 seat is enough." in page
    needed, others = page.split("Other open seats")
    assert "Fri Skills 1:00 PM" in needed
    assert "1:00 PM to 4:00 PM · Skills room · 2 seats free" in needed
    assert "adds 3 h: 9 h of 9 h" in needed
    assert "Sat Early 9:00 AM" in others
    assert "adds 1 h 30 min: 7 h 30 min of 9 h" in others
    assert "Okoye" not in page


def test_several_that_are_needed_are_booked_together(client_of, director, week, url, amara):
    pair = [
        week.seats(SATURDAY, "09:00", "10:30", name="A"),
        week.seats(SATURDAY, "11:00", "12:30", name="B"),
    ]
    client = client_of(director)
    page = get(client, url)
    assert "2 seats are enough" in page
    (keys,) = re.findall(r'name="session" value="([^"]+,[^"]+)"', page)
    answer = client.post(f"{url}book/", {"session": keys, "week": str(MONDAY)})
    assert answer.url == f"/hours/{week.program.public_id}/?week={MONDAY}#row-{amara.public_id}"
    assert {seat.session for seat in MakeUpSeat.objects.all()} == set(pair)
    assert "2 seats are booked." in words_of(client.get(answer.url))


def test_booked_and_on_track_and_the_alert_follows(client_of, director, week, url, amara):
    session = week.seats()
    check_weekly_hours(now=NOW, by=None)
    alerts = Alert.objects.open().filter(kind="recoverable", week_on=MONDAY)
    assert alerts.count() == 1
    client = client_of(director)
    answer = book(client, url, session, makes_up=str(week.monday.public_id))
    assert answer.status_code == 302
    seat = MakeUpSeat.objects.get()
    assert (seat.enrollment, seat.booked_by, seat.makes_up) == (amara, director, week.monday)
    assert not alerts.exists()
    assert AuditEvent.objects.get(verb="weekly_hours.seats_booked").detail == {
        "weeks": [str(MONDAY)],
        "seats": 1,
        "people": 1,
    }
    page = get(client, url)
    assert "Tight" in page
    assert "makes up for Mon Core 9:00 AM" in page

    answer = client.post(f"{url}{seat.public_id}/give-back/")
    assert answer.url == f"{url}?week={MONDAY}"
    assert MakeUpSeat.objects.get().released_by == director
    assert alerts.count() == 1
    assert "The seat is given back." in get(client, answer.url)


def test_one_of_two_that_are_needed_stays_on_the_page(client_of, director, week, url):
    one = week.seats(SATURDAY, "09:00", "10:30", name="A")
    week.seats(SATURDAY, "11:00", "12:30", name="B")
    client = client_of(director)
    answer = book(client, url, one)
    assert answer.url == f"{url}?week={MONDAY}"
    page = get(client, answer.url)
    assert "1 seat is booked." in page
    assert "1 h 30 min short. 1 seat is enough." in page


def test_all_or_none_and_says_which(client_of, director, week, url, program):
    one, other = (
        week.seats(SATURDAY, "09:00", "10:30", name="A"),
        week.seats(SATURDAY, "11:00", "12:30", name="B"),
    )
    build.a_make_up_seat(other, build.an_enrollment(program))
    client = client_of(director)
    answer = book(client, url, one, other)
    page = get(client, answer.url)
    assert "Sat B 11:00 AM: The last seat has been taken" in page
    assert MakeUpSeat.objects.count() == 1
    assert not AuditEvent.objects.filter(verb__startswith="make_up").exists()


def test_where_nothing_reaches_it_it_says_so(client_of, director, week, url):
    client = client_of(director)
    assert "3 h short, and no open seat fits." in get(client, url)
    week.seats(SATURDAY, "09:00", "10:30")
    page = get(client, url)
    assert "3 h short. The best open seat leaves 1 h 30 min short." in page
    assert "The best there is" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?week=2026-11-16", "The week is over"),
        ("?week=2026-10-19", "They are not enrolled in this week"),
        ("?week=2025-11-17", "No rule covers this week"),
        ("?week=2026-11-30", "short, and no open seat fits"),
        ("?week=soon", "This is not a date"),
    ],
)
def test_other_weeks(client_of, director, url, query, words):
    assert words in get(client_of(director), url + query)


def test_an_exempt_week_needs_none(client_of, director, week, url, amara):
    build.a_leave(amara.participant, MONDAY, MONDAY)
    week.seats()
    page = get(client_of(director), url)
    assert "not held to the minimum" in page
    assert "Other open seats" in page


@pytest.mark.parametrize(
    "sent", [{}, {"session": "x"}, {"session": "1,2"}, {"makes_up": "x"}, {"week": "x"}]
)
def test_what_cannot_be_read_books_nothing(client_of, director, week, url, sent):
    answer = client_of(director).post(f"{url}book/", {**sent})
    assert answer.status_code == 302
    assert not MakeUpSeat.objects.exists()


def test_sessions_of_others_are_not_found(client_of, director, url, stranger):
    elsewhere = build.a_session(build.a_group(), FRIDAY, "13:00", "16:00")
    assert book(client_of(director), url, elsewhere).status_code == 404
    assert client_of(stranger).get(url).status_code == 404
    assert book(client_of(stranger), url, elsewhere).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("administrator", 200), ("clinician", 200), ("facilitator", 403), ("billing", 403)],
)
def test_who_may(client_of, request, week, url, who, status):
    client = client_of(request.getfixturevalue(who))
    assert client.get(url).status_code == status
    session = week.seats()
    assert book(client, url, session).status_code == (302 if status == 200 else 403)
    assert MakeUpSeat.objects.exists() is (status == 200)


def test_reading_it_is_on_the_trail(client_of, director, url, amara):
    client_of(director).get(url)
    line = AuditEvent.objects.get(verb="participant.read")
    assert line.participant_id == amara.participant.public_id
    assert line.detail == {"page": "rescue"}


def test_another_persons_seat_is_not_given_back_here(client_of, director, week, url):
    seat = build.a_make_up_seat(week.seats(), week.somebody("Ben"))
    assert client_of(director).post(f"{url}{seat.public_id}/give-back/").status_code == 404
    assert MakeUpSeat.objects.held().exists()


def test_a_seat_that_stays_says_why(client_of, director, week, url, amara):
    session = week.seats()
    seat = build.a_make_up_seat(session, amara)
    build.a_record(session, amara.participant, absence="excused")
    client = client_of(director)
    page = get(client, url)
    assert "on record in this session already" in page
    assert "Give back" not in page
    answer = client.post(f"{url}{seat.public_id}/give-back/")
    assert "on record in this session already" in get(client, answer.url)


def test_a_fragment_for_the_row_of_the_board(client_of, director, week, url):
    week.seats()
    page = words_of(client_of(director).get(url, headers={"HX-Request": "true"}))
    assert page.startswith('<div class="stack rescue" id="rescue">')
    assert "csrfmiddlewaretoken" in page


def test_queries_do_not_grow(client_of, director, week, url, amara):
    client = client_of(director)
    counts = []
    for number in range(3):
        week.seats(SATURDAY, f"{9 + number:02}:00", f"{9 + number:02}:30", name=f"Open {number}")
        held = week.seats(THURSDAY, f"{13 + number}:00", f"{13 + number}:30", name=f"Held {number}")
        build.a_make_up_seat(held, amara, makes_up=week.monday)
        week.somebody(f"Ben{number}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            get(client, url)
        counts.append(len(queries))
    assert counts[0] == counts[2]
    assert GroupMembership.objects.count() == 4
    assert GroupSession.objects.count() == 9
