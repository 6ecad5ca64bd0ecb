"""The week calendar: who may see what of it, what it says, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs.models import GroupKind, Role
from tests import build

pytestmark = pytest.mark.django_db
WEEK = "?week=2026-11-23"


@pytest.fixture
def room(program):
    return build.a_room(program.site, name="Harbor room")


@pytest.fixture
def session(program, facilitator, room):
    group = build.a_group(program, name="Process A", kind="process")
    build.a_membership(group)
    return build.a_session(group, facilitators=[facilitator], room=room)


@pytest.fixture
def read(client_of, program):
    """Return a function that reads the calendar of the week of MONDAY."""

    def page(user, query=WEEK):
        answer = client_of(user).get(f"/calendar/{program.public_id}/{query}")
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def test_a_block_says_all_it_must(read, director, session):
    page = read(director)
    assert "November 23 to 29" in page
    assert "1 session in 1 room · Chicago time" in page
    assert "<title>Calendar · Prairie Clinic</title>" in page
    assert 'class="block k-process t5 s12 lane-1 of-1 ' in page
    for word in ("Process A", ", Process", "9:00", "12:00", "Harbor room", "Marlow", "FM"):
        assert word in page
    assert '1<span aria-hidden="true">/</span>' in page


def test_those_who_may_mark_are_led_to_the_sheet(read, session, director, clinician, facilitator):
    sheet = f"/sheet/{session.group.program.public_id}/{session.public_id}/"
    assert all(sheet in read(user) for user in (director, clinician, facilitator))


def test_others_are_led_to_the_group(read, session, administrator, billing):
    group = f"/groups/{session.group.program.public_id}/{session.group.public_id}/"
    for user in (administrator, billing):
        page = read(user)
        assert group in page
        assert "/sheet/" not in page


def test_a_facilitator_sees_only_what_they_lead(read, facilitator, session):
    build.a_session(
        build.a_group(session.group.program, name="Not mine"), build.MONDAY, "13:00", "14:00"
    )
    page = read(facilitator)
    assert "Process A" in page
    assert "Not mine" not in page
    assert "Your sessions." in page
    assert 'id="f-who"' not in page


def test_who_once_led_it_does_not_see_it(read, facilitator, session):
    session.facilitations.update(is_former=True)
    assert "Process A" not in read(facilitator)


def test_who_may_not(client_of, stranger, program, session, director):
    url = f"/calendar/{program.public_id}/"
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(director).post(url).status_code == 405
    assert Client().get(url).status_code == 302


def test_a_session_of_another_program_is_not_shown(read, director, session):
    build.a_session(build.a_group(name="Elsewhere"))
    assert "Elsewhere" not in read(director)


def test_a_closed_day_says_why_and_what_falls_away(read, director, session):
    closure = build.a_closure(session.group.program, reason="Staff training day")
    build.a_session(session.group, "2026-11-26", status="cancelled", cancelled_for=closure)
    page = read(director)
    assert "<strong>Staff training day.</strong> 1 session falls away." in page
    assert "closed Thu Nov 26" in page


def test_a_cancelled_session_is_struck_and_holds_no_seats(read, director, session):
    session.status = "cancelled"
    session.save()
    page = read(director)
    assert "is-off" in page
    assert "/sheet/" not in page
    assert "Cancelled" in page
    assert "seats taken" not in page


def test_a_session_on_a_closed_day_stays_visible(read, director, session):
    build.a_closure(session.group.program, first_on=build.MONDAY, last_on=build.MONDAY)
    page = read(director)
    assert "Process A" in page
    assert "Closed · 1 session" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?week=2026-13-45", "This is not a date"),
        ("?week=1815-06-18", "Weeks begin in 2000 here."),
        ("?kind=dance", "There is no kind of group of that name."),
        ("?room=cellar", "This room does not exist."),
        ("?who=me", "This facilitator does not exist."),
    ],
)
def test_bad_input_gets_words(read, director, session, query, words):
    assert words in read(director, query)


def test_filters_narrow_the_week_and_stay_in_the_links(read, director, session, room):
    other = build.a_group(session.group.program, name="Skills B", kind="skills")
    build.a_session(other)
    page = read(director, f"{WEEK}&kind=process&room={room.public_id}")
    assert "Process A" in page
    assert "Skills B" not in page
    assert f"week=2026-11-30&amp;kind=process&amp;room={room.public_id}" in page
    assert '<option value="process" selected>Process</option>' in page


def test_a_filter_that_fits_nothing_says_so(read, director, session):
    page = read(director, f"{WEEK}&kind=family")
    assert "No session fits." in page
    assert "Process A" not in page


def test_an_empty_week_says_what_to_do(read, director, program):
    page = read(director)
    assert "No session in this week." in page
    assert f"/groups/{program.public_id}/" in page


def test_now_is_a_line_in_todays_column(read, director, program):
    now = timezone.now().astimezone(program.zone)
    if 1 <= now.hour <= 22:
        build.a_session(build.a_group(program), now.date(), "00:30", "23:45")
        page = read(director, "")
        assert "now-line t" in page
        assert "is-live" in page


def test_a_weekend_day_gets_a_column_only_when_something_is_on(read, director, session):
    assert "Sat Nov 28" not in read(director)
    build.a_session(session.group, "2026-11-28")
    assert "Sat Nov 28" in read(director)


def test_in_the_week_the_clocks_go_back_times_are_the_walls(read, director, session):
    build.a_session(session.group, "2026-11-01", "09:00", "10:30")
    page = read(director, "?week=2026-10-26")
    assert "Sun Nov 1" in page
    assert 'class="block k-process t5 s6 ' in page


def test_twelve_queries_at_most_however_many_sessions(client_of, director, program, session):
    client, url = client_of(director), f"/calendar/{program.public_id}/{WEEK}"
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    kinds = [kind for kind in GroupKind.values if kind != "individual"]
    for number in range(20):
        group = build.a_group(program, kind=kinds[number % len(kinds)])
        day = build.MONDAY + timedelta(days=number % 5)
        who = build.a_colleague(program, Role.FACILITATOR)
        build.a_session(group, day, facilitators=[who], room=build.a_room(program.site))
    with CaptureQueriesContext(connection) as many:
        page = client.get(url).content.decode()
    assert page.count('class="block ') == 21
    assert len(many) == len(one) <= 12
