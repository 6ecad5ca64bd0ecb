"""An enrollment called off before it began is no stay: lists and pages show the real ones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from groups.joining.people import people_to_join
from groups.joining.roster_on import roster_on
from programs.weeks import local_date
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(program):
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def person(program, today):
    """Somebody whose next enrollment, in a month, was called off."""
    build.a_rule(program, effective_from="2020-01-01")
    person = build.a_participant(first_name="Ada", last_name="Keller")
    first = today + timedelta(days=30)
    never = {"discharged_on": first - timedelta(days=1), "discharge_reason": "never_started"}
    build.an_enrollment(program, person, admitted_on=first, **never)
    return person


def test_nobody_can_be_put_into_a_group_by_it(program, person, today):
    people = people_to_join(build.a_group(program), today=today)
    assert people.offered == ()
    assert people.enrolled == {}


@pytest.mark.parametrize("days", [-10, 10])
def test_a_place_without_dates_is_neither_to_come_nor_over(
    client_of, director, program, today, days
):
    group = build.a_group(program)
    enrollment = build.an_enrollment(program, admitted_on=today - timedelta(days=20))
    first = today + timedelta(days=days)
    build.a_membership(group, enrollment, first_on=first, last_on=first - timedelta(days=1))
    roster = roster_on(group, today)
    assert (roster.members, roster.later, roster.left) == ([], [], [])
    page = client_of(director).get(f"/groups/{program.public_id}/{group.public_id}/")
    assert str(enrollment.participant.public_id) not in page.content.decode()


def test_the_list_calls_it_no_discharge(client_of, director, program, person):
    page = client_of(director).post(f"/people/{program.public_id}/", {"q": "Keller"})
    assert "Keller" in page.content.decode() or "Ada K" in page.content.decode()
    assert "Discharged" not in page.content.decode()


def test_the_page_says_that_it_never_started(client_of, director, program, person):
    page = client_of(director).get(f"/people/{program.public_id}/{person.public_id}/")
    text = page.content.decode()
    assert "Never started" in text
    assert "Starts " not in text
    assert "Not enrolled now." in text


def test_the_page_shows_the_stay_that_was(client_of, director, program, person, today):
    over = {"discharged_on": today - timedelta(days=40), "discharge_reason": "completed"}
    build.an_enrollment(program, person, admitted_on=today - timedelta(days=90), **over)
    page = client_of(director).get(f"/people/{program.public_id}/{person.public_id}/")
    assert "Never started" not in page.content.decode()
