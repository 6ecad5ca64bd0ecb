"""Today: whose day it is, what it says at which moment, and what it costs.

The moment is given to the page's builder; the doorway is tried with the clock as it is.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from attendance.today.forms import TodayForm
from attendance.today.today_page import today_page
from programs.access import access_of
from programs.models import Role
from programs.weeks import local_date
from tests import build
from tests.build_records import a_record_rule, signed_notes

pytestmark = pytest.mark.django_db
AT = build.moment(build.MONDAY, "10:24")


def page_of(user, program, now=AT, **query):
    return today_page(program=program, form=TodayForm(query), access=access_of(user), now=now)


@pytest.fixture
def session(program, facilitator):
    """Process A, from 9:00 to 10:30 on Monday, in the Harbor room."""
    group = build.a_group(program, name="Process A", kind="process")
    room = build.a_room(program.site, name="Harbor room")
    return build.a_session(
        group, starts="09:00", ends="10:30", facilitators=[facilitator], room=room
    )


@pytest.fixture
def people(session):
    """Four members: Ana, Ben, Cid and Dee."""
    return [
        build.a_membership(
            session.group,
            build.an_enrollment(session.group.program, build.a_participant(first_name=name)),
        ).enrollment.participant
        for name in ("Ana", "Ben", "Cid", "Dee")
    ]


def test_my_room_now(program, facilitator, session, people):
    ana, ben, cid, _dee = people
    build.a_record(session, ana, "09:00-")
    build.a_record(session, ben, "09:15-")
    build.a_record(session, cid, absence="no_call")
    build.a_record(session, build.a_participant(), "09:00-")
    lesson = build.a_lesson(program, name="Riding out a craving")
    session.lessons.create(lesson=lesson)
    page = page_of(facilitator, program)
    card = page.mine.card
    assert (card.is_live, card.eyebrow, card.name) == (True, "Now, in Harbor room", "Process A")
    assert (card.time_line.left, card.time_line.passed) == ("6 minutes left", "93.3%")
    assert card.time_line.label == "84 of 90 minutes have passed"
    assert [chip.label for chip in card.chips] == [
        "2 present", "1 late", "1 no call", "1 not marked", "1 walk-in"
    ]  # fmt: skip
    assert (card.details, card.lessons) == ("4 expected", "Riding out a craving")
    assert card.action == "Finish and sign"
    assert page.state == "your room is in session until 10:30 AM"
    missing = [(row.name.split()[0], row.details) for row in page.mine.missing]
    assert missing == [
        ("Dee", "Process A · not marked yet · 84 min in"),
        ("Cid", "Process A · no call"),
    ]
    assert [bool(row.mark_url) for row in page.mine.missing] == [True, False]


def test_a_sheet_that_nobody_touched_is_one_line(program, facilitator, session, people):
    page = page_of(facilitator, program, build.moment(build.MONDAY, "09:05"))
    assert [(row.name, row.details) for row in page.mine.missing] == [
        ("Nobody is marked yet", "Process A · 4 expected · 5 min in")
    ]
    assert page.mine.card.action == "Open sheet"


def test_the_next_session_comes_first_before_it_starts(program, facilitator, session):
    later = build.a_session(
        session.group, build.MONDAY, "13:00", "14:00", facilitators=[facilitator]
    )
    page = page_of(facilitator, program, build.moment(build.MONDAY, "08:30"))
    assert page.mine.card.eyebrow == "Next, in 30 minutes, in Harbor room"
    assert page.mine.card.time_line is None
    assert [row.starts for row in page.mine.rest] == ["1:00 PM"]
    assert [chip.label for chip in page.mine.rest[0].chips] == []
    assert page.state == "your next session is at 9:00 AM"
    assert str(later.public_id) in page.mine.rest[0].url


def past(session, day, *leaders, starts="09:00", ends="10:00", **fields):
    return build.a_session(session.group, day, starts, ends, facilitators=leaders, **fields)


def test_what_i_owe_is_oldest_first(program, facilitator, session, people):
    past(session, "2026-11-10", facilitator, closed_at=build.NOW)  # imported history
    unrecorded, half, unsigned, signed, noted = (
        past(session, f"2026-11-{day}", facilitator) for day in (11, 12, 13, 16, 17)
    )
    build.a_record(half, people[0], "09:00-10:00")
    for person in people:
        build.a_record(unsigned, person, "09:00-10:00")
    build.a_sign_off(signed)
    signed_notes(noted)
    owed = page_of(facilitator, program).mine.owed
    assert [(row.title, row.details, row.due) for row in owed.rows] == [
        ("Record Process A", "Wed Nov 11, ended 10:00 AM", "Was due Wed Nov 11"),
        ("Finish Process A", "Thu Nov 12, ended 10:00 AM · 1 of 4 recorded", "Was due Thu Nov 12"),
        ("Sign Process A", "Fri Nov 13, ended 10:00 AM", "Was due Fri Nov 13"),
        (
            "Write and sign the notes of Process A",
            "Mon Nov 16, ended 10:00 AM",
            "Was due Tue Nov 17 at 10:00 AM",
        ),
    ]
    assert str(unrecorded.public_id) in owed.rows[0].url
    assert (owed.count, owed.overdue, owed.url) == (4, 4, f"/owed/{program.public_id}/")


def test_eight_of_them_and_a_link_to_the_others(client_of, program, clinician):
    today = local_date(timezone.now(), program.zone)
    group = build.a_group(program)
    build.a_membership(group, build.an_enrollment(program, admitted_on="2020-01-01"))
    for number in range(1, 11):
        build.a_session(group, today - timedelta(days=number), facilitators=[clinician])
    page = client_of(clinician).get(f"/today/{program.public_id}/").content.decode()
    assert page.count(f"Record {group.name}") == 8
    assert f'<a href="/owed/{program.public_id}/?whose=mine">All 10</a>' in page


def test_who_co_signs_owes_that_too(program, facilitator, clinician, director, session):
    a_record_rule(program, cosigned_by=clinician)
    signed_notes(past(session, "2026-11-20", facilitator), facilitator, is_cosignature_needed=True)
    owed = page_of(clinician, program).mine.owed
    assert [row.title for row in owed.rows] == ["Co-sign the notes of Process A"]
    assert page_of(facilitator, program).mine.owed.count == 0


@pytest.mark.parametrize("role", ["clinician", "director"])
def test_the_clinics_day_says_what_waits(request, program, facilitator, role, session, people):
    user = request.getfixturevalue(role)
    assert page_of(user, program, day_of="clinic").clinic.owed is None
    past(session, "2026-11-18", facilitator)
    past(session, "2026-11-19", facilitator)
    build.a_sign_off(past(session, "2026-11-20", facilitator))
    signed_notes(past(session, "2026-11-17", facilitator), is_cosignature_needed=True)
    line = page_of(user, program, day_of="clinic").clinic.owed
    assert line.words == (
        "2 sessions wait for a signature, 1 session waits for its notes and 1 session waits for"
        " a co-signature"
    )
    assert (line.is_overdue, line.url) == (True, f"/owed/{program.public_id}/")


@pytest.mark.parametrize("role", ["administrator", "billing"])
def test_others_are_not_told_what_waits(request, program, facilitator, role, session, people):
    past(session, "2026-11-18", facilitator)
    assert page_of(request.getfixturevalue(role), program).clinic.owed is None


def test_another_facilitators_sessions_are_not_mine(program, session):
    other = build.a_colleague(program, Role.FACILITATOR)
    page = page_of(other, program)
    assert page.mine.card is None
    assert page.quiet.strong == "You lead no session today."


@pytest.mark.parametrize("role", ["administrator", "director", "billing"])
def test_the_others_see_the_clinics_day(request, role, program, session, people):
    build.a_record(session, people[0], "09:00-")
    build.a_record(session, people[1], absence="excused")
    page = page_of(request.getfixturevalue(role), program)
    row = page.clinic.rows[0]
    assert row.details == "Harbor room · Fay Marlow · 4 of 12 expected"
    assert [chip.label for chip in row.chips] == ["Now", "1 came", "1 absent", "2 not marked"]
    assert [each.name.split()[0] for each in page.clinic.missing] == ["Cid", "Dee", "Ben"]
    assert page.clinic.in_room == 1
    assert page.state == "1 session today, 1 in progress"
    assert ("/sheet/" in row.url) == (role == "director")
    assert page.clinic.may_enroll == (role != "billing")


def test_who_starts_and_who_leaves_within_a_week(program, administrator):
    def someone(name, **fields):
        build.an_enrollment(program, build.a_participant(first_name=name), **fields)

    someone("Today", admitted_on="2026-11-23")
    someone("Soon", admitted_on="2026-11-30", admission="step_down")
    someone("Later", admitted_on="2026-12-01")
    someone("Leaving", planned_discharge_on="2026-11-24")
    someone("Staying", planned_discharge_on="2026-12-24")
    someone("Gone", planned_discharge_on="2026-11-24", discharged_on="2026-11-20",
            discharge_reason="completed")  # fmt: skip
    someone("Never", admitted_on="2026-11-25", discharged_on="2026-11-24",
            discharge_reason="never_started")  # fmt: skip
    page = page_of(administrator, program)
    starting = [(each.name.split()[0], each.details) for each in page.clinic.starting]
    assert starting == [("Today", "Today · Direct"), ("Soon", "Mon Nov 30 · Stepped down")]
    assert [(each.name.split()[0], each.details) for each in page.clinic.leaving] == [
        ("Leaving", "Tomorrow")
    ]


def test_a_clinician_has_both_days(program, clinician, session):
    assert page_of(clinician, program).mine is not None
    clinic = page_of(clinician, program, day_of="clinic")
    assert clinic.clinic is not None
    assert [link.is_current for link in clinic.days] == [False, True]


def test_a_facilitator_has_no_clinics_day(program, facilitator, session):
    page = page_of(facilitator, program, day_of="clinic")
    assert page.clinic is None
    assert page.days == ()


def test_a_quiet_day_says_why_and_what_is_next(program, facilitator, director, session):
    build.a_closure(program, first_on="2026-11-22", last_on="2026-11-22", reason="Inventory")
    sunday = build.moment("2026-11-22", "12:00")
    for user in (facilitator, director):
        quiet = page_of(user, program, sunday).quiet
        assert quiet.strong == "Closed today: Inventory."
        assert quiet.text == "The next one is Process A, tomorrow at 9:00 AM."
    over = page_of(facilitator, program, build.moment("2026-11-24", "12:00")).quiet
    assert over.strong == "You lead no session today."
    assert over.text == "No session is planned from here on."


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])
def test_the_days_on_which_the_clocks_change(program, facilitator, day):
    group = build.a_group(program)
    build.a_session(group, day, "00:30", "04:30", facilitators=[facilitator])
    page = page_of(facilitator, program, build.moment(day, "03:30"))
    assert page.mine.card.time_line.left == "60 minutes left"
    assert (page.mine.card.starts, page.mine.card.ends) == ("12:30 AM", "4:30 AM")
    hours = 3 if day.month == 3 else 5
    assert page.mine.card.time_line.label.endswith(f"of {hours * 60} minutes have passed")


def test_the_page_at_this_moment(client_of, program, facilitator, administrator, stranger):
    now = timezone.now()
    session = build.a_session(
        build.a_group(program, name="Process A"), local_date(now, program.zone), "00:00", "23:59",
        facilitators=[facilitator],
    )  # fmt: skip
    url = f"/today/{program.public_id}/"
    mine = client_of(facilitator).get(url).content.decode()
    assert f"/sheet/{program.public_id}/{session.public_id}/" in mine
    assert "<title>Today · Prairie Clinic</title>" in mine
    clinic = client_of(administrator).get(f"{url}?day_of=nobody").content.decode()
    assert "There is no such view of today." in clinic
    assert "Sessions today" in clinic
    assert f"/enroll/{program.public_id}/" in clinic
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(facilitator).post(url).status_code == 405
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize("role", ["facilitator", "clinician", "director", "administrator"])
def test_thirteen_queries_at_most_however_many(request, client_of, program, facilitator, role):
    user = request.getfixturevalue(role)
    today = local_date(timezone.now(), program.zone)
    leaders = [user] if role == "clinician" else [facilitator]

    def add(minute):
        group = build.a_group(program)
        half = f"{minute // 2:02}:{minute % 2 * 3}"
        start, end = f"{half}0", f"{half[:-1]}{minute % 2 * 3 + 2}0"
        session = build.a_session(group, today, start, end, facilitators=leaders)
        member = build.a_membership(group, build.an_enrollment(program, admitted_on="2020-01-01"))
        build.a_record(session, member.enrollment.participant, f"{start}-")
        build.a_session(group, today - timedelta(days=3), start, end, facilitators=leaders)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/today/{program.public_id}/").status_code == 200
        return len(queries)

    client = client_of(user)
    empty = cost()
    add(0)
    one = cost()
    for number in range(1, 20):
        add(number)
    assert cost() == one
    assert max(one, empty) <= 13
