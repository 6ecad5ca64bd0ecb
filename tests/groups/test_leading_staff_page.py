"""The list of staff: who may, what it says of licenses, leave and hours, what it costs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs.models import Role
from programs.weeks import local_date
from tests import build, build_staff

pytestmark = pytest.mark.django_db

SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def today(program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def monday(program, today) -> date:
    return program.week_of(today).first_on


@pytest.fixture
def url(program) -> str:
    return f"/staff/{program.public_id}/"


@pytest.fixture
def read(client_of, director, url):
    def page(query: str = "") -> str:
        answer = client_of(director).get(url + query)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def row_of(page: str, name: str) -> str:
    """Return the part of the page about one person."""
    (row,) = (part for part in page.split("<tr") if f">{name}</a>" in part)
    return row


@pytest.mark.parametrize("role", list(Role))
def test_who_may(client_of, program, url, role):
    answer = client_of(build.a_colleague(program, role)).get(url)
    assert answer.status_code == (200 if role is Role.DIRECTOR else 403)


def test_who_may_not(client_of, director, stranger, url):
    assert client_of(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert client_of(director).post(url).status_code == 405


def test_names_roles_and_where_they_lead(read, director, facilitator, program):
    build.an_assignment(facilitator, program, Role.CLINICIAN)
    page = read()
    assert "<title>Staff · Prairie Clinic</title>" in page
    assert "2 people" in page
    row = row_of(page, "Fay Marlow, LPC")
    assert "Clinician, Facilitator" in row
    assert f"/staff/{program.public_id}/{facilitator.public_id}/" in row


def test_licenses_as_they_stand(read, facilitator, administrator, today):
    build_staff.a_license(facilitator, expires_on=today + timedelta(days=30))
    build_staff.a_license(facilitator, credential="LADC", expires_on=today - timedelta(days=1))
    build_staff.a_license(facilitator, credential="RN")
    build_staff.a_license(facilitator, credential="CNA", withdrawn_at=timezone.now())
    page = read()
    row = row_of(page, "Fay Marlow, LPC")
    for words in ("LPC expires", "LADC expired", "tone-warn", "tone-lost", "tone-ok", "RN"):
        assert words in row
    assert "CNA" not in row
    assert "No license on record" in row_of(page, "Dina Osei")
    assert "No license on record" not in row_of(page, "Adam Reyes")


def test_leave_now_or_next(read, facilitator, director, clinician, today):
    build_staff.a_staff_leave(facilitator, today, today, reason="Surgery")
    build_staff.a_staff_leave(facilitator, today + timedelta(days=9), None)
    build_staff.a_staff_leave(clinician, today + timedelta(days=1), today + timedelta(days=1))
    build_staff.a_staff_leave(director, today - timedelta(days=5), today - timedelta(days=1))
    build_staff.a_staff_leave(director, today, today, withdrawn_at=timezone.now())
    page = read()
    assert "On leave until" in row_of(page, "Fay Marlow, LPC")
    assert "Leave " in row_of(page, "Cleo Ortiz, LCSW")
    assert "leave" not in row_of(page, "Dina Osei").lower()
    assert "Surgery" not in page


def test_hours_of_this_week_and_the_next(read, facilitator, program, monday):
    group, there = build.a_group(program), build.a_group(build.a_program(name="Day PHP"))
    led: dict[str, Any] = {"facilitators": [facilitator]}
    build.a_session(group, monday, "09:00", "12:00", breaks="10:00-10:15", **led)
    build.a_session(there, monday, "13:00", "14:00", **led)
    build.a_session(there, monday, "15:00", "16:00", status="cancelled", **led)
    build.a_session(group, monday + timedelta(days=7), "09:00", "10:00", facilitators=[facilitator])
    page = read()
    row = row_of(page, "Fay Marlow, LPC")
    assert f"3{SPACE}h{SPACE}45" in row
    assert f"3{SPACE}h{SPACE}45{SPACE}min, of these 1{SPACE}h in other programs" in row
    assert f"1{SPACE}h elsewhere" in row
    assert "Day PHP" not in page
    assert there.name not in page


def test_another_week_can_be_asked_for(read, facilitator, program, monday):
    build.a_session(
        build.a_group(program),
        monday - timedelta(days=7),
        "09:00",
        "11:00",
        facilitators=[facilitator],
    )
    assert f">2{SPACE}h<" not in read()
    before = read(f"?week={monday - timedelta(days=5)}")
    assert f">2{SPACE}h<" in row_of(before, "Fay Marlow, LPC")
    assert f"?week={monday - timedelta(days=14)}" in before


@pytest.mark.parametrize("week", ["soon", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_week_that_cannot_be_read_is_named(read, facilitator, week):
    page = read(f"?week={week}")
    assert "This address could not be read whole:" in page
    assert "Fay Marlow" in page


def test_who_left_while_sessions_ahead_name_them_is_shown(read, facilitator, program, today):
    session = build.a_session(
        build.a_group(program), today + timedelta(days=1), facilitators=[facilitator]
    )
    facilitator.assignments.update(ended_at=timezone.now())
    assert "No role here any more, leads sessions ahead" in row_of(read(), "Fay Marlow, LPC")
    session.facilitations.update(is_former=True)
    assert "Fay Marlow" not in read()


def test_each_program_of_a_director_is_offered(read, director, program):
    other = build.a_program(name="Morning IOP")
    assert "Morning IOP" not in read()
    build.an_assignment(director, other, Role.DIRECTOR)
    assert f"/staff/{other.public_id}/" in read()


def test_the_cost_does_not_grow(client_of, director, program, url, today):
    client = client_of(director)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    def one_more() -> None:
        user = build.a_colleague(program, Role.FACILITATOR)
        build_staff.a_license(user)
        build_staff.a_staff_leave(user)
        build.a_session(build.a_group(program), today, facilitators=[user])

    one_more()
    few = cost()
    one_more()
    one_more()
    assert cost() == few
    assert few <= 12
