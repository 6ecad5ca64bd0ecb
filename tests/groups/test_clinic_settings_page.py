"""The clinic's settings: who may, what they say, what is asked and refused at the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from programs.models import Program, Role, Room, ScheduleRule, Site
from programs.weeks import local_date
from tests import build

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def url(program: Program) -> str:
    return f"/clinic/{program.public_id}/"


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


def addresses(program: Program) -> list[str]:
    room = build.a_room(program.site)
    ahead = build.a_schedule_rule(program, effective_from="2099-01-01")
    base = f"/clinic/{program.public_id}/"
    return [
        base,
        f"{base}site/",
        f"{base}rooms/new/",
        f"{base}rooms/{room.public_id}/",
        f"{base}rules/new/",
        f"{base}rules/{ahead.public_id}/",
    ]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DIRECTOR, 200),
        (Role.CLINICIAN, 403),
        (Role.ADMISSIONS, 403),
        (Role.FACILITATOR, 403),
        (Role.BILLING, 403),
    ],
)
def test_who_may(client_of: ClientOf, program: Program, role: Role, status: int) -> None:
    client = client_of(build.a_colleague(program, role))
    for address in addresses(program):
        assert client.get(address).status_code == status, address
    ahead = ScheduleRule.objects.get()
    done = client.post(f"/clinic/{program.public_id}/rules/{ahead.public_id}/delete/")
    assert done.status_code == (302 if status == 200 else status)
    assert ScheduleRule.objects.exists() is (status == 403)


def test_another_program_is_not_found(
    client_of: ClientOf, stranger: User, program: Program
) -> None:
    for address in addresses(program):
        assert client_of(stranger).get(address).status_code == 404, address
        assert Client().get(address).status_code == 302, address


def test_rooms_and_rules_of_others_are_not_found(
    client_of: ClientOf, director: User, url: str
) -> None:
    elsewhere = build.a_program(build.a_site())
    room = build.a_room(elsewhere.site)
    ahead = build.a_schedule_rule(elsewhere, effective_from="2099-01-01")
    client = client_of(director)
    assert client.get(f"{url}rooms/{room.public_id}/").status_code == 404
    assert client.get(f"{url}rules/{ahead.public_id}/").status_code == 404
    assert client.post(f"{url}rules/{ahead.public_id}/delete/").status_code == 404
    assert client.get(f"{url}rules/{ahead.public_id}/delete/").status_code == 405
    assert ScheduleRule.objects.count() == 1


def test_before_anything_is_settled_it_says_what_to_do(
    client_of: ClientOf, director: User, url: str
) -> None:
    page = client_of(director).get(url).content.decode()
    assert "<title>Clinic · Prairie Clinic</title>" in page
    assert "No schedule rule yet." in page
    assert "Add the first rule" in page
    assert "No room yet." in page
    assert "America/Chicago" in page


def test_it_shows_site_rooms_and_rules(
    client_of: ClientOf, director: User, program: Program, url: str, today: date
) -> None:
    Site.objects.filter(pk=program.site_id).update(state="NE", callback_phone="+14025550100")
    build.a_room(program.site, name="Oak", capacity=12, turnover_minutes=15)
    build.a_room(build.a_site(), name="Elsewhere")
    build.a_schedule_rule(program, effective_from="2020-01-01", max_days_per_week=7)
    build.a_schedule_rule(program, effective_from=today, max_gap_days=3, max_per_facilitator=12)
    ahead = build.a_schedule_rule(program, effective_from="2099-01-01", min_minutes_per_day=150)
    ahead.credentials.create(kind="process", credential="LPC")
    ahead.credentials.create(kind="process", credential="LCSW")
    page = " ".join(client_of(director).get(url).content.decode().split())
    for words in (
        "(402) 555-0100",
        "<dd>NE</dd>",
        "seats 12 · 15 minutes between sessions",
        "From Jan 1, 2099 on",
        "<dd>3 to 5</dd>",
        "<dd>3 to 7</dd>",
        "<dd>2 h to 3 h</dd>",
        "<dd>2 h 30 min to 3 h</dd>",
        "<dd>at most 3 days</dd>",
        "<dd>at most 12</dd>",
        "<dt>Process led by</dt><dd>LCSW or LPC</dd>",
        "<dt>Credential to lead</dt><dd>none asked for</dd>",
        "Example rule 3.4",
        "1 rule before",
    ):
        assert words in page, words
    assert page.count("In force") == 1
    assert page.count("Still to come") == 1
    assert page.count("Yes, delete it") == 1
    assert "Elsewhere" not in page


def test_its_queries_do_not_grow(client_of: ClientOf, director: User, program: Program, url: str):
    client, counts = client_of(director), []
    for number in range(3):
        build.a_room(program.site)
        rule = build.a_schedule_rule(program, effective_from=f"20{20 + number}-01-01")
        rule.credentials.create(kind="process", credential="LPC")
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 10


def test_the_site_is_saved(client_of: ClientOf, director: User, program: Program, url: str) -> None:
    sent = {
        "timezone": "America/Denver",
        "state": "co",
        "reminder_sender": "The desk",
        "callback_phone": "(402) 555-0100",
    }
    page = client_of(director).post(f"{url}site/", sent, follow=True).content.decode()
    assert "The site is saved." in page
    site = Site.objects.get(pk=program.site_id)
    assert (site.timezone, site.state) == ("America/Denver", "CO")
    assert site.callback_phone.as_e164 == "+14025550100"
    assert site.reminder_sender == "The desk"
    assert AuditEvent.objects.get(verb="site.changed").by == director


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"timezone": "Mars/Base"}, "There is no time zone “Mars/Base”. Write it as"),
        ({"timezone": ""}, "Enter a time zone like America/Chicago"),
        ({"timezone": "localtime"}, "There is no time zone “localtime”. Write it as"),
        ({"timezone": "America/Chicago\x00"}, "Null characters are not allowed."),
        ({"timezone": "a" * 61}, "at most 60 characters"),
        ({"state": "ZZ"}, "There is no state “ZZ”. Write its two letters"),
        ({"state": "Nebraska"}, "Enter two letters, such as IL"),
        ({"callback_phone": "soon"}, "Enter a phone number like (402) 555-0100"),
    ],
)
def test_a_site_that_cannot_be(
    client_of: ClientOf, director: User, program: Program, url: str, change: dict, words: str
) -> None:
    sent = {"timezone": "America/Denver", "state": "CO", "callback_phone": "", **change}
    answer = client_of(director).post(f"{url}site/", sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error:" in page
    assert "There is a problem" in page
    assert page.count(words) == 2  # on top, and at the field
    assert Site.objects.get(pk=program.site_id).timezone == "America/Chicago"
    assert not AuditEvent.objects.filter(verb="site.changed").exists()


def test_the_zone_of_a_site_with_sessions_is_refused_in_words(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    build.a_session(build.a_group(program))
    sent = {"timezone": "America/Denver", "state": "", "callback_phone": ""}
    page = client_of(director).post(f"{url}site/", sent).content.decode()
    assert page.count("The time zone stays: sessions are on record at this site") == 2


def test_a_room_is_added_and_changed(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    client = client_of(director)
    sent = {"name": " Oak ", "capacity": "12", "turnover_minutes": "10"}
    assert (
        "The room is added." in client.post(f"{url}rooms/new/", sent, follow=True).content.decode()
    )
    room = Room.objects.get()
    assert (room.name, room.capacity, room.site) == ("Oak", 12, program.site)
    there = f"{url}rooms/{room.public_id}/"
    assert 'value="12"' in client.get(there).content.decode()
    page = client.post(there, {**sent, "capacity": "14"}, follow=True).content.decode()
    assert "The room is saved." in page
    assert Room.objects.get().capacity == 14


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Enter the room’s name"),
        ({"name": "Elm"}, "This site has a room of that name already."),
        ({"capacity": "0"}, "Enter 1 or more"),
        ({"capacity": "1000"}, "Enter 999 or less"),
        ({"capacity": "many"}, "Enter a whole number"),
        ({"capacity": ""}, "Enter how many people it seats"),
        ({"turnover_minutes": "-1"}, "Enter 0 or more"),
        ({"turnover_minutes": "241"}, "Enter 240 or less"),
        ({"turnover_minutes": ""}, "Enter the minutes, or 0"),
    ],
)
def test_a_room_that_cannot_be(
    client_of: ClientOf, director: User, program: Program, url: str, change: dict, words: str
) -> None:
    build.a_room(program.site, name="Elm")
    sent = {"name": "Oak", "capacity": "12", "turnover_minutes": "10", **change}
    page = client_of(director).post(f"{url}rooms/new/", sent).content.decode()
    assert page.count(words) == 2
    assert [room.name for room in Room.objects.all()] == ["Elm"]
