"""The calendar's other views: one day, its rooms, and all programs together."""

from __future__ import annotations

import pytest

from programs.models import Role
from tests import build

pytestmark = pytest.mark.django_db
MONDAY = "day=2026-11-23"


@pytest.fixture
def room(program):
    return build.a_room(program.site, name="Harbor room", capacity=9)


@pytest.fixture
def session(program, facilitator, room):
    group = build.a_group(program, name="Process A", kind="process")
    return build.a_session(group, facilitators=[facilitator], room=room)


@pytest.fixture
def denver():
    """Another program, of a site an hour behind."""
    site = build.a_site(name="Denver site", timezone="America/Denver")
    return build.a_program(site, code="denver", name="Denver IOP")


@pytest.fixture
def open_at(client_of, program):
    """Return a function that asks for the calendar."""
    return lambda user, query: client_of(user).get(f"/calendar/{program.public_id}/?{query}")


@pytest.fixture
def read(open_at):
    """Return a function that reads the calendar."""

    def page(user, query):
        answer = open_at(user, query)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def column_of(page: str, title: str) -> str:
    """Return the part of the page that is the column of that title."""
    columns = page.split('<section class="day ')[1:]
    return next(part for part in columns if f">{title}<" in part)


def test_a_day_is_one_column_with_its_neighbors_and_its_week_a_click_away(read, director, session):
    build.a_session(session.group, "2026-11-24")
    page = read(director, f"view=day&{MONDAY}")
    assert "<h1>Monday, November 23</h1>" in page
    assert page.count('<section class="day ') == 1
    assert page.count('class="block ') == 1
    assert 'data-day="2026-11-23"' in page
    assert 'href="?view=day&amp;day=2026-11-22"' in page
    assert 'href="?view=day&amp;day=2026-11-24"' in page
    assert 'aria-label="Friday, November 27"' in page
    assert 'href="?week=2026-11-23"' in page or 'href="?"' in page
    assert f'href="?view=rooms&amp;{MONDAY}"' in page
    assert "add/?held_on=2026-11-23" in page


def test_without_a_day_it_is_the_first_of_the_week_asked(read, director, session):
    assert "<h1>Monday, March 2</h1>" in read(director, "view=day&week=2026-03-02")


def test_a_day_without_sessions_says_so(read, director, session):
    page = read(director, "view=day&day=2026-11-24")
    assert "No session on this day." in page
    assert "0 sessions" in page


def test_a_closed_day_is_shut_in_the_rooms_view_too(read, director, session):
    build.a_closure(session.group.program, reason="Flood")
    for view in ("day", "rooms"):
        page = read(director, f"view={view}&day=2026-11-26")
        assert "<strong>Flood.</strong> No session was planned." in page
        assert "closed · Chicago time" in page


def test_filters_keep_the_view_and_the_day(read, director, session):
    page = read(director, f"view=day&{MONDAY}&kind=process")
    assert '<input type="hidden" name="view" value="day">' in page
    assert '<input type="hidden" name="day" value="2026-11-23">' in page
    assert f'href="?view=day&amp;{MONDAY}">Show everything' in page


def test_each_room_has_a_column_and_those_without_one_have_theirs(read, director, session, room):
    build.a_room(session.group.program.site, name="Loft")
    build.a_room(build.a_site(), name="Not here")
    page = read(director, f"view=rooms&{MONDAY}")
    harbor = column_of(page, "Harbor room")
    assert f'data-room="{room.public_id}"' in harbor
    assert "9 seats · 1 session" in harbor
    assert "Process A" in harbor
    assert "No session" in column_of(page, "Loft")
    assert "Not here" not in page
    assert "No room" not in page
    build.a_session(build.a_group(session.group.program, name="Walk"), starts="13:00", ends="14:00")
    nowhere = column_of(read(director, f"view=rooms&{MONDAY}"), "No room")
    assert "Walk" in nowhere
    assert 'data-room=""' in nowhere


def test_a_room_is_busy_with_what_one_may_not_see(read, director, program, room, session):
    other = build.a_program(program.site, name="Day PHP")
    build.a_session(
        build.a_group(other, name="Their group"), starts="13:00", ends="14:00", room=room
    )
    page = read(director, f"view=rooms&{MONDAY}")
    assert "Their group" not in page
    assert '<li class="block is-busy t21 s4 lane-1 of-1">' in column_of(page, "Harbor room")
    assert '<span class="name">Busy</span>' in page
    build.an_assignment(director, other, Role.BILLING)
    page = read(director, f"view=rooms&{MONDAY}")
    assert '<span class="name">Their group</span>' in page
    assert "is-busy" in page


def test_a_facilitator_is_not_told_who_else_has_the_room(read, facilitator, session, room):
    build.a_session(build.a_group(session.group.program), starts="13:00", ends="14:00", room=room)
    page = read(facilitator, f"view=rooms&{MONDAY}")
    assert '<span class="name">Busy</span>' in page


def test_what_is_picked_besides_rooms_hides_what_others_do(read, director, session, room):
    other = build.a_group(build.a_program(session.group.program.site))
    build.a_session(other, starts="13:00", ends="14:00", room=room)
    build.a_room(session.group.program.site, name="Loft")
    assert "is-busy" in read(director, f"view=rooms&{MONDAY}&room={room.public_id}")
    page = read(director, f"view=rooms&{MONDAY}&room={room.public_id}&kind=process")
    assert "is-busy" not in page
    assert ">Loft</h2>" not in page


def test_all_programs_stand_together_each_on_its_own_clock(read, director, session, denver):
    build.an_assignment(director, denver, Role.CLINICIAN)
    west = build.a_session(build.a_group(denver, name="Skills W"), starts="09:00", ends="10:00")
    build.a_session(build.a_group(name="Elsewhere"))
    assert "Skills W" not in read(director, "week=2026-11-23")
    page = read(director, "week=2026-11-23&programs=all")
    assert '<option value="all" selected>All programs</option>' in page
    assert "2 sessions in 1 room · each site’s own time: Chicago, Denver" in page
    assert f'id="session-{west.public_id}"' in page
    assert 'class="block k-skills t5 s4 lane-1 of-2 ' in page
    assert '<span class="place">Denver IOP · Denver time</span>' in page
    assert f'data-move="/sessions/{denver.public_id}/{west.public_id}/move/"' in page
    assert "Elsewhere" not in page
    assert "week=2026-11-30&amp;programs=all" in page


def test_programs_on_the_same_clock_say_so_once(read, director, session):
    same = build.a_program(session.group.program.site, name="Day PHP")
    build.an_assignment(director, same, Role.BILLING)
    build.a_session(build.a_group(same, name="Skills S"))
    page = read(director, "week=2026-11-23&programs=all")
    assert " · Chicago time" in page
    assert '<span class="place">Day PHP</span>' in page
    assert 'id="f-site"' not in page
    assert page.count("data-move") == 1


def test_a_site_can_be_picked_where_there_are_two(read, director, session, denver):
    build.an_assignment(director, denver, Role.CLINICIAN)
    loft = build.a_room(denver.site, name="Loft")
    build.a_session(build.a_group(denver, name="Skills W"), room=loft)
    page = read(director, f"week=2026-11-23&programs=all&site={denver.site.public_id}")
    assert page.count('class="block ') == 1
    assert '<span class="name">Skills W</span>' in page
    assert "Loft, Denver site</option>" in page
    page = read(director, f"view=rooms&{MONDAY}&programs=all&site={denver.site.public_id}")
    assert "14 seats · Denver site" in column_of(page, "Loft")
    assert ">Harbor room</h2>" not in page


def test_of_a_program_where_one_only_leads_one_sees_what_one_leads(read, director, denver, session):
    build.an_assignment(director, denver, Role.FACILITATOR)
    build.a_session(build.a_group(denver, name="Theirs"))
    build.a_session(build.a_group(denver, name="Mine"), "2026-11-24", facilitators=[director])
    page = read(director, "week=2026-11-23&programs=all")
    assert "Theirs" not in page
    assert '<span class="name">Mine</span>' in page
    assert "Of Denver IOP you see the sessions that you lead." in page
    assert '<span class="name">Process A</span>' in page


def test_a_closure_of_one_program_does_not_shut_the_others(read, director, session, denver):
    build.an_assignment(director, denver, Role.CLINICIAN)
    build.a_closure(denver, first_on=build.MONDAY, last_on="2026-11-24", reason="Snow")
    page = read(director, "week=2026-11-23&programs=all")
    assert "Snow (Denver IOP)</p>" in column_of(page, "Mon Nov 23")
    assert "Closed" in column_of(page, "Tue Nov 24")
    assert "shut-card" not in page
    build.a_closure(session.group.program, first_on="2026-11-24", last_on="2026-11-24")
    page = read(director, "week=2026-11-23&programs=all")
    assert "<strong>Snow (Denver IOP); Holiday (Evening IOP).</strong>" in page


def test_another_program_is_another_page(open_at, director, session, denver):
    build.an_assignment(director, denver, Role.CLINICIAN)
    query = f"view=day&{MONDAY}&programs={denver.public_id}&kind=skills&room={denver.public_id}"
    answer = open_at(director, query)
    there = f"/calendar/{denver.public_id}/?view=day&{MONDAY}&kind=skills"
    assert (answer.status_code, answer["Location"]) == (302, there)
    own = open_at(director, f"programs={session.group.program.public_id}")
    assert own.status_code == 200


@pytest.mark.parametrize("view", ["week", "day", "rooms"])
def test_who_may_not_read_one_program_reads_the_others(read, billing, session, view):
    build.an_assignment(billing, build.a_program(name="Day PHP"), Role.BILLING)
    page = read(billing, f"view={view}&{MONDAY}&programs=all")
    assert '<span class="name">Process A</span>' in page
    assert "data-move" not in page
