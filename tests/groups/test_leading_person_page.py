"""One colleague's page: who may, what it says, what is put on record and withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, License
from programs.models import Availability, Role, StaffLeave
from programs.weeks import local_date
from tests import build, build_staff

pytestmark = pytest.mark.django_db

SPACE = "\N{NO-BREAK SPACE}"
WEEK = timedelta(days=7)


@pytest.fixture
def today(program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def url(program, facilitator) -> str:
    return f"/staff/{program.public_id}/{facilitator.public_id}/"


@pytest.fixture
def read(client_of, director, url) -> Callable[[], str]:
    def page() -> str:
        answer = client_of(director).get(url)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def boxes(name: str, day: date | None) -> dict[str, Any]:
    """Return a date as the form's three boxes send it."""
    parts = (day.month, day.day, day.year) if day else ("", "", "")
    return {f"{name}_{place}": part for place, part in enumerate(parts)}


def a_license(first: date | None = None, last: date | None = None) -> dict[str, Any]:
    sent = {"license-credential": "LCSW", "license-number": "20441"}
    return {
        **sent,
        **boxes("license-first_on", first),
        **boxes("license-expires_on", last),
    }


def a_leave(first: date | None, last: date | None, **change: Any) -> dict[str, Any]:
    return {
        **boxes("leave-first_on", first),
        **boxes("leave-last_on", last),
        "leave-reason": "Training",
        **change,
    }


def some_hours(first: date | None, last: date | None = None) -> dict[str, Any]:
    sent = {"hours-weekday": "2", "hours-starts": "09:00", "hours-ends": "12:30"}
    return {
        **sent,
        **boxes("hours-first_on", first),
        **boxes("hours-last_on", last),
    }


PATHS = ["", "license/", "leave/", "availability/"]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("path", PATHS)
def test_who_may(client_of, program, url, role, path):
    client = client_of(build.a_colleague(program, role))
    answer = client.post(url + path, {"act": "?"}) if path else client.get(url)
    assert answer.status_code == (200 if role is Role.DIRECTOR else 403)


@pytest.mark.parametrize("path", PATHS)
def test_who_may_not(client_of, program, director, stranger, url, path):
    assert client_of(stranger).get(url + path).status_code == 404
    assert Client().get(url + path).status_code == 302
    elsewhere = f"/staff/{program.public_id}/{stranger.public_id}/{path}"
    assert client_of(director).get(elsewhere).status_code == 404
    assert client_of(director).put(url + path).status_code == 405


@pytest.mark.parametrize("kind", ["license", "leave", "availability"])
def test_who_may_withdraw(client_of, program, director, clinician, stranger, facilitator, kind):
    rows = {
        "license": build_staff.a_license(facilitator),
        "leave": build_staff.a_staff_leave(facilitator),
        "availability": build_staff.an_availability(facilitator),
    }
    row = rows[kind]
    path = f"{kind}/{row.public_id}/withdraw/"
    url = f"/staff/{program.public_id}/{facilitator.public_id}/{path}"
    assert client_of(clinician).post(url).status_code == 403
    assert client_of(stranger).post(url).status_code == 404
    assert Client().post(url).status_code == 302
    assert client_of(director).get(url).status_code == 405
    of_another = f"/staff/{program.public_id}/{clinician.public_id}/{path}"
    assert client_of(director).post(of_another).status_code == 404
    row.refresh_from_db()
    assert row.withdrawn_at is None
    answer = client_of(director).post(url, follow=True)
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert "withdrawn." in answer.content.decode()
    withdrawn = AuditEvent.objects.filter(by=director).exclude(verb="request.refused")
    assert withdrawn.get().subject_id == row.public_id


def test_what_is_on_record(read, facilitator, today):
    build_staff.a_license(facilitator, number="L-77", expires_on=today - timedelta(days=1))
    build_staff.a_staff_leave(facilitator, today, today, reason="Training")
    build_staff.an_availability(facilitator, "08:00", "16:30", weekday=1)
    build_staff.an_availability(
        facilitator, "08:00", "12:00", weekday=4, last_on=today - timedelta(days=1)
    )
    page = read()
    for words in ("L-77", "LPC expired", "On leave until", "Training", "8:00 AM to 4:30 PM"):
        assert words in page
    assert page.count("Not available") == 5
    assert ", over" in page
    assert "Any time." not in page
    assert "<title>Colleague · Prairie Clinic</title>" in page


def test_what_is_not(read):
    page = read()
    for words in ("No license on record.", "No leave now or ahead.", "Any time."):
        assert words in page
    assert "Leads no session ahead in this program." in page


def test_hours_that_are_all_over_are_pointed_out(read, facilitator, today):
    build_staff.an_availability(facilitator, last_on=today - timedelta(days=1))
    assert "All hours on record are over." in read()


def test_hours_led_week_by_week(read, facilitator, program, today):
    group, there = build.a_group(program), build.a_group(build.a_program())
    this_week = program.week_of(today).first_on
    for weeks in (-5, -4, 4, 5):
        ends = "10:30" if abs(weeks) == 4 else "12:00"
        build.a_session(group, this_week + weeks * WEEK, "09:00", ends, facilitators=[facilitator])
    build.a_session(there, this_week, "09:00", "10:15", facilitators=[facilitator])
    page = read()
    assert page.count(f">1{SPACE}h{SPACE}30{SPACE}min<") == 4
    assert f">3{SPACE}h<" not in page
    assert f">1{SPACE}h{SPACE}15{SPACE}min<" in page
    assert page.count('class="is-now"') == 1


def test_coming_sessions_lead_to_a_substitute(read, facilitator, clinician, program, today):
    group, there = build.a_group(program, name="Process A"), build.a_group(build.a_program())
    day = today + timedelta(days=1)
    session = build.a_session(group, day, facilitators=[facilitator, clinician])
    build.a_session(there, day, "13:00", "14:00", facilitators=[facilitator])
    build.a_session(group, day + WEEK, status="cancelled", facilitators=[facilitator])
    page = read()
    assert page.count("Process A</a>") == 1
    assert "with Cleo Ortiz" in page
    assert f"/session/{session.public_id}/?instead_of={facilitator.public_id}" in page
    assert "1 session in another program." in page
    assert there.name not in page


def test_a_license_is_added(client_of, director, url, facilitator, today):
    answer = client_of(director).post(url + "license/", a_license(last=today), follow=True)
    assert answer.redirect_chain == [(url, 302)]
    assert "The license is on record." in answer.content.decode()
    row = License.objects.get(user=facilitator)
    assert (row.credential, row.number, row.first_on, row.expires_on) == (
        "LCSW",
        "20441",
        None,
        today,
    )
    assert AuditEvent.objects.get(verb="license.added").by == director


def test_a_leave_is_added_and_says_what_it_leaves(
    client_of, director, url, facilitator, program, today
):
    day = today + timedelta(days=2)
    build.a_session(
        build.a_group(program),
        day,
        "09:00",
        "11:00",
        breaks="10:00-10:30",
        facilitators=[facilitator],
    )
    answer = client_of(director).post(url + "leave/", a_leave(day, day), follow=True)
    page = answer.content.decode()
    assert "The leave is on record." in page
    assert f"Leaves 1 session, 1{SPACE}h{SPACE}30{SPACE}min, without a leader" in page
    row = StaffLeave.objects.get(user=facilitator)
    assert (row.first_on, row.last_on, row.reason) == (day, day, "Training")
    assert AuditEvent.objects.get(verb="staff_leave.added").by == director


def test_hours_are_added(client_of, director, url, facilitator, today):
    client_of(director).post(url + "availability/", some_hours(today))
    row = Availability.objects.get(user=facilitator)
    assert (row.weekday, f"{row.starts:%H:%M}", f"{row.ends:%H:%M}") == (2, "09:00", "12:30")
    assert (row.first_on, row.last_on) == (today, None)
    assert AuditEvent.objects.get(verb="availability.added").by == director


@pytest.mark.parametrize("is_htmx", [True, False])
def test_a_leave_is_worked_out_before_it_is_added(
    client_of, director, url, facilitator, clinician, program, today, is_htmx
):
    group, there = build.a_group(program, name="Process A"), build.a_group(build.a_program())
    for days, leaders in ((2, [facilitator]), (3, [facilitator, clinician]), (5, [facilitator])):
        build.a_session(group, today + timedelta(days=days), facilitators=leaders)
    build.a_session(there, today + timedelta(days=2), "13:00", "14:00", facilitators=[facilitator])
    sent = a_leave(today + timedelta(days=2), today + timedelta(days=4), act="work_out")
    headers = {"HX-Request": "true"} if is_htmx else {}
    answer = client_of(director).post(url + "leave/", sent, headers=headers)
    page = answer.content.decode()
    assert f"Leaves 1 session, 3{SPACE}h, without a leader" in page
    assert "And 1 session in another program: let its director know." in page
    assert there.name not in page
    assert ("<html" in page) is not is_htmx
    assert page.count("Process A</a>") == (2 if is_htmx else 5)
    assert not StaffLeave.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "No session ahead falls on these days."),
        ({"leave-last_on_0": "x"}, "Enter the days to see which sessions they leave."),
        ({"leave-first_on_2": ""}, "Enter the days to see which sessions they leave."),
        ({"leave-last_on_2": "2020"}, "Enter the days to see which sessions they leave."),
    ],
)
def test_a_leave_that_cannot_be_worked_out(client_of, director, url, today, change, words):
    sent = a_leave(today, today, act="work_out", **change)
    answer = client_of(director).post(url + "leave/", sent, headers={"HX-Request": "true"})
    assert words in answer.content.decode()


DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("path", "sent", "words"),
    [
        ("license/", a_license() | {"license-credential": " "}, "Enter the credential"),
        ("license/", a_license() | {"license-number": "9" * 41}, "at most 40 characters"),
        (
            "license/",
            a_license(DAY, DAY - timedelta(days=1)),
            "A license expires on or after its first day.",
        ),
        ("license/", a_license() | {"license-expires_on_0": "2"}, "Fill in month, day and year"),
        ("license/", a_license(date(1999, 12, 31)), "Enter a date from 2000 on"),
        ("license/", a_license(None, date(2101, 1, 1)), "Enter a date before 2100"),
        (
            "license/",
            a_license(DAY) | {"license-first_on_0": "2", "license-first_on_1": "30"},
            "Enter a real date",
        ),
        ("license/", a_license() | {"license-credential": "a\0b"}, "Null characters"),
        ("leave/", a_leave(None, DAY), "Enter the first day"),
        (
            "leave/",
            a_leave(DAY, DAY - timedelta(days=1)),
            "A leave ends on or after its first day.",
        ),
        ("leave/", a_leave(DAY, None, **{"leave-reason": "x" * 121}), "at most 120 characters"),
        (
            "availability/",
            some_hours(DAY) | {"hours-weekday": ""},
            "Choose a weekday",
        ),
        (
            "availability/",
            some_hours(DAY) | {"hours-weekday": "7"},
            "Choose a weekday",
        ),
        (
            "availability/",
            some_hours(DAY) | {"hours-starts": "25:00"},
            "Enter a time like 9:00",
        ),
        (
            "availability/",
            some_hours(DAY) | {"hours-ends": "09:00"},
            "Availability ends after it starts, on the same day.",
        ),
        (
            "availability/",
            some_hours(DAY, DAY - timedelta(days=1)),
            "The last day is on or after the first.",
        ),
        ("availability/", {"act": ""}, "Enter from when"),
    ],
)
def test_bad_input_is_said_twice_and_nothing_is_kept(client_of, director, url, path, sent, words):
    answer = client_of(director).post(url + path, sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert "<title>Error: " in page
    assert page.count(words) >= 2
    for model in (License, StaffLeave, Availability, AuditEvent):
        assert not model.objects.exists()


def test_what_is_on_record_already_is_not_added_again(client_of, director, url, facilitator, today):
    client = client_of(director)
    client.post(url + "license/", a_license())
    assert "This license is on record already." in (
        client.post(url + "license/", a_license()).content.decode()
    )
    assert License.objects.count() == 1


def test_the_cost_does_not_grow(client_of, director, url, facilitator, program, today):
    client = client_of(director)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    def one_more(number: int) -> None:
        build_staff.a_license(facilitator, number=str(number))
        build_staff.a_staff_leave(facilitator, today, today + timedelta(days=number))
        build_staff.an_availability(facilitator, weekday=number)
        day = today + timedelta(days=number)
        build.a_session(build.a_group(program), day, facilitators=[facilitator])

    one_more(1)
    few = cost()
    one_more(2)
    one_more(3)
    assert cost() == few
    assert few <= 16
