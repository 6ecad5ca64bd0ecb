"""Adding a session: of which group, when and where, led by whom; what it refuses in words."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from groups.models import GroupSession, ScheduleChange
from programs.models import Role
from tests import build
from tests.build import NOW, moment
from tests.groups.moving import (
    FRIDAY,
    NEXT_MONDAY,
    THURSDAY,
    a_place,
    add_url,
    placed,
    words_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """It is Wednesday noon."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def place(program, facilitator):
    return a_place(program, facilitator)


@pytest.fixture
def url(place):
    return add_url(place.program)


@pytest.fixture
def client(client_of, clinician):
    return client_of(clinician)


@pytest.fixture
def wanted(place, facilitator):
    """Return a function that gives the form of one more session of Process A."""

    def form(day=NEXT_MONDAY, starts="09:00", ends="12:00", **more):
        usual = {
            "group": str(place.group.public_id),
            "leaders": [str(facilitator.public_id)],
            "room": str(place.garden.public_id),
        }
        return {**placed(day, starts, ends), **usual, **more}

    return form


def counts():
    return GroupSession.objects.count(), ScheduleChange.objects.count()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CLINICIAN, 200),
        (Role.DIRECTOR, 200),
        (Role.FACILITATOR, 403),
        (Role.ADMISSIONS, 403),
        (Role.BILLING, 403),
    ],
)
def test_who_may(client_of, program, url, role, status):
    assert client_of(build.a_colleague(program, role)).get(url).status_code == status


def test_another_program_is_not_found(client_of, stranger, url):
    assert client_of(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_it_asks_for_the_group_first_and_keeps_the_day(client, url, place):
    page = words_of(client, f"{url}?held_on=2026-11-30&starts=13:00")
    assert "<title>Add a session · Prairie Clinic</title>" in page
    assert "Of which group?" in page
    link = f"{url}?group={place.group.public_id}&amp;held_on=2026-11-30&amp;starts=13%3A00"
    assert link in page


def test_a_program_without_groups_says_what_to_do(client, program):
    page = words_of(client, add_url(program))
    assert "This program has no group yet." in page
    assert "Make a group" in page


def test_it_is_filled_in_as_the_group_usually_meets(client, url, place):
    page = words_of(client, f"{url}?group={place.group.public_id}&held_on=2026-11-30")
    for value in ('value="30"', 'value="09:00"', 'value="12:00"', 'value="10:30"', "checked"):
        assert value in page
    assert "1 session is added." in page
    assert "Nothing clashes." in page


def test_a_group_without_a_slot_starts_from_its_default_room(client, url, place):
    build.a_group(place.program, name="Bare")
    other = build.a_group(place.program, name="Skills B", default_room=place.garden)
    page = words_of(client, f"{url}?group={other.public_id}&held_on=2026-11-30&starts=13:00")
    for value in ('value="13:00"', 'value="16:00"', f'value="{place.garden.public_id}" selected'):
        assert value in page
    assert "Nobody leads Skills B Mon Nov 30." in page


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("group=skills", "This group does not exist."),
        ("group=00000000-0000-4000-8000-000000000000", "Choose a group of this program."),
        ("held_on=soon", "This is not a date"),
    ],
)
def test_what_an_address_gets_wrong_is_said(client, url, asked, words):
    assert words in words_of(client, f"{url}?{asked}")


def test_a_group_of_another_program_is_refused(client, url, wanted):
    other = build.a_group()
    before = counts()
    page = words_of(client, url, **wanted(group=str(other.public_id)))
    assert "Choose a group of this program." in page
    assert counts() == before


def test_it_is_added_and_says_so_with_an_undo(client, clinician, url, place, facilitator, wanted):
    answer = client.post(url, wanted(reason="Make good for Thanksgiving"))
    assert answer.status_code == 302
    assert answer["Location"].endswith("?week=2026-11-30")
    added = GroupSession.objects.get(group=place.group, pattern=None)
    assert added.starts_at == moment(NEXT_MONDAY, "09:00")
    assert added.room == place.garden
    assert [each.user for each in added.facilitations.all()] == [facilitator]
    change = ScheduleChange.objects.get()
    assert (change.kind, change.reason) == ("added", "Make good for Thanksgiving")
    assert AuditEvent.objects.get(verb="schedule.added").by == clinician
    page = client.get(answer["Location"]).content.decode()
    assert "Added: Process A, Mon Nov 30, 9:00 AM to 12:00 PM." in page
    assert f"/undo/{change.public_id}/" in page
    client.post(f"/sessions/{place.program.public_id}/undo/{change.public_id}/")
    added.refresh_from_db()
    assert added.status == "withdrawn"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ends": "08:00"}, "It ends after it starts, on the same day"),
        ({"held_on_2": "2028"}, "This date is more than a year away."),
        ({"held_on_0": "10"}, "This time is over. Choose one still to come."),
        ({"breaks_0": "12:00", "breaks_1": "12:10"}, "Breaks lie inside the session"),
        ({"leaders": ["x"]}, "Choose facilitators of this program"),
        ({"starts": ""}, "Enter when it starts"),
    ],
)
def test_wrong_input_is_refused_in_words(client, url, wanted, change, words):
    before = counts()
    page = words_of(client, url, **wanted(**change))
    assert "There is a problem" in page
    assert words in page
    assert counts() == before


def test_whoever_works_elsewhere_cannot_lead_it(client, url, wanted):
    other = build.a_colleague(build.a_program(), Role.FACILITATOR, name="Otto Elsewhere")
    desk = build.a_user(name="Nobody here")
    for user in (other, desk):
        page = words_of(client, url, **wanted(leaders=[str(user.public_id)]))
        assert "Choose facilitators of this program" in page
        assert user.name not in page


def test_a_facilitator_who_leads_elsewhere_is_in_the_way(client, url, place, wanted, facilitator):
    hidden = build.a_group(build.a_program(place.program.site), name="Secret group")
    build.a_session(hidden, NEXT_MONDAY, "10:00", "11:00", facilitators=[facilitator])
    before = counts()
    page = words_of(client, url, **wanted())
    assert "Fay Marlow is busy Mon Nov 30, 10:00 to 11:00 AM." in page
    assert "Secret group" not in page
    assert counts() == before


def test_a_closed_day_is_refused(client, url, place, wanted):
    build.a_closure(place.program)
    page = words_of(client, url, **wanted(THURSDAY))
    assert "Closed on Thu Nov 26: Holiday. Choose another day." in page


def test_nothing_is_added_when_the_trail_cannot_be_written(client, url, wanted, audit_fails):
    before = counts()
    with pytest.raises(DatabaseError):
        client.post(url, wanted())
    assert counts() == before


def test_the_same_queries_with_one_and_with_three(client, url, place, wanted):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            words_of(client, url, **wanted(act="preview"))
        return len(queries)

    few = cost()
    for _ in range(3):
        build.a_membership(place.group, build.an_enrollment(place.program))
        build.a_session(build.a_group(place.program), FRIDAY)
        build.a_colleague(place.program, Role.FACILITATOR)
        build.a_room(place.program.site)
    assert cost() == few
