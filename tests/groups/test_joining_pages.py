"""The members page: who may read it, what it says of a date, what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.joining.forms import OnForm
from groups.joining.members_page import members_page
from groups.models import WaitingPlace
from programs.access import access_of
from programs.models import Role
from programs.weeks import local_date
from tests import build
from tests.build import MONDAY, moment
from tests.groups.joining import a_weekly_group

pytestmark = pytest.mark.django_db
HIRED = "2020-01-06"


@pytest.fixture
def today(program):
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def group(program, facilitator, today):
    """A group that meets in three days, was last held three days ago, and has two seats."""
    group = build.a_group(program, name="Process A", kind="process", capacity=2)
    build.a_pattern(group, "09:00", "10:30", facilitators=[facilitator], first_on=HIRED)
    for days in (-3, 3):
        build.a_session(group, today + timedelta(days), "09:00", "10:30")
    return group


@pytest.fixture
def named(program):
    """Return a function that enrolls somebody of that name."""

    def enrolled(name, **fields):
        first, last = name.split()
        person = build.a_participant(first_name=first, last_name=last)
        return build.an_enrollment(program, person, **{"admitted_on": HIRED, **fields})

    return enrolled


@pytest.fixture
def amara(group, named):
    return build.a_membership(group, named("Amara Okoye"))


@pytest.fixture
def url(program, group):
    return f"/members/{program.public_id}/{group.public_id}/"


@pytest.fixture
def read(client_of, url):
    def page(user, query=""):
        answer = client_of(user).get(url + query)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def waits(group, enrollment, **fields):
    return WaitingPlace.objects.create(
        group=group, enrollment=enrollment, **{"asked_at": timezone.now(), **fields}
    )


# --- who may ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_every_role_of_the_program_reads_it(read, program, group, amara, facilitator, role):
    user = facilitator if role == Role.FACILITATOR else build.a_colleague(program, role)
    assert "Amara O." in read(user)


def test_a_facilitator_reads_the_groups_they_lead(client_of, facilitator, program):
    other = build.a_group(program)
    url = f"/members/{program.public_id}/{other.public_id}/"
    assert client_of(facilitator).get(url).status_code == 403


def test_a_stranger_finds_nothing_and_who_is_signed_out_signs_in(client, client_of, stranger, url):
    assert client_of(stranger).get(url).status_code == 404
    assert client.get(url).status_code == 302


def test_a_group_of_another_program_is_not_found(client_of, director, program):
    elsewhere = build.a_group()
    url = f"/members/{program.public_id}/{elsewhere.public_id}/"
    assert client_of(director).get(url).status_code == 404


def test_it_is_read_only(client_of, director, url):
    assert client_of(director).post(url).status_code == 405


@pytest.mark.parametrize("role", [Role.ADMISSIONS, Role.CLINICIAN, Role.DIRECTOR])
def test_who_places_people_is_offered_to(read, program, amara, group, named, role):
    waits(group, named("Ben Diaz"))
    page = read(build.a_colleague(program, role))
    for words in ("Add someone", "Put someone on it", "Step out", "Move", "End"):
        assert words in page


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.BILLING])
def test_who_does_not_is_not(read, program, amara, facilitator, role):
    user = facilitator if role == Role.FACILITATOR else build.a_colleague(program, role)
    page = read(user)
    for words in ("Add someone", "Put someone on it", "/move/", "/end/"):
        assert words not in page


def test_a_facilitator_learns_how_many_wait_and_not_who(read, facilitator, director, group, named):
    waits(group, named("Ben Diaz"))
    page = read(facilitator)
    assert "1 waits" in page
    assert "Ben" not in page
    assert "Ben D." in read(director)


# --- what it says -----------------------------------------------------------------------------


def test_it_says_who_is_in_it_and_how_many_seats_are_left(read, director, amara):
    page = read(director)
    assert "<title>Members · Prairie Clinic</title>" in page
    for words in ("Process A", "Today", "Amara O.", "since Jan 6, 2020", "1 of 2 seats taken"):
        assert words in page
    assert "1 free" in page
    assert "Okoye" not in page
    assert "The group does not meet on this date." in page
    assert "Nobody waits for a seat." in page


def test_a_full_group_and_one_over_its_seats(read, director, amara, group, named):
    build.a_membership(group, named("Ben Diaz"))
    assert "Full" in read(director)
    build.a_membership(group, named("Cem Ilgaz"))
    assert "1 over" in read(director)


def test_an_empty_group_says_what_to_do(read, director, group):
    assert "Nobody is in the group on this date." in read(director)


def test_who_comes_later_who_left_and_until_when(read, director, group, named, today):
    build.a_membership(group, named("Ben Diaz"), first_on=today + timedelta(4))
    build.a_membership(group, named("Cem Ilgaz"), last_on=today - timedelta(4))
    build.a_membership(group, named("Dee Fox"), last_on=today + timedelta(4))
    page = read(director)
    later = page[page.index("Join later") : page.index('id="h-left"')]
    assert "Ben D." in later
    assert "Begin later" in later
    assert "Cem I." in page[page.index('id="h-left"') :]
    assert "· until" in page[: page.index('id="h-waiting"')]


def test_many_who_left_are_cut(read, director, group, program, today):
    for days in range(31):
        enrollment = build.an_enrollment(program, admitted_on=HIRED)
        build.a_membership(group, enrollment, last_on=today - timedelta(days + 1))
    page = read(director)
    assert "30+" in page
    assert "pick an earlier date" in page


def test_two_of_one_name_are_told_apart(read, director, group, named):
    for name in ("Ada Nolan", "Ada Norris"):
        build.a_membership(group, named(name))
    page = read(director)
    assert "Ada Nol." in page
    assert "Ada Nor." in page


def test_a_past_date_as_it_was(read, director, group, named, today):
    day = today - timedelta(3)
    session = group.sessions.get(held_on=day)
    gone = build.a_membership(group, named("Cem Ilgaz"), last_on=day)
    build.a_leave(gone.enrollment.participant, day, day)
    build.a_membership(group, named("Ben Diaz"), first_on=day + timedelta(1))
    guest = named("Gil Moss")
    build.a_make_up_seat(session, guest)
    given_back = build.a_make_up_seat(session, named("Hal Reed"), booked_at=session.starts_at)
    given_back.released_at = session.starts_at
    given_back.save()
    page = read(director, f"?on={day}")
    roster = page[page.index('id="h-roster"') : page.index('id="h-waiting"')]
    for words in ("Cem I.", "On leave", "Gil M.", "Guest", "make-up seat", "9:00 AM to 10:30 AM"):
        assert words in roster
    for words in ("Ben D.", "Hal R.", "/move/", "/end/"):
        assert words not in roster
    assert "Ben D." in page[page.index("Join later") :]


def test_guests_who_are_gone_by_then_or_away_do_not_count(read, director, group, named, today):
    day = today + timedelta(3)
    session = group.sessions.get(held_on=day)
    gone, away = named("Gil Moss"), named("Hal Reed")
    build.a_leave(away.participant, day, None)
    for enrollment in (gone, away):
        build.a_make_up_seat(session, enrollment)
    gone.discharged_on, gone.discharge_reason = today, "moved"
    gone.save()
    page = read(director, f"?on={day}")
    assert "Gil" not in page
    assert "Hal" not in page


def test_what_became_of_the_session(read, director, group, program, today):
    day = today + timedelta(3)
    into = build.a_session(build.a_group(program, name="Skills B"), day)
    held = group.sessions.filter(held_on=day)
    held.update(status="cancelled", cancelled_reason="Burst pipe")
    assert "9:00 AM to 10:30 AM: cancelled, Burst pipe" in read(director, f"?on={day}")
    held.update(cancelled_reason="", combined_into=into)
    assert "meets with Skills B on this date" in read(director, f"?on={day}")


def test_who_comes_from_a_combined_session(read, director, group, program, named, today):
    day = today + timedelta(3)
    other = build.a_group(program, name="Skills B")
    given_up = build.a_session(other, day, status="cancelled")
    seat = build.a_make_up_seat(group.sessions.get(held_on=day), named("Gil Moss"))
    seat.combined_from = given_up
    seat.save()
    assert "from Skills B for this date" in read(director, f"?on={day}")


def test_the_line_in_order_and_who_came_from_it(read, director, group, amara, named):
    asked = timezone.now() - timedelta(days=1)
    waits(group, amara.enrollment, asked_at=asked, left_at=asked, membership=amara)
    for number, name in enumerate(("Ben Diaz", "Cem Ilgaz")):
        waits(group, named(name), asked_at=asked + timedelta(minutes=number))
    gone = named("Gil Moss", discharged_on="2021-01-04", discharge_reason="moved")
    waits(group, gone, asked_at=asked)
    page = read(director)
    line = page[page.index('id="h-waiting"') :]
    assert line.index("Ben D.") < line.index("Cem I.")
    assert "2 wait" in line
    assert "Gil" not in line
    assert "From the waiting list" in page[: page.index('id="h-waiting"')]
    assert "Let the first in" in line  # one of two seats is free


def test_after_todays_session_one_can_still_act(program, clinician):
    group = a_weekly_group(program)
    build.a_membership(group)
    build.a_membership(group, last_on=MONDAY)  # today is their last day
    page = members_page(
        group=group,
        form=OnForm({}),
        access=access_of(clinician),
        now=moment(MONDAY, "12:00"),
    )
    assert sorted(len(row.acts) for row in page.rows.members) == [0, 2]


def test_a_closed_group_says_so(read, director, group):
    assert "nobody new comes in without a reason" not in read(director)
    group.format = "closed"
    group.save()
    assert "nobody new comes in without a reason" in read(director)


@pytest.mark.parametrize("asked", ["yesterday", "2026-02-30", "1999-12-31", "2100-01-01", "0001-1"])
def test_a_date_that_is_none_is_named_and_today_shown(read, director, amara, asked):
    page = read(director, f"?on={asked}")
    assert "This date could not be read:" in page
    assert "Amara O." in page


@pytest.mark.parametrize("asked", ["2000-01-01", "2099-12-31", ""])
def test_the_outermost_dates(read, director, group, asked):
    assert "could not be read" not in read(director, f"?on={asked}")


def test_the_dates_around_are_linked(read, director, group, today):
    page = read(director)
    before, after = (f'href="?on={today + timedelta(days)}"' for days in (-3, 3))
    assert before in page
    assert after in page
    page = read(director, f"?on={today + timedelta(3)}")
    assert before in page
    assert after not in page


def test_the_group_page_leads_here_and_says_how_many_wait(client_of, director, group, url, named):
    for name in ("Ben Diaz", "Cem Ilgaz"):
        waits(group, named(name))
    page = client_of(director).get(url.replace("/members/", "/groups/")).content.decode()
    assert f'href="{url}"' in page
    assert "2 wait for a seat." in page


# --- what it costs ----------------------------------------------------------------------------


def test_the_same_queries_for_one_and_for_many(client_of, director, group, named, today, url):
    client, day = client_of(director), today + timedelta(3)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{url}?on={day}").status_code == 200
        return len(queries)

    def fill(number):
        build.a_membership(group, named(f"Ada Nolan{number}"))
        build.a_membership(group, named(f"Bea Moss{number}"), last_on=today - timedelta(1))
        build.a_membership(group, named(f"Cem Ilgaz{number}"), first_on=day + timedelta(1))
        build.a_make_up_seat(group.sessions.get(held_on=day), named(f"Dee Fox{number}"))
        waits(group, named(f"Eli Kern{number}"))

    fill(0)
    few = cost()
    for number in range(1, 4):
        fill(number)
    assert cost() == few
    assert few <= 25
