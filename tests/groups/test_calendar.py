"""The week calendar: who may see what of it, and what it says."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from programs.models import Role
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
    assert "11 free" in page


def test_a_full_session_says_so(read, director, session):
    session.group.capacity = 1
    session.group.save()
    page = read(director)
    assert '<span class="seats is-full">' in page
    assert "full</span>" in page


@pytest.mark.parametrize("who", ["director", "clinician"])
def test_those_who_plan_are_led_to_the_sessions_page_and_may_move_it(request, read, session, who):
    page = read(request.getfixturevalue(who))
    place = f"/sessions/{session.group.program.public_id}/"
    assert f'href="{place}{session.public_id}/"' in page
    assert f'data-move="{place}{session.public_id}/move/"' in page
    assert f'href="{place}add/"' in page
    assert f'href="/schedule/{session.group.program.public_id}/groups/new/"' in page
    assert f'href="/closures/{session.group.program.public_id}/"' in page
    its_own, _, _ = page.partition('id="sign-out-warning"')
    assert its_own.count("btn-primary") == 1
    assert '<dialog id="move-dialog"' in its_own


def test_a_facilitator_is_led_to_the_sheet_others_to_the_group(
    read, session, facilitator, administrator, billing
):
    program = session.group.program.public_id
    assert f'href="/sheet/{program}/{session.public_id}/"' in read(facilitator)
    for user in (facilitator, administrator, billing):
        page = read(user)
        assert (f"/groups/{program}/{session.group.public_id}/" in page) is (user != facilitator)
        assert not any(
            word in page for word in ("data-move", "move-dialog", "New group", "Closures", "/add/")
        )


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


def test_a_withdrawn_session_is_not_shown(read, director, session):
    session.status = "withdrawn"
    session.save()
    assert "Process A" not in read(director)


def test_a_closed_day_says_why_and_what_falls_away(read, director, administrator, session):
    program = session.group.program
    closure = build.a_closure(program, reason="Staff training day")
    build.a_session(session.group, "2026-11-26", status="cancelled", cancelled_for=closure)
    page = read(director)
    assert "<strong>Staff training day.</strong> 1 session falls away." in page
    assert "closed Thu Nov 26" in page
    assert f'href="/sessions/{program.public_id}/add/?held_on=2026-11-26"' in page
    assert "?held_on=" not in read(administrator)


def test_a_cancelled_session_is_struck_and_holds_no_seats(read, director, session):
    session.status, session.cancelled_reason = "cancelled", "Facilitator ill"
    session.save()
    page = read(director)
    assert "is-off" in page
    assert "/move/" not in page
    assert 'Cancelled<span class="off-more">: Facilitator ill</span>' in page
    assert "seats taken" not in page


def test_a_session_that_was_combined_says_with_which(read, director, session):
    other = build.a_session(build.a_group(session.group.program, name="Process B"))
    session.status, session.combined_into = "cancelled", other
    session.save()
    assert ": its people are in Process B</span>" in read(director)


def test_a_session_on_a_closed_day_stays_visible(read, director, session):
    build.a_closure(session.group.program, first_on=build.MONDAY, last_on=build.MONDAY)
    page = read(director)
    assert "Process A" in page
    assert "Closed · 1 session" in page
    assert "Holiday</p>" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?week=2026-13-45", "This is not a date"),
        ("?week=1815-06-18", "Weeks begin in 2000 here."),
        ("?view=day&day=someday", "This is not a date"),
        ("?view=month", "There is no view of that name."),
        ("?kind=dance", "There is no kind of group of that name."),
        ("?room=cellar", "This room does not exist."),
        ("?who=me", "This facilitator does not exist."),
        ("?group=us", "This group does not exist."),
        ("?site=here", "This site does not exist."),
        ("?programs=each", "You work in no such program."),
        ("?programs=0b6b3f0e-0f2c-4c7e-9a51-6f6f0f7e2a11", "You work in no such program."),
    ],
)
def test_bad_input_gets_words(read, director, session, query, words):
    assert words in read(director, query)


def test_filters_narrow_the_week_and_stay_in_the_links(read, director, session, room):
    other = build.a_group(session.group.program, name="Skills B", kind="skills")
    build.a_session(other, "2026-11-24")
    page = read(director, f"{WEEK}&kind=process&room={room.public_id}")
    assert page.count('class="block ') == 1
    assert '<span class="name">Process A</span>' in page
    assert f"week=2026-11-30&amp;room={room.public_id}&amp;kind=process" in page
    assert '<option value="process" selected>Process</option>' in page


@pytest.mark.parametrize("name", ["who", "group", "room", "kind"])
def test_each_filter_picks_its_sessions(read, director, session, facilitator, room, name):
    build.a_session(build.a_group(session.group.program, kind="family"), "2026-11-24")
    picked = {
        "who": facilitator.public_id,
        "group": session.group.public_id,
        "room": room.public_id,
        "kind": "process",
    }
    page = read(director, f"{WEEK}&{name}={picked[name]}")
    assert page.count('class="block ') == 1
    assert '<span class="name">Process A</span>' in page
    assert f'<option value="{picked[name]}" selected>' in page


def test_a_filter_that_fits_nothing_says_so(read, director, session):
    page = read(director, f"{WEEK}&kind=family")
    assert "No session fits." in page
    assert '<option value="family" selected>Family</option>' in page
    assert 'class="block ' not in page


def test_what_was_picked_and_is_gone_can_be_given_up(read, director, session):
    gone = build.a_room(session.group.program.site)
    page = read(director, f"{WEEK}&room={gone.public_id}")
    assert f'<option value="{gone.public_id}" selected>Not in this week</option>' in page


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
    # A week that no today is in: today has its column on a Saturday too.
    week = "?week=2026-11-16"
    build.a_session(session.group, "2026-11-16")
    assert "Sat Nov 21" not in read(director, week)
    build.a_session(session.group, "2026-11-21")
    assert "Sat Nov 21" in read(director, week)


@pytest.mark.parametrize(
    ("day", "week"), [("2026-11-01", "2026-10-26"), ("2026-03-08", "2026-03-02")]
)
def test_in_the_weeks_the_clocks_change_times_are_the_walls(read, director, session, day, week):
    build.a_session(session.group, day, "09:00", "10:30")
    page = read(director, f"?week={week}")
    assert f"Sun {'Nov 1' if day == '2026-11-01' else 'Mar 8'}" in page
    assert 'class="block k-process t5 s6 ' in page


def test_a_director_of_this_program_only_is_not_asked_which(read, director, session):
    assert 'id="f-programs"' not in read(director)
    build.an_assignment(director, build.a_program(name="Day PHP"), Role.BILLING)
    page = read(director)
    assert '<option value="all">All programs</option>' in page
    assert "Day PHP</option>" in page
