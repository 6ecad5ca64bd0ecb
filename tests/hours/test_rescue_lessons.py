"""Lessons that people are missing, beside the make-up seats that would give them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from curriculum.models import Lesson
from hours.rescue.fewest import fewest_seats
from hours.rescue.lessons import LessonOffer, teaches_words, to_make_up_words
from tests import build
from tests.build import MONDAY, NOW
from tests.build_curriculum import a_waiver, planned, taught
from tests.hours.facts import a_seat
from tests.hours.rescue import BUSY, SEATS, SHORT, ways
from tests.hours.rescuing import FRIDAY, SATURDAY, THURSDAY, a_short_week, get

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wednesday_noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def week(program):
    return a_short_week(program)


@pytest.fixture
def amara(week):
    """Three hours short: she missed Monday, and with it a lesson on sleep."""
    return week.somebody()


@pytest.fixture
def sleep(week) -> Lesson:
    lesson = build.a_lesson(week.program, name="Sleep", minutes=60, is_core=True)
    taught(week.monday, lesson)
    return lesson


@pytest.fixture
def url(program, amara):
    return f"/rescue/{program.public_id}/{amara.public_id}/"


def met(week, name: str = "Mina"):
    """Somebody who was there on Monday, for whom nothing is short."""
    enrollment = build.an_enrollment(
        week.program, build.a_participant(first_name=name, last_name="Rey")
    )
    build.a_membership(week.core, enrollment)
    build.a_presence(build.a_record(week.monday, enrollment.participant), "09:00-12:00")
    return enrollment


def board(program) -> str:
    return f"/hours/{program.public_id}/"


def test_a_seat_says_what_it_would_teach(client_of, director, week, url, sleep):
    planned(week.seats(), sleep)
    triggers = build.a_lesson(week.program, name="Triggers", is_core=False)
    planned(week.seats(SATURDAY, "09:00", "10:00", name="Other"), triggers)
    page = get(client_of(director), url)
    assert "teaches Sleep, which they missed on Mon Nov 23" in page
    assert "teaches Triggers, which they have not had" in page
    assert f"/coverage/{week.program.public_id}/person/" in page
    assert "1 lesson to make up</a>: Sleep" in page


def test_not_what_they_have_had_or_need_not(client_of, director, week, url, sleep, amara):
    planned(week.seats(), sleep)
    a_waiver(amara, sleep)
    page = get(client_of(director), url)
    assert "teaches" not in page
    assert "to make up" not in page


def test_not_what_comes_in_a_session_of_their_own(client_of, director, week, url, sleep):
    planned(week.seats(), sleep)
    planned(week.core.sessions.get(held_on=THURSDAY), sleep)
    assert "teaches" not in get(client_of(director), url)


def test_not_after_they_leave(client_of, director, week, url, sleep, amara):
    planned(week.seats(), sleep)
    amara.planned_discharge_on = THURSDAY
    amara.save()
    assert "teaches" not in get(client_of(director), url)


def test_of_equal_seats_the_one_that_teaches_comes_first(client_of, director, week, url, sleep):
    week.seats(THURSDAY, "13:00", "16:00", name="Earlier")
    planned(week.seats(FRIDAY, "13:00", "16:00", name="Later"), sleep)
    week.seats(SATURDAY, "09:00", "10:00", name="Short")
    needed, others = get(client_of(director), url).split("Other open seats")
    assert "Fri Later" in needed
    assert "Thu Earlier" in others
    page = get(client_of(director), board(week.program))
    assert "Fri Later" in page.split("Seats that save the week", maxsplit=1)[0]


def test_a_shorter_one_never_wins_for_its_lesson(client_of, director, week, url, sleep):
    week.seats(FRIDAY, "13:00", "16:00", name="Enough")
    planned(week.seats(SATURDAY, "09:00", "10:00", name="Teaches"), sleep)
    needed = get(client_of(director), url).split("Other open seats")[0]
    assert "Fri Enough" in needed
    assert "Sat Teaches" not in needed


def test_whoever_has_their_hours_has_a_quiet_line(client_of, director, week):
    enrollment = met(week)
    for name in ("Sleep", "Triggers"):
        lesson = build.a_lesson(week.program, name=name, is_core=True)
        planned(week.seats(name=name), lesson)
    page = get(client_of(director), board(week.program))
    person = enrollment.participant.public_id
    assert f'href="/coverage/{week.program.public_id}/person/{person}/"' in page
    assert "2 lessons to make up" in page
    page = get(client_of(director), f"/rescue/{week.program.public_id}/{enrollment.public_id}/")
    assert "No seat is needed" in page
    assert "2 lessons to make up</a>: Sleep and Triggers" in page


def test_an_elective_makes_no_line(client_of, director, week):
    met(week)
    planned(week.seats(), build.a_lesson(week.program, is_core=False))
    assert "to make up" not in get(client_of(director), board(week.program))


def test_no_free_seat_makes_no_line(client_of, director, week, amara):
    met(week)
    session = week.seats(free=1)
    planned(session, build.a_lesson(week.program, is_core=True))
    build.a_make_up_seat(session, amara)
    assert "to make up" not in get(client_of(director), board(week.program))


def test_billing_hears_nothing_of_lessons(client_of, billing, week):
    met(week)
    planned(week.seats(), build.a_lesson(week.program, is_core=True))
    assert "to make up" not in get(client_of(billing), board(week.program))


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as made:
        get(client, url)
    return len(made)


def test_four_statements_more_whatever_the_numbers(client_of, director, week, url):
    client = client_of(director)
    met(week)
    for number, address in enumerate((board(week.program), url)):
        bare = queries(client, address)
        session = week.seats(name=f"Free {number}")
        seats = queries(client, address)
        planned(session, build.a_lesson(week.program, is_core=True))
        once = queries(client, address)
        for name in ("A", "B", "C"):
            met(week, f"{name}{number}")
            planned(week.seats(name=f"{name}{number}"), build.a_lesson(week.program, is_core=True))
        assert queries(client, address) == once
        assert once - bare <= 5
        assert once - seats <= 3


@given(seats=SEATS, busy=BUSY, short=SHORT, lessons=st.lists(st.integers(0, 2), min_size=6))
def test_as_few_minutes_as_ever_and_of_those_the_most_lessons(seats, busy, short, lessons):

    giving = [replace(seat, lessons=n) for seat, n in zip(seats, lessons, strict=False)]
    plain = fewest_seats(seats, short=short, busy=busy)
    found = fewest_seats(giving, short=short, busy=busy)
    assert (len(found.seats), found.minutes) == (len(plain.seats), plain.minutes)
    if found.reaches:
        alike = [
            sum(seat.lessons for seat in chosen)
            for chosen in ways(giving, busy)
            if (len(chosen), sum(seat.net for seat in chosen)) == (len(found.seats), found.minutes)
        ]
        assert sum(seat.lessons for seat in found.seats) == max(alike)


def test_words():
    had = LessonOffer("Sleep", is_core=True, missed_on=MONDAY)
    assert teaches_words([had]) == ("teaches Sleep, which they missed on Mon Nov 23",)
    assert to_make_up_words({}) == ""
    seats = (a_seat(3, 9, 60).session_id, a_seat(4, 9, 60).session_id)
    assert to_make_up_words(dict.fromkeys(seats, (had,))) == "1 lesson to make up"
