"""The list of closed days and the page that opens them again: who may, what they say and change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from groups.models import GroupSession
from programs.models import Closure, Program, Role
from tests import build
from tests.groups.closing import a_wish, close, next_week, reopen

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def url(program: Program) -> str:
    return f"/closures/{program.public_id}/"


@pytest.fixture
def week(program: Program) -> list[date]:
    return next_week(program)


@pytest.fixture
def closure(program: Program, clinician: User, week: list[date]) -> Closure:
    """Next Tuesday, on which one session falls away."""
    group = build.a_group(program, name="Core")
    build.a_session(group, week[1], room=build.a_room(program.site, name="Harbor"))
    return close(a_wish(program, week[1]), clinician, now=timezone.now())


def remove_url(closure: Closure, program: Program) -> str:
    return f"/closures/{program.public_id}/{closure.public_id}/remove/"


def read(client: Client, url: str) -> str:
    return client.get(url).content.decode()


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
def test_who_may(
    client_of: ClientOf, program: Program, url: str, closure: Closure, role: Role, status: int
):
    client = client_of(build.a_colleague(program, role))
    assert client.get(url).status_code == status
    assert client.get(remove_url(closure, program)).status_code == status
    assert client.post(remove_url(closure, program)).status_code == (
        302 if status == 200 else status
    )


def test_another_program_is_not_found(
    client_of: ClientOf, stranger: User, program: Program, url: str, closure: Closure
):
    for address in (url, remove_url(closure, program)):
        assert client_of(stranger).get(address).status_code == 404
        assert Client().get(address).status_code == 302
    theirs = stranger.assignments.get().program
    assert client_of(stranger).post(remove_url(closure, theirs)).status_code == 404


def test_closures_coming_past_and_removed_are_listed(
    client_of: ClientOf, clinician: User, program: Program, url: str, closure: Closure, week
):
    build.a_closure(program, first_on="2026-02-02", last_on="2026-02-03", reason="Heating")
    build.a_closure(site=program.site, first_on=week[0], last_on=week[2], reason="Carpet")
    build.a_closure(
        build.a_program(program.site), first_on=week[0], last_on=week[0], reason="Not ours"
    )
    reopen(close(a_wish(program, week[3]), clinician, now=timezone.now()), clinician)
    page = read(client_of(clinician), url)
    coming, _, rest = page.partition('id="h-past"')
    past, _, removed = rest.partition("<details")
    assert "Staff training · This program · 1 session falls away" in coming
    assert "Carpet · The whole site · no session" in coming
    assert f"Remove the closure {closure.first_on:%a %b} {closure.first_on.day}" in coming
    assert "Mon Feb 2 to Tue Feb 3" in past
    assert "Heating · This program · no session" in past
    assert "1 removed closure" in removed
    assert "by Cleo Ortiz" in removed
    assert "Not ours" not in page


def test_a_running_closure_says_so(
    client_of: ClientOf, clinician: User, program: Program, url: str, week
):
    build.a_closure(program, first_on=week[0] - timedelta(14), last_on=week[6])
    assert "Closed now" in read(client_of(clinician), url)


def test_nothing_planned_is_said(client_of: ClientOf, clinician: User, url: str):
    page = read(client_of(clinician), url)
    assert "No closed day is planned." in page
    assert "No session falls on an open public holiday." in page


def test_holidays_are_proposed_with_a_way_to_close_them(
    client_of: ClientOf, clinician: User, director: User, program: Program, url: str
):
    for weekday in range(7):
        build.a_pattern(build.a_group(program), weekday=weekday)
    page = read(client_of(clinician), url)
    assert "Labor Day" in page
    assert "federal" in page
    assert "Casimir Pulaski Day" not in page
    assert "no state is set for the site" in page
    assert "A program director sets it in the settings." in page
    assert f"/clinic/{program.public_id}/" in read(client_of(director), url)
    program.site.state = "IL"
    program.site.save()
    page = read(client_of(clinician), url)
    assert "Casimir Pulaski Day" in page
    assert "state of IL" in page
    assert "no state is set" not in page
    link = page.partition("Thanksgiving Day")[2].partition('href="')[2].partition('"')[0]
    form = read(client_of(clinician), link.replace("&amp;", "&"))
    assert 'value="Thanksgiving Day"' in form
    assert 'value="11"' in form


def test_what_comes_back_is_shown_and_done(
    client_of: ClientOf, clinician: User, program: Program, closure: Closure, url: str
):
    client = client_of(clinician)
    page = read(client, remove_url(closure, program))
    assert "1 session comes back." in page
    assert "Core" in page
    assert Closure.objects.in_force().exists()
    answer = client.post(remove_url(closure, program), follow=True)
    assert "is open again." in answer.content.decode()
    closure.refresh_from_db()
    assert closure.removed_by == clinician
    assert GroupSession.objects.get().status == "scheduled"
    assert AuditEvent.objects.get(verb="closure.removed").by == clinician


def test_what_is_taken_meanwhile_is_named(
    client_of: ClientOf, clinician: User, facilitator: User, program: Program, closure, week
):
    session = GroupSession.objects.get()
    build.a_facilitation(session, facilitator)
    other = build.a_group(build.a_program(program.site), name="Secret")
    build.a_session(other, week[1], room=session.room, facilitators=[facilitator])
    page = read(client_of(clinician), remove_url(closure, program))
    assert "1 of them lacks its room or a facilitator." in page
    assert "without Harbor and Fay Marlow, taken meanwhile" in page
    assert "Secret" not in page


def test_what_stays_cancelled_is_named(
    client_of: ClientOf, clinician: User, program: Program, closure: Closure, week
):
    group = GroupSession.objects.get().group
    build.a_session(group, week[2])
    wider = close(a_wish(program, week[2], week[3]), now=timezone.now())
    build.a_closure(site=program.site, first_on=week[2], reason="Carpet", last_on=week[2])
    build.a_session(group, week[1])
    client = client_of(clinician)
    assert "the group meets at this time already" in read(client, remove_url(closure, program))
    page = read(client, remove_url(wider, program))
    assert "also closed for Carpet" in page
    assert "No session of yours comes back." in page


def test_many_days_are_folded_but_not_what_is_to_be_read(
    client_of: ClientOf, clinician: User, program: Program, week
):
    room = build.a_room(program.site)
    for day in week:
        build.a_session(build.a_group(program), day, room=room)
    closure = close(a_wish(program, week[0], week[6]), now=timezone.now())
    build.a_session(build.a_group(program), week[4], room=room)
    page = read(client_of(clinician), remove_url(closure, program))
    assert page.count("<details") == 6
    assert page.count("<h3>") == 1


@pytest.mark.parametrize("is_removed", [True, False])
def test_what_cannot_be_removed_is_said(
    client_of: ClientOf, clinician: User, program: Program, closure: Closure, is_removed: bool
):
    if is_removed:
        reopen(closure, now=timezone.now())
        words = "This closure is removed already."
    else:
        closure = build.a_closure(program, first_on="2026-02-02", last_on="2026-02-03")
        words = "These days are over: what was closed stays closed."
    client = client_of(clinician)
    page = read(client, remove_url(closure, program))
    assert words in page
    assert 'method="post" class="closing-one' not in page
    assert words in client.post(remove_url(closure, program), follow=True).content.decode()


def test_a_whole_site_is_the_directors_to_open(
    client_of: ClientOf, clinician: User, director: User, program: Program, url: str, week
):
    closure = build.a_closure(site=program.site, first_on=week[0], last_on=week[1])
    elsewhere = build.a_group(build.a_program(program.site), name="Secret")
    build.a_session(elsewhere, week[0], status="cancelled", cancelled_for=closure)
    client, address = client_of(clinician), remove_url(closure, program)
    assert "Remove the closure" not in read(client, url)
    assert "A program director removes what closes the whole site." in read(client, address)
    assert client.post(address).status_code == 403
    page = read(client_of(director), address)
    assert "In other programs of the site, 1 session does too." in page
    assert "Secret" not in page
    assert client_of(director).post(address).status_code == 302
    assert GroupSession.objects.get().status == "scheduled"


def test_statements_do_not_grow(
    client_of: ClientOf, clinician: User, program: Program, url: str, closure: Closure, week
):
    client, counts = client_of(clinician), []
    for more in range(2):
        for address in (url, remove_url(closure, program)):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
        for day in week[2 + 2 * more :][:2]:
            build.a_pattern(build.a_group(program), weekday=day.weekday())
            build.a_session(build.a_group(program), day)
            close(a_wish(program, day), now=timezone.now())
            session = build.a_session(build.a_group(program), week[1], "13:00", "14:00")
            GroupSession.objects.filter(pk=session.pk).update(
                status="cancelled", cancelled_for=closure
            )
    assert counts[:2] == counts[2:]
    assert counts[0] <= 12
    assert counts[1] <= 12
