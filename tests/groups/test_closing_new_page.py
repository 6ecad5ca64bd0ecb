"""The page that closes days: who may, what it shows before anything is saved, what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, User
from groups.models import GroupSession, ScheduleException, TherapyGroup
from programs.models import Closure, Enrollment, Program, Role
from tests import build
from tests.groups.closing import WHY, boxes, filled, next_week

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def url(program: Program) -> str:
    return f"/closures/{program.public_id}/new/"


@pytest.fixture
def week(program: Program) -> list[date]:
    return next_week(program)


@pytest.fixture
def core(program: Program, week: list[date]) -> TherapyGroup:
    """Three hours on three days of next week."""
    group = build.a_group(program, name="Core", kind="process")
    for day in week[:3]:
        build.a_session(group, day, room=build.a_room(program.site))
    return group


@pytest.fixture
def ada(program: Program, core: TherapyGroup) -> Enrollment:
    """Somebody who needs nine hours a week and is offered nine."""
    build.a_rule(program, closures="count")
    person = build.a_participant(first_name="Ada", last_name="Nolan")
    enrollment = build.an_enrollment(program, person, admitted_on="2026-01-05")
    build.a_membership(core, enrollment)
    return enrollment


def sent(client: Client, url: str, data: dict[str, Any], *, part: str = "") -> str:
    """Send the form, as htmx does where a part of the page is asked for; return what comes back."""
    headers = {"HX-Request": "true", "HX-Target": part} if part else {}
    return client.post(url, data, headers=headers).content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CLINICIAN, 200),
        (Role.DIRECTOR, 200),
        (Role.ADMISSIONS, 403),
        (Role.FACILITATOR, 403),
        (Role.BILLING, 403),
    ],
)
def test_who_may(client_of: ClientOf, program: Program, url: str, role: Role, status: int):
    client = client_of(build.a_colleague(program, role))
    assert client.get(url).status_code == status
    assert client.post(url, {}).status_code == status


def test_another_program_is_not_found(client_of: ClientOf, stranger: User, url: str):
    assert client_of(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_the_address_fills_it_in(
    client_of: ClientOf, clinician: User, url: str, core: TherapyGroup, week: list[date]
):
    asked = f"?first_on={week[1]}&reason=Founders+Day"
    page = client_of(clinician).get(url + asked).content.decode()
    assert 'value="Founders Day"' in page
    assert "1 session falls away." in page
    page = client_of(clinician).get(url + "?first_on=tomorrow").content.decode()
    assert "Fill in the days" in page


def test_what_falls_is_shown_and_nothing_is_kept(
    client_of: ClientOf, clinician: User, url: str, ada: Enrollment, week: list[date]
):
    data = filled(week[1], week[2], act="look", reason="")
    page = sent(client_of(clinician), url, data, part="what-falls")
    assert "2 sessions fall away." in page
    assert "Core" in page
    assert "9:00 AM to 12:00 PM" in page.replace("noon", "12:00 PM")
    assert "Ada N" in page
    assert f"9{SPACE}h before, 3{SPACE}h after, 9{SPACE}h required" in page
    assert "The rule counts weeks with a closure: the minimum stands." in page
    assert "There is a problem" not in page
    assert "<html" not in page
    assert not Closure.objects.exists()


def test_without_javascript_the_whole_page_comes_back(
    client_of: ClientOf, clinician: User, url: str, core: TherapyGroup, week: list[date]
):
    page = sent(client_of(clinician), url, filled(week[1], act="look", reason=""))
    assert "<html" in page
    assert "1 session falls away." in page
    assert "Nobody drops below the hours they need." in page
    assert "There is a problem" not in page


def test_an_exempting_rule_is_said(
    client_of: ClientOf, clinician: User, program: Program, url: str, ada: Enrollment, week
):
    program.rules.update(closures="exempt")
    page = sent(client_of(clinician), url, filled(week[1], act="look"), part="what-falls")
    assert "The rule exempts weeks with a closure: in the week of" in page


def test_what_stays_is_listed_with_why(
    client_of: ClientOf, clinician: User, url: str, core: TherapyGroup, week: list[date]
):
    build.a_sign_off(GroupSession.objects.get(held_on=week[1]))
    page = sent(client_of(clinician), url, filled(week[1], act="look"), part="what-falls")
    assert "Stay as they are" in page
    assert "attendance is recorded" in page


def test_days_are_closed(
    client_of: ClientOf, clinician: User, program: Program, url: str, core: TherapyGroup, week
):
    answer = client_of(clinician).post(url, filled(week[1]), follow=True)
    closure = Closure.objects.get()
    assert (closure.program, closure.first_on, closure.last_on) == (program, week[1], week[1])
    assert (closure.site, closure.reason) == (program.site, "Staff training")
    assert GroupSession.objects.filter(cancelled_for=closure).count() == 1
    assert AuditEvent.objects.get(verb="closure.made").by == clinician
    page = answer.content.decode()
    assert "Closed: " in page
    assert "Staff training · This program · 1 session falls away" in page


def test_an_answer_is_asked_for(
    client_of: ClientOf, clinician: User, url: str, ada: Enrollment, week: list[date]
):
    client = client_of(clinician)
    page = sent(client, url, filled(week[1]))
    assert "Say what is done about the hours." in page
    assert "2 sessions each end 1" in page
    page = sent(client, url, filled(week[1], answer="accept"))
    assert "Say why this is all right." in page
    assert not Closure.objects.exists()
    client.post(url, filled(week[1], answer="accept", why=WHY))
    assert ScheduleException.objects.get().participant == ada.participant


def test_an_extension_is_shown_and_made(
    client_of: ClientOf, clinician: User, url: str, ada: Enrollment, week: list[date]
):
    client = client_of(clinician)
    page = sent(client, url, filled(week[1], act="look", answer="extend"), part="outcome")
    assert "With it everybody reaches the hours they need." in page
    client.post(url, filled(week[1], answer="extend", why=WHY))
    ends = GroupSession.objects.filter(status="scheduled").values_list("ends_at", flat=True)
    assert list(ends) == [build.moment(day, "13:30") for day in (week[0], week[2])]


def test_a_session_is_suggested_and_added(
    client_of: ClientOf, clinician: User, url: str, ada: Enrollment, core: TherapyGroup, week
):
    client = client_of(clinician)
    page = sent(client, url, filled(week[1], act="look", answer="add"), part="what-falls")
    assert f'<option value="{core.public_id}" selected>' in page
    assert 'value="09:00"' in page
    assert f'<option value="{week[3]}">' in page
    assert f'<option value="{week[1]}">' not in page
    added = {"group": str(core.public_id), "starts": "13:00", "ends": "16:00"}
    data = filled(week[1], None, answer="add", why=WHY, **added)
    assert "Choose the day" in sent(client, url, data)
    client.post(url, data | {"held_on": week[3].isoformat()})
    session = GroupSession.objects.get(held_on=week[3])
    assert (session.group, session.starts_at) == (core, build.moment(week[3], "13:00"))
    assert not ScheduleException.objects.filter(kind="short_week").exists()


def test_a_taken_room_is_said(
    client_of: ClientOf, clinician: User, program: Program, url: str, ada: Enrollment, core, week
):
    room = build.a_room(program.site, name="Harbor")
    build.a_session(build.a_group(program, name="Evening"), week[3], room=room)
    client, added = client_of(clinician), {"held_on": week[3].isoformat()}
    added |= {"group": str(core.public_id), "starts": "09:00", "ends": "12:00"}
    data = filled(week[1], answer="add", why=WHY, room=str(room.public_id), **added)
    page = sent(client, url, data | {"act": "look"}, part="outcome")
    assert "Harbor is taken" in page
    assert "by Evening" in page
    assert "Something stands in the way of this answer." in sent(client, url, data)
    assert not Closure.objects.exists()


def test_the_whole_site_is_the_directors_to_close(
    client_of: ClientOf, clinician: User, director: User, program: Program, url: str, week
):
    build.a_session(build.a_group(program), week[1])
    other = build.a_session(build.a_group(build.a_program(program.site), name="Secret"), week[1])
    data = filled(week[1], scope="site")
    page = sent(client_of(clinician), url, data)
    assert "Only a program director closes the whole site" in page
    assert "The whole site" not in client_of(clinician).get(url).content.decode()
    assert not Closure.objects.exists()
    client = client_of(director)
    assert "The whole site" in client.get(url).content.decode()
    page = sent(client, url, data | {"act": "look"}, part="what-falls")
    assert "In other programs of the site, 1 session does too." in page
    assert "Secret" not in page
    client.post(url, data)
    assert Closure.objects.get().program is None
    other.refresh_from_db()
    assert other.status == "cancelled"


def test_people_of_programs_unseen_are_only_counted(
    client_of: ClientOf, director: User, program: Program, url: str, week: list[date]
):
    elsewhere = build.a_program(program.site)
    build.a_rule(elsewhere, min_minutes_per_week=180)
    group = build.a_group(elsewhere)
    build.a_session(group, week[1])
    person = build.a_participant(first_name="Bertram", last_name="Quill")
    build.a_membership(group, build.an_enrollment(elsewhere, person, admitted_on="2026-01-05"))
    data = filled(week[1], scope="site")
    page = sent(client_of(director), url, data | {"act": "look"}, part="what-falls")
    assert "In other programs of the site, 1 person drops below what they need." in page
    assert "Bertram" not in page
    client_of(director).post(url, data | {"answer": "accept", "why": WHY})
    found = ScheduleException.objects.get()
    assert (found.program, found.participant) == (elsewhere, person)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda day: boxes("first_on", None), "Enter the first day"),
        (lambda day: {"first_on_1": "31", "first_on_0": "2"}, "Enter a real date"),
        (lambda day: boxes("last_on", day - timedelta(1)), "The last day is on or after the first"),
        (lambda day: boxes("last_on", day + timedelta(60)), "A closure is of at most 60 days"),
        (lambda day: boxes("first_on", date(2026, 1, 5)), "These days are over."),
        (lambda day: boxes("first_on", date(9999, 12, 31)), "more than two years away"),
        (lambda day: {"reason": "  "}, "Enter the reason"),
        (lambda day: {"reason": "x" * 121}, "at most 120 characters"),
        (lambda day: {"answer": "ignore"}, "Choose one of the answers"),
        (lambda day: {"scope": "world"}, "Only a program director closes the whole site"),
        (lambda day: {"group": "x"}, "Choose a group of this program"),
        (lambda day: {"starts": "late"}, "Enter a time like 13:30"),
        (lambda day: {"held_on": "x"}, "This is not a date"),
    ],
)
def test_bad_input_is_refused_in_words(
    client_of: ClientOf, clinician: User, url: str, core: TherapyGroup, week, change, words: str
):
    page = sent(client_of(clinician), url, filled(week[1]) | change(week[1]))
    assert "There is a problem" in page
    assert words in page
    assert not Closure.objects.exists()
    assert not GroupSession.objects.exclude(status="scheduled").exists()


def test_sixty_days_are_closed_in_one(
    client_of: ClientOf, clinician: User, url: str, week: list[date]
):
    client_of(clinician).post(url, filled(week[1], week[1] + timedelta(59)))
    assert Closure.objects.exists()


def test_statements_do_not_grow(
    client_of: ClientOf, clinician: User, program: Program, url: str, ada: Enrollment, week
):
    client, data = client_of(clinician), filled(week[1], act="look", answer="extend")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            sent(client, url, data, part="what-falls")
        counts.append(len(queries))
        for _more in range(4):
            group = build.a_group(program)
            for day in week[:3]:
                build.a_session(group, day, "13:00", "14:00")
            more = build.an_enrollment(program, admitted_on="2026-01-05")
            build.a_membership(group, more)
            build.a_membership(TherapyGroup.objects.get(name="Core"), more)
    assert counts[0] == counts[1]
    assert counts[0] <= 60
