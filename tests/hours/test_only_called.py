"""Somebody who has only called: their record is shown, and hours they have none."""

from __future__ import annotations

import pytest

from programs.models import Role
from tests import build
from tests.build_episodes import a_referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(program):
    return a_referral(program).participant


def address(page: str, program, caller) -> str:
    return f"/{page}/{program.public_id}/{caller.public_id}/"


def test_the_page_of_hours_leads_to_the_record(client_of, director, program, caller):
    answer = client_of(director).get(address("people", program, caller))
    assert answer.status_code == 302
    assert answer.url == address("person", program, caller)
    assert caller.last_name in client_of(director).get(answer.url).content.decode()


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.BILLING])
def test_who_sees_names_only_hears_nothing_of_them(client_of, program, caller, role):
    user = build.a_colleague(program, role)
    assert client_of(user).get(address("people", program, caller)).status_code == 404


def test_who_works_elsewhere_neither(client_of, director, program, caller):
    other = a_referral().participant
    assert client_of(director).get(address("people", program, other)).status_code == 404
